"""The client against servers that are none: whatever answers, or does not, becomes an error of the package."""

import socket
import threading
from collections.abc import Iterator

import pytest

from drugcontrol.client import ApiError, Client
from drugcontrol.errors import ReadError

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
"""The servers of these tests are on this machine."""


@pytest.fixture
def said(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server that says the same to whoever comes, and then no more."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(65_536)
                caller.sendall(request.param)
                caller.shutdown(socket.SHUT_WR)
                caller.recv(65_536)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def whole(content: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(content), content)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{",
        b"hello\r\n\r\n",
        whole(b"<html>"),
        whole(b'{"answers": 1}'),
    ],
    indirect=True,
)
def test_what_is_no_server_of_this_package_is_said_to_be_none(said: str) -> None:
    with pytest.raises(ReadError) as refused:
        Client(said).check("fentanyl")
    assert said in refused.value.message


@pytest.mark.parametrize("said", [whole(b'{"answers": {}}'), whole(b"[]")], indirect=True)
def test_a_batch_that_is_none_is_said_to_be_none(said: str) -> None:
    with pytest.raises(ReadError):
        Client(said).batch(["fentanyl"])


@pytest.mark.parametrize("said", [whole(b"<html>", b"502 Bad Gateway"), whole(b"{}", b"404 Not Found")], indirect=True)
def test_a_refusal_without_words_gives_its_status(said: str) -> None:
    with pytest.raises(ApiError) as refused:
        Client(said).check("fentanyl")
    assert "The server answered" in refused.value.message


def test_nobody_and_a_server_that_keeps_silent_are_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ReadError):
            Client(address, timeout=0.2).check("fentanyl")
    with pytest.raises(ReadError):
        Client(address).check("fentanyl")
    with pytest.raises(ReadError):
        Client("http://127.0.0.1:x").check("fentanyl")
    with pytest.raises(ReadError):
        Client("http://no such host/").check("fentanyl")
