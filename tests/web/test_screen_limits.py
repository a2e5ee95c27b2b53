"""What a screening job may take: made to hurt, and refused in words."""

import gzip
import io
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pyarrow
import pyarrow.parquet as parquet
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from drugcontrol.errors import ReadError, UsageError
from drugcontrol.law import Law
from drugcontrol.web.app import create_app
from drugcontrol.web.jobs.inspect import preview
from drugcontrol.web.jobs.limits import MEGABYTE, Limits
from drugcontrol.web.jobs.store import Outcome, Store
from drugcontrol.web.jobs.upload import suffix_of
from drugcontrol.web.settings import Settings
from tests.web.conftest import TODAY
from tests.web.pages import LANGUAGES
from tests.web.screening import Visitor

SMALL = Limits(
    upload_bytes=300_000,
    unpacked_bytes=3 * MEGABYTE,
    rows=1000,
    columns=50,
    line_bytes=100_000,
    record_bytes=200_000,
    memory_bytes=1500 * MEGABYTE,
    seconds=60,
    jobs_of_one=3,
)


def packed(size: int) -> bytes:
    """A file that is large only when it is unpacked."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        file.write(b"name,note\n")
        for _ in range(size // 50_000):
            file.write(b"acetone," + b"x" * 49_991 + b"\n")
    return out.getvalue()


def as_parquet(table: pyarrow.Table, **options: object) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


MADE_TO_HURT = {
    "gzip bomb": ("x.csv.gz", lambda: packed(200 * MEGABYTE), "job_unpacked"),
    "gzip in gzip": ("x.csv.gz", lambda: gzip.compress(packed(50 * MEGABYTE)), "not_utf8"),
    "huge line": ("x.csv", lambda: b"name\n" + b"a" * 200_000, "job_line"),
    "huge line, packed": ("x.smi.gz", lambda: gzip.compress(b"C" * 2_000_000), "job_line"),
    "huge column name": ("x.csv", lambda: b"name," + b"n" * 600 + b"\n1,2\n", "job_line"),
    "huge record": ("x.sdf", lambda: b"a\n" * 120_000, "job_line"),
    "a million columns": ("x.csv.gz", lambda: gzip.compress(b"," * 1_000_000 + b"\n1\n"), "job_columns"),
    "columns of one name": ("x.csv", lambda: b"a;" * 90_000 + b"\n1\n", "job_columns"),
    "a thousand fields": ("x.sdf", lambda: b"x\nM  END\n" + b"".join(b"> <f%d>\n1\n\n" % n for n in range(1000)), ""),
    "rows": ("x.csv", lambda: b"name\n" + b"acetone\n" * 2000, "job_rows"),
    "rows of Parquet": ("x.parquet", lambda: as_parquet(pyarrow.table({"name": ["x"] * 2000})), "job_rows"),
    "columns of Parquet": ("x.parquet", lambda: as_parquet(pyarrow.table({f"c{n}": [1] for n in range(99)})), ""),
    "large Parquet": (
        "x.parquet",
        lambda: as_parquet(pyarrow.table({"name": ["x" * 50_000] * 100}), use_dictionary=False),
        "job_unpacked",
    ),
    "no gzip": ("x.csv.gz", lambda: b"name\nacetone\n", "job_unreadable"),
    "cut gzip": ("x.csv.gz", lambda: packed(2 * MEGABYTE)[:-20], "job_unreadable"),
    "no Parquet": ("x.parquet", lambda: b"PAR1" * 10, "job_unreadable"),
    "no text": ("x.csv", lambda: b"\x00\x01\x02\x03", "not_utf8"),
    "header only": ("x.csv", lambda: b"name,cas\n", "job_empty"),
}


@pytest.mark.parametrize(("name", "made", "code"), MADE_TO_HURT.values(), ids=MADE_TO_HURT.keys())
def test_a_file_beyond_the_limits_is_refused_before_anything_is_made_of_it(
    tmp_path: Path, name: str, made: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / f"input{suffix_of(name)}"
    path.write_bytes(made())
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(ReadError) as refused:
        preview(path, SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = "job_unreadable" if refused.value.code == "unreadable_file" else refused.value.code
    assert found == (code or "job_columns")
    assert time.monotonic() - begun < 10
    assert peak < 30 * MEGABYTE


def test_a_file_within_the_limits_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "input.csv.gz"
    path.write_bytes(gzip.compress(b"Name;CAS No.;x\n" + b"acetone;67-64-1;1\n" * 900))
    found = preview(path, SMALL)
    assert found.columns == ["Name", "CAS No.", "x"]
    assert found.found == {"name": "Name", "cas": "CAS No."}
    assert len(found.rows) == 8


def test_an_archive_and_other_files_are_refused_by_their_ending() -> None:
    for name in ("x.zip", "x.xlsx", "x.csv.zip", "x", ".csv.exe", "x.parquet.gz", "x.tar.gz"):
        with pytest.raises(UsageError) as refused:
            suffix_of(name)
        assert refused.value.code == "job_kind"


@pytest.fixture(scope="module")
def small(law: Law, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    """A server with small limits."""
    settings = Settings(state=tmp_path_factory.mktemp("small"), screening=SMALL)
    app = create_app(law, settings, lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as opened:
        yield opened


def failed(client: TestClient[Litestar], language: str, content: bytes, name: str) -> str:
    """Give the page on which a file that was taken is refused."""
    visitor = Visitor(client, language)
    answer = visitor.upload(content, name)
    page = visitor.settled(answer.headers["location"]) if answer.status_code == 303 else answer.text
    if "/job/" in answer.headers["location"]:
        visitor.send(f"{answer.headers['location']}/delete")
    return page


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.csv", b"name\n" + b"acetone\n" * 40_000, ("too large", "demasiado grande", "文件过大")),
        ("x.csv.gz", packed(20 * MEGABYTE), ("unpacked", "descomprimido", "解压后过大")),
        ("x.csv", b"name\n" + b"acetone\n" * 2000, ("too many rows", "demasiadas filas", "行数过多")),
        ("x.zip", b"PK", ("that ending", "esa extensión", "扩展名")),
        ("x.csv", b"", ("is empty", "está vacío", "文件为空")),
        ("", b"", ("No file was chosen", "No se eligió", "未选择文件")),
        ("x.csv", "nombre,código\nacetona,1\n".encode("cp1252"), ("CSV UTF-8", "CSV UTF-8 (delimitado", "逗号分隔")),
        ("x.csv", b"name,name\nacetone,1\n", ("the same name", "el mismo nombre", "两列名称相同")),
        ("x.parquet", b"PAR1PAR1", ("cannot be read", "no se puede leer", "无法读取")),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_is_told_in_the_language_of_the_page(
    small: TestClient[Litestar], language: str, name: str, content: bytes, says: tuple[str, str, str]
) -> None:
    page = failed(small, language, content, name)
    assert 'role="alert"' in page
    assert says[LANGUAGES.index(language)] in page


def test_a_zip_bomb_under_another_name_is_no_table(small: TestClient[Litestar]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", b"0" * 20_000_000)
    for name in ("x.csv", "x.csv.gz", "x.parquet", "x.smi", "x.sdf"):
        page = failed(small, "en", out.getvalue(), name)
        assert 'role="alert"' in page or 'class="choose"' in page
        assert "The server met an error" not in page


def test_a_file_that_takes_too_much_memory_ends_its_own_process_only(law: Law, tmp_path: Path) -> None:
    said = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 3000, pyarrow.int32()), ["x" * 1_000_000])
    content = as_parquet(pyarrow.table({"name": said}), store_schema=False)
    assert len(content) < SMALL.upload_bytes, "small on disk: one value, said three thousand times"
    limits = replace(SMALL, rows=10_000, memory_bytes=700 * MEGABYTE, unpacked_bytes=10**12)
    app = create_app(law, Settings(state=tmp_path, screening=limits), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        page = failed(client, "en", content, "x.parquet")
        assert "needs more memory" in page
        assert client.get("/en/").status_code == 200


def test_a_row_too_long_for_a_page_is_refused(law: Law, tmp_path: Path) -> None:
    content = as_parquet(pyarrow.table({"name": ["acetone"] * 3, "note": ["", "x" * 90_000, "x" * 110_000]}))
    app = create_app(law, Settings(state=tmp_path, screening=SMALL), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        visitor = Visitor(client)
        path = visitor.ready(content, "x.parquet")
        visitor.send(f"{path}/start", name="name")
        assert "The row in line 3 is too long" in visitor.settled(path)


def test_a_result_beyond_what_a_page_can_order_is_refused(law: Law, tmp_path: Path) -> None:
    app = create_app(law, Settings(state=tmp_path, screening=replace(SMALL, answers=100)), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        visitor = Visitor(client)
        path = visitor.ready(b"name\n" + b"acetone\n" * 90)
        visitor.send(f"{path}/start", name="name", everything="yes", **{"in": ["EU", "US"]})
        assert "too many answers" in visitor.settled(path)


def test_a_job_that_takes_too_long_is_ended(law: Law, tmp_path: Path) -> None:
    limits = replace(SMALL, seconds=1, rows=10**6, upload_bytes=10 * MEGABYTE)
    app = create_app(law, Settings(state=tmp_path, screening=limits), lambda: TODAY)
    content = b"smiles\n" + b"".join(b"C%sN1CCC(CC1)N(C(=O)CC)c1ccccc1\n" % (b"C" * (n % 90)) for n in range(9000))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        visitor = Visitor(client)
        path = visitor.ready(content)
        visitor.send(f"{path}/start", smiles="smiles")
        assert "took longer" in visitor.settled(path)


def test_no_more_files_are_kept_than_one_may_have(small: TestClient[Litestar]) -> None:
    visitor = Visitor(small)
    paths = [visitor.ready(b"name\nacetone\n") for _ in range(3)]
    answer = visitor.upload(b"name\nacetone\n")
    assert answer.headers["location"] == "/en/screen?problem=job_too_many"
    assert "Delete one" in small.get(answer.headers["location"]).text
    for path in paths:
        visitor.send(f"{path}/delete")
    visitor.send(f"{visitor.ready(b'name,x' + bytes([10]) + b'acetone,1')}/delete")


def test_decisions_take_no_more_room_than_there_is(law: Law, tmp_path: Path) -> None:
    app = create_app(law, Settings(state=tmp_path, screening=replace(SMALL, decision_bytes=100)), lambda: TODAY)
    columns = "subject,jurisdiction,questions,decision,decided_by,decision_reason,decided_on,decided_until"
    content = f"{columns}\nX,US,a:b,controlled,A,why,2026-01-01,2027-01-01\n".encode()
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answers = [Visitor(client).upload(content, "d.csv", "/decisions/upload").status_code for _ in range(2)]
    assert answers == [303, 400]


def test_no_more_bytes_are_kept_than_there_is_room_for(tmp_path: Path) -> None:
    store = Store(tmp_path, replace(SMALL, jobs_of_one=99, kept_bytes=2 * SMALL.upload_bytes))
    now = datetime(2026, 11, 25, tzinfo=UTC)
    first = store.create("owner", "x.csv", ".csv", "en", now)
    store.write(msgspec.structs.replace(first, size=SMALL.upload_bytes))
    store.write(msgspec.structs.replace(store.create("owner", "y.csv", ".csv", "en", now), size=1))
    with pytest.raises(UsageError) as refused:
        store.create("other", "z.csv", ".csv", "en", now)
    assert refused.value.code == "job_space"


def test_old_jobs_are_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path, SMALL)
    now = datetime(2026, 11, 25, tzinfo=UTC)
    old = store.create("owner", "old.csv", ".csv", "en", now - timedelta(days=SMALL.keep_days + 1))
    new = store.create("owner", "new.csv", ".csv", "en", now - timedelta(days=SMALL.keep_days - 1))
    for job in (old, new):
        store.input(job).write_bytes(b"name\n")
        store.write(job)
    assert store.sweep(now) == [old.id]
    assert [job.id for job in store.all()] == [new.id]
    assert not store.directory(old.id).exists()


def test_a_server_deletes_old_jobs_when_it_starts(law: Law, tmp_path: Path) -> None:
    store = Store(tmp_path / "screen", SMALL)
    old = store.create("owner", "old.csv", ".csv", "en", datetime.now(tz=UTC) - timedelta(days=SMALL.keep_days + 1))
    store.input(old).write_bytes(b"name\nacetone\n")
    store.write(old)
    with TestClient(create_app(law, Settings(state=tmp_path, screening=SMALL)), base_url="http://127.0.0.1") as client:
        until = time.monotonic() + 20
        while client.get(f"/en/screen/job/{old.id}").status_code != 404:
            assert time.monotonic() < until
            time.sleep(0.05)
    assert not list((tmp_path / "screen/jobs").iterdir())


def test_what_is_written_while_it_is_read_is_whole_or_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path, SMALL)
    job = store.create("owner", "x.csv", ".csv", "en", datetime(2026, 11, 25, tzinfo=UTC))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            store.put(job.id, "outcome", Outcome(code="x" * 5000))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(300):
            found = store.read(job.id, "outcome", Outcome)
            assert found is None or len(found.code) == 5000
    finally:
        stop.set()
        writer.join()
    assert {path.name for path in store.directory(job.id).iterdir()} == {"outcome.json"}
