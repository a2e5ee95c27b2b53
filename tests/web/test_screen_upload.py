"""An upload as it comes: written as it was sent, and refused where it is none; whatever it holds is looked into."""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from drugcontrol.errors import ReadError, UsageError
from drugcontrol.web.jobs.inspect import preview
from drugcontrol.web.jobs.limits import MEGABYTE
from drugcontrol.web.jobs.upload import Upload, receive, shown_name
from tests.web.test_screen_limits import SMALL


def received(made: Callable[[], Coroutine[Any, Any, Upload]]) -> Upload:
    """Run in a thread of its own: this one may have the loop of a browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(made())).result()


def test_an_upload_is_written_piece_by_piece(tmp_path: Path) -> None:
    size = 120 * MEGABYTE

    async def body() -> AsyncIterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        for _ in range(size // 60_000):
            yield b"acetone,67-64-1,CC(C)=O,..\n" * 2222 + b"123456"
        yield b"\r\n--b--\r\n"

    tracemalloc.start()
    target = tmp_path / "x"
    taken = received(lambda: receive(body(), "multipart/form-data; boundary=b", 10**9, lambda _: target))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken.size == target.stat().st_size == size
    assert peak < 3 * MEGABYTE


def test_an_upload_beyond_the_limit_is_not_written_further(tmp_path: Path) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        for _ in range(100):
            yield b"a" * 100_000

    target = tmp_path / "x"
    with pytest.raises(UsageError) as refused:
        received(lambda: receive(body(), "multipart/form-data; boundary=b", MEGABYTE, lambda _: target))
    assert refused.value.code == "job_large"
    assert target.stat().st_size <= MEGABYTE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b\r\n",
        b"--b--\r\n",
        b'--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\nname\n',
        b'--b\r\ncontent-disposition: form-data; name="' + b"x" * 9000 + b'"\r\n\r\n1\r\n--b--\r\n',
        b'--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n' + b"1" * 90_000 + b"\r\n--b--\r\n",
        b"".join(b'--b\r\ncontent-disposition: form-data; name="x%d"\r\n\r\n1\r\n' % n for n in range(99))
        + b"--b--\r\n",
    ],
)
def test_a_form_that_is_none_is_refused(tmp_path: Path, body: bytes) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for index in range(0, len(body), 7):
            yield body[index : index + 7]

    with pytest.raises(UsageError):
        received(lambda: receive(chunks(), "multipart/form-data; boundary=b", MEGABYTE, lambda _: tmp_path / "x"))
    with pytest.raises(UsageError):
        received(lambda: receive(chunks(), "application/json", MEGABYTE, lambda _: tmp_path / "x"))


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\x.csv", "/etc/cron.d/x.csv", "a\x00b.csv", "\u202evsc.x.csv", "x" * 999, ".."],
)
def test_no_name_of_a_file_is_a_path(name: str) -> None:
    shown = shown_name(name)
    assert not set(shown) & set("/\\\0\r\n\u202e")
    assert 0 < len(shown) <= 120


def test_a_form_may_be_cut_in_two_anywhere_and_what_follows_its_end_is_no_part_of_it(tmp_path: Path) -> None:
    head = b'--b\r\ncontent-disposition: form-data; name="f"; filename="x.csv"\r\n\r\n'
    body = head + b"name\nacetone\n" + b"\r\n--b--\r\n"
    for at in range(1, len(body)):

        async def chunks(at: int = at) -> AsyncIterator[bytes]:
            yield body[:at]
            yield body[at:]

        target = tmp_path / f"x{at}"
        pieces, begin = chunks(), partial(lambda path, _: path, target)
        received(partial(receive, pieces, "multipart/form-data; boundary=b", 10_000, begin))
        assert target.read_bytes() == b"name\nacetone\n"


@given(content=st.binary(min_size=1, max_size=3000), cuts=st.lists(st.integers(1, 200), max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_comes_as_it_was_sent_however_it_is_cut(tmp_path: Path, content: bytes, cuts: list[int]) -> None:
    assume(b"--b" not in content)
    head = b'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b\r\n'
    body = head + b'content-disposition: form-data; name="f"; filename="x.csv"\r\n\r\n' + content + b"\r\n--b--\r\n"

    async def chunks() -> AsyncIterator[bytes]:
        at = 0
        for cut in [*cuts, len(body)]:
            yield body[at : at + cut]
            at += cut

    target = tmp_path / "x"
    target.unlink(missing_ok=True)
    taken = received(lambda: receive(chunks(), "multipart/form-data; boundary=b", 10_000, lambda _: target))
    assert (taken.fields, taken.name, taken.size) == ({"a": "1"}, "x.csv", len(content))
    assert target.read_bytes() == content


@given(
    content=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)),
    suffix=st.sampled_from([".csv", ".tsv", ".smi", ".sdf", ".parquet", ".csv.gz", ".sdf.gz"]),
    is_packed=st.booleans(),
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_looked_into_or_refused_in_words(
    tmp_path: Path, content: bytes, suffix: str, is_packed: bool
) -> None:
    path = tmp_path / f"input{suffix}"
    path.write_bytes(gzip.compress(content) if is_packed else content)
    try:
        found = preview(path, SMALL)
    except ReadError:
        return
    assert all(len(row) == len(found.columns) for row in found.rows)
