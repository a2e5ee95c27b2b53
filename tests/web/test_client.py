"""The client: typed answers and errors of a server, and of servers that are none."""

import socket
import threading
from collections.abc import Iterator

import pytest

from drugcontrol.client import ApiError, Client
from drugcontrol.errors import ReadError
from drugcontrol.law import Law

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
"""The servers of these tests are on this machine."""


def test_answers_are_those_of_the_package(served: str, law: Law) -> None:
    client = Client(served)
    answer = client.check("norfentanyl", date="2023-04-06", places=["CN", "UN"])
    assert [verdict.status for verdict in answer.verdicts] == ["not_listed", "controlled"]
    assert "isotonitazene" in {substance.id for substance in client.substances("nitazene")}
    assert client.get("edition")["edition"] == law.edition_name
    assert client.batch(["fentanyl", "nothing of that name"], places=["UN"])[1]["error"]["code"] == "unknown_name"


def test_a_refusal_of_the_server_is_raised_with_its_words(served: str) -> None:
    with pytest.raises(ApiError, match="Check brackets, ring digits and valences") as refused:
        Client(served).check("CC(=O")
    assert refused.value.code == "unreadable_structure"
    with pytest.raises(ApiError) as refused:
        Client(served).batch(["CCO"], structures=True)
    assert refused.value.code == "no_key"
    with pytest.raises(ApiError) as refused:
        Client(served).get("rules/none")
    assert refused.value.code == "unknown_id"


def test_an_address_of_anything_but_http_is_refused() -> None:
    with pytest.raises(ReadError, match="none of HTTP"):
        Client("file:///etc/").check("fentanyl")


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
