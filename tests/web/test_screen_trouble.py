"""A full disk, a damaged file, no further process: the server stays, and no job is lost."""

import errno
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from drugcontrol.errors import UsageError
from drugcontrol.law import Law
from drugcontrol.web.app import create_app
from drugcontrol.web.jobs import runner
from drugcontrol.web.jobs.limits import Limits
from drugcontrol.web.jobs.store import Store
from drugcontrol.web.settings import Settings
from tests.web.conftest import TODAY
from tests.web.screening import Visitor

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CONTENT = b"name\nacetone\n"


@pytest.fixture
def server(law: Law, tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    app = create_app(law, Settings(state=tmp_path), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield opened


def full(*_: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_files_that_are_still_being_sent_count_as_large_as_they_may_become(tmp_path: Path) -> None:
    limits = Limits(upload_bytes=100, kept_bytes=300)
    store = Store(tmp_path, limits)
    jobs = [store.create("owner", "x.csv", ".csv", "en", NOW) for _ in range(3)]
    with pytest.raises(UsageError) as refused:
        store.create("other", "x.csv", ".csv", "en", NOW)
    assert refused.value.code == "job_space"
    store.write(msgspec.structs.replace(jobs[0], size=1))
    store.delete(jobs[1].id)
    store.create("other", "x.csv", ".csv", "en", NOW)


def test_files_that_are_still_being_sent_count_as_jobs(tmp_path: Path) -> None:
    store = Store(tmp_path, replace(Limits(upload_bytes=100), jobs=2))
    for _ in range(2):
        store.create("owner", "x.csv", ".csv", "en", NOW)
    with pytest.raises(UsageError) as refused:
        store.create("other", "x.csv", ".csv", "en", NOW)
    assert refused.value.code == "job_too_many"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_upload_that_fills_the_disk_is_refused_in_words_and_leaves_nothing(
    server: TestClient[Litestar], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    visitor = Visitor(server, language)
    visitor.token()
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        answer = visitor.upload(CONTENT)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/screen?problem=job_space")
    assert not list((tmp_path / "screen/jobs").iterdir())
    assert 'role="alert"' in server.get(answer.headers["location"]).text


def test_an_example_or_a_second_run_that_fills_the_disk_leaves_nothing(
    server: TestClient[Litestar], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(server)
    path = visitor.ready(CONTENT)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.copyfile", full)
        patched.setattr(Path, "write_bytes", full)
        for answer in (visitor.send(f"{path}/again"), visitor.send(visitor.path("/example"), name="catalogue.csv")):
            assert answer.headers["location"] == "/en/screen?problem=job_space"
    assert [item.name for item in (tmp_path / "screen/jobs").iterdir()] == [path.rsplit("/", 1)[1]]


def test_a_job_for_which_no_process_could_be_started_is_started_later(
    server: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_AFTER_AN_ERROR", 0.02)
    refusals, popen = iter(range(5)), runner.subprocess.Popen

    def started(*arguments: Any, **options: Any) -> Any:
        if next(refusals, None) is not None:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        return popen(*arguments, **options)

    monkeypatch.setattr(runner.subprocess, "Popen", started)
    Visitor(server).ready(CONTENT)
    assert next(refusals, None) is None


def test_a_job_whose_start_cannot_be_written_down_is_started_later(
    server: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_AFTER_AN_ERROR", 0.02)
    refusals, write = iter(range(3)), Store.write

    def written(store: Store, job: Any) -> None:
        if job.starts and next(refusals, None) is not None:
            full()
        write(store, job)

    monkeypatch.setattr(Store, "write", written)
    Visitor(server).ready(CONTENT)
    assert next(refusals, None) is None


def test_a_damaged_job_ends_neither_the_server_nor_the_others(law: Law, tmp_path: Path) -> None:
    store = Store(tmp_path / "screen", Limits())
    damaged = store.create("owner", "x.csv", ".csv", "en", datetime.now(tz=UTC))
    (store.directory(damaged.id) / "job.json").write_bytes(b"")
    os.utime(store.directory(damaged.id), (time.time() - 3 * 86400,) * 2)
    with TestClient(create_app(law, Settings(state=tmp_path)), base_url="http://127.0.0.1") as client:
        assert client.get(f"/en/screen/job/{damaged.id}").status_code == 404
        assert Visitor(client).ready(CONTENT)
        until = time.monotonic() + 20
        while store.directory(damaged.id).exists():
            assert time.monotonic() < until
            time.sleep(0.05)
