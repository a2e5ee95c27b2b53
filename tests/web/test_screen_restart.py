"""A job outlives the server: killed in the middle of a run, and of a look into a file, and started again."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pyarrow.parquet as parquet
import pytest

from drugcontrol.web.jobs.limits import Limits
from drugcontrol.web.jobs.process import BUSY, Task
from drugcontrol.web.jobs.store import Outcome, Question, Store
from tests.web.screening import Visitor

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
"""The servers of these tests are on this machine."""

CONTENT = b"smiles\n" + b"".join(
    b"C%sN1CCC(CC1)N(C(=O)CC)c1ccccc1\n" % (b"C" * (n % 20) + b"O" * (n // 20)) for n in range(400)
)
"""Distinct structures, each of which takes the full check: a run of some seconds."""


class Server:
    """A server started as a user starts it."""

    def __init__(self, state: Path) -> None:
        command = "from drugcontrol.cli.main import main; main()"
        arguments = [sys.executable, "-c", command, "serve", "--port", "0", "--state", str(state)]
        self.log = (state / "log").open("a")
        self.process = subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        found = re.search(r"http://[\d.:]+", self.process.stdout.readline())
        assert found is not None
        self.address = found[0]

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Server]]:
    servers: list[Server] = []

    def started() -> Server:
        servers.append(Server(tmp_path))
        return servers[-1]

    yield started
    for server in servers:
        if server.process.poll() is None:
            server.end(signal.SIGTERM)


def workers(state: Path) -> list[int]:
    """The processes that have the lock of a job below a directory open."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                opened = [str(path.readlink()) for path in (process / "fd").iterdir()]
            except OSError:
                continue
            if any(path.startswith(str(state)) and path.endswith("/lock") for path in opened):
                found.append(int(process.name))
    return found


def wait_for(what: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_goes_on_after_the_server_was_ended(
    start: Callable[[], Server], tmp_path: Path, number: signal.Signals
) -> None:
    first = start()
    with httpx.Client(base_url=first.address, timeout=30) as client:
        visitor = Visitor(client)
        path = visitor.ready(CONTENT)
        assert visitor.send(f"{path}/start", smiles="smiles", everything="yes", **{"in": "CN"}).status_code == 303
        wait_for(lambda: re.search(r"[1-9]\d* rows", client.get(path).text))
        cookies = dict(client.cookies)
    (worker,) = workers(tmp_path)
    first.end(number)
    wait_for(lambda: worker not in workers(tmp_path))
    assert not list(tmp_path.glob("screen/jobs/*/outcome.json"))
    assert not list(tmp_path.glob("screen/jobs/*/result.parquet")), "what is not whole has no name"

    second = start()
    with httpx.Client(base_url=second.address, timeout=30, cookies=cookies) as client:
        visitor = Visitor(client)
        assert path in client.get("/en/screen").text, "the browser is still its owner"
        page = visitor.settled(path, 60)
        assert "400 rows" in page
        table = parquet.read_table(io.BytesIO(client.get(f"{path}/result/parquet").content))
        assert table["input_line"].to_pylist() == [str(line) for line in range(2, 402)], "no row twice, none lost"
        assert visitor.send(f"{path}/delete").status_code == 303
    assert not list(tmp_path.glob("screen/jobs/*"))


def test_a_server_ends_in_the_middle_of_an_upload_and_leaves_nothing_of_it(
    start: Callable[[], Server], tmp_path: Path
) -> None:
    server = start()
    with httpx.Client(base_url=server.address, timeout=30) as client:
        token = Visitor(client).token()
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    where = httpx.URL(server.address)
    head = f"POST /en/screen/upload HTTP/1.1\r\nhost: {where.host}\r\ncookie: {cookies}\r\ncontent-length: 1000000\r\n"
    body = f'--b\r\ncontent-disposition: form-data; name="_csrf_token"\r\n\r\n{token}\r\n--b\r\n'
    body += 'content-disposition: form-data; name="file"; filename="x.csv"\r\n\r\nname\n'
    with socket.create_connection((where.host, where.port)) as caller:
        caller.sendall(f"{head}content-type: multipart/form-data; boundary=b\r\n\r\n{body}".encode())
        wait_for(lambda: list(tmp_path.glob("screen/jobs/*/input.csv")))
        server.end(signal.SIGTERM)
    assert not list(tmp_path.glob("screen/jobs/*"))


def test_a_deleted_run_is_ended(start: Callable[[], Server], tmp_path: Path) -> None:
    server = start()
    with httpx.Client(base_url=server.address, timeout=30) as client:
        visitor = Visitor(client)
        path = visitor.ready(CONTENT)
        visitor.send(f"{path}/start", smiles="smiles")
        wait_for(lambda: workers(tmp_path))
        assert visitor.send(f"{path}/delete").status_code == 303
        wait_for(lambda: not workers(tmp_path))
        assert client.get(path).status_code == 404


def test_jobs_wait_for_their_turn_and_the_pages_are_answered_meanwhile(start: Callable[[], Server]) -> None:
    server = start()
    with httpx.Client(base_url=server.address, timeout=30) as client:
        visitor = Visitor(client)
        paths = [visitor.ready(CONTENT), visitor.ready(CONTENT), visitor.ready(b"smiles\nCC(C)=O\n")]
        for path in paths:
            visitor.send(f"{path}/start", smiles="smiles", **{"in": "EU"})
        wait_for(lambda: "1 before it" in client.get(paths[2]).text)
        begun = time.monotonic()
        assert client.get("/en/substance/fentanyl").status_code == 200
        assert time.monotonic() - begun < 2
        visitor.send(f"{paths[0]}/delete")
        visitor.send(f"{paths[1]}/delete")
        assert "1 rows" in visitor.settled(paths[2])


def test_a_job_belongs_to_one_process_at_a_time(tmp_path: Path) -> None:
    import fcntl
    from datetime import UTC, datetime

    store = Store(tmp_path, Limits())
    job = store.create("owner", "x.csv", ".csv", "en", datetime(2026, 11, 25, tzinfo=UTC))
    store.input(job).write_bytes(b"name\nacetone\n")
    store.write(job)
    with (store.directory(job.id) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asked = subprocess.Popen([sys.executable, "-m", "drugcontrol.web.jobs.process"], stdin=subprocess.PIPE)
        assert asked.stdin is not None
        asked.stdin.write(msgspec.json.encode(Task(str(tmp_path), job.id, Limits())) + b"\n")
        asked.stdin.flush()
        assert asked.wait(timeout=30) == BUSY
        asked.stdin.close()
    assert store.state(job) == "reading"


def test_a_job_that_breaks_off_again_and_again_is_given_up(start: Callable[[], Server], tmp_path: Path) -> None:
    from datetime import UTC, datetime

    store = Store(tmp_path / "screen", Limits())
    job = store.create("owner", "x.csv", ".csv", "en", datetime.now(tz=UTC))
    store.input(job).write_bytes(b"name\nacetone\n")
    question = Question(day="2023-04-06", places=("UN",), name="name")
    store.write(msgspec.structs.replace(job, question=question, edition="0" * 16))
    server = start()
    wait_for(lambda: store.read(job.id, "outcome", Outcome), 30)
    outcome = store.read(job.id, "outcome", Outcome)
    assert outcome is not None
    assert outcome.code
    with httpx.Client(base_url=server.address, timeout=30) as client:
        assert 'role="alert"' in client.get(f"/en/screen/job/{job.id}").text
