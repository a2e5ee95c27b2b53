"""A run into a file: stopped at any point it leaves what is done, and goes on without repeating or losing a row."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pyarrow
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.bulk.changed import Since
from drugcontrol.bulk.local import answered
from drugcontrol.bulk.lock import alone_in
from drugcontrol.bulk.manifest import Manifest, asked_of, differences, digest_of
from drugcontrol.bulk.parts import Parts, in_parts
from drugcontrol.bulk.run import Runner, Stopped, begun_at, run_to_file
from drugcontrol.bulk.source import Source
from drugcontrol.errors import ReadError
from drugcontrol.screen.decisions import Decision, Decisions
from drugcontrol.screen.summary import Summary
from drugcontrol.screen.writers import CsvWriter
from tests.bulk.conftest import DAY, PART, plan_for, source_of

pytestmark = pytest.mark.usefixtures("small")


def screened(path: Path, out: Path, *, resume: bool = False, stop_after: int | None = None) -> tuple[Summary, int]:
    """Screen a file; stopped by hand before the answers of a table are taken, if that is asked for."""
    source = source_of(path)
    plan, counts, asked = plan_for(source), Summary(), 0

    def runner(tables: Iterable[pyarrow.Table]) -> Generator[pyarrow.Table, None, None]:
        nonlocal asked
        for table in answered(tables, plan, 1):
            if asked == stop_after:
                raise KeyboardInterrupt
            asked += 1
            yield table

    run_to_file(source, plan, out, runner, counts, resume=resume)
    return counts, asked


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("stop_after", [0, 1, 5, 9])
def test_a_run_that_was_stopped_and_resumed_equals_one_that_was_not(
    catalogue: Path, tmp_path: Path, ending: str, stop_after: int
) -> None:
    whole, parted = tmp_path / f"whole.{ending}", tmp_path / f"parted.{ending}"
    counts, all_tables = screened(catalogue, whole)
    with pytest.raises(Stopped, match=r"are in .*partial"):
        screened(catalogue, parted, stop_after=stop_after)
    assert not parted.exists()
    partial = tmp_path / f"parted.partial.{ending}"
    if ending != "parquet":
        assert whole.read_bytes().startswith(partial.read_bytes())
    resumed, asked = screened(catalogue, parted, resume=True)
    assert parted.read_bytes() == whole.read_bytes()
    assert replace(resumed, checked=0) == replace(counts, checked=0)
    assert asked == all_tables - stop_after // 3 * 3, "parts of three tables that were done are not done again"
    assert {path.name for path in tmp_path.iterdir()} == {
        "catalogue.csv", whole.name, f"{whole.name}.run.json", parted.name, f"{parted.name}.run.json",
    }  # fmt: skip


def test_a_part_that_is_damaged_is_done_again(catalogue: Path, tmp_path: Path) -> None:
    whole, parted = tmp_path / "whole.csv", tmp_path / "parted.csv"
    screened(catalogue, whole)
    with pytest.raises(Stopped):
        screened(catalogue, parted, stop_after=7)
    (tmp_path / "parted.csv.parts" / "part-000001.parquet").write_bytes(b"PAR1 cut off")
    screened(catalogue, parted, resume=True)
    assert parted.read_bytes() == whole.read_bytes()


def test_a_full_disk_ends_the_run_in_words_and_it_goes_on_when_there_is_room(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, parted = tmp_path / "whole.csv", tmp_path / "parted.csv"
    screened(catalogue, whole)
    written, write = 0, parquet.ParquetWriter.write_table

    def filling(writer: parquet.ParquetWriter, table: pyarrow.Table) -> None:
        nonlocal written
        written += 1
        if written == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(writer, table)

    with monkeypatch.context() as patch:
        patch.setattr(parquet.ParquetWriter, "write_table", filling)
        with pytest.raises(ReadError, match="No space left"):
            screened(catalogue, parted)
    assert [path.name for path in (tmp_path / "parted.csv.parts").glob("part-*")] == ["part-000000.parquet"]
    screened(catalogue, parted, resume=True)
    assert parted.read_bytes() == whole.read_bytes()


def test_a_damaged_note_of_a_run_is_named_with_the_cure(catalogue: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        screened(catalogue, tmp_path / "out.csv", stop_after=4)
    (tmp_path / "out.csv.parts" / "run.json").write_bytes(b'{"asked": ')
    with pytest.raises(ReadError, match=r"run\.json is damaged.*[Dd]elete"):
        screened(catalogue, tmp_path / "out.csv", resume=True)


def test_a_run_that_was_stopped_is_not_begun_anew_unasked(catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(Stopped):
        screened(catalogue, out, stop_after=4)
    with pytest.raises(ReadError, match="--resume, or delete"):
        screened(catalogue, out)
    begun = begun_at(out)
    assert begun is not None
    assert begun.date == "2026-09-01"


def test_an_input_that_changed_is_noticed(catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(Stopped):
        screened(catalogue, out, stop_after=4)
    before = catalogue.read_bytes()
    catalogue.write_bytes(before.replace(b"CCO", b"CCN", 1))
    assert catalogue.stat().st_size == len(before), "only the content tells the two apart"
    with pytest.raises(ReadError, match="input changed"):
        screened(catalogue, out, resume=True)


def test_another_question_is_not_taken_for_the_same_run(catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(Stopped):
        screened(catalogue, out, stop_after=4)
    source = source_of(catalogue)
    plan = plan_for(source, frozenset({"controlled"}), ("GB",))
    runner: Runner = lambda tables: answered(tables, plan, 1)  # noqa: E731
    with pytest.raises(ReadError, match="places, written changed"):
        run_to_file(source, plan, out, runner, Summary(), resume=True)


def test_no_part_of_a_question_may_be_another_one(catalogue: Path) -> None:
    source = source_of(catalogue)
    plan = plan_for(source)
    decision = Decision(
        subject="fentanyl", place="US", questions=("us-csa:x",), choice="controlled", by="A", why="b", on=DAY, until=DAY
    )
    others = {
        "edition": replace(plan, edition="1999.01.01+x"),
        "date": replace(plan, settings=replace(plan.settings, day=date(2020, 1, 1))),
        "run_on": replace(plan, settings=replace(plan.settings, screened_on=date(2020, 1, 1))),
        "places": replace(plan, settings=replace(plan.settings, places=("US",))),
        "kinds": replace(plan, settings=replace(plan.settings, kinds=("narcotic",))),
        "to": replace(plan, settings=replace(plan.settings, to="MX")),
        "written": replace(plan, wanted=frozenset({"error"})),
        "language": replace(plan, language="es"),
        "since": replace(plan, since=Since(DAY, catalogue, "1999.01.01+x")),
        "decisions": replace(plan, settings=replace(plan.settings, decisions=Decisions.of([decision]))),
    }
    asked = asked_of(source, plan)
    assert {name: differences(asked, asked_of(source, other)) for name, other in others.items()} == {
        name: [name] for name in others
    }
    of_another_edition = replace(plan, since=Since(DAY, catalogue, "2000.01.01+y"))
    assert differences(asked_of(source, others["since"]), asked_of(source, of_another_edition)) == ["since"]


def test_two_runs_to_one_result_at_the_same_time_do_not_mix(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv.parts").mkdir()
    with alone_in(tmp_path / "out.csv.parts"):
        for resume in (False, True):
            with pytest.raises(ReadError, match="Another process is at work"):
                screened(catalogue, tmp_path / "out.csv", resume=resume)
    screened(catalogue, tmp_path / "out.csv")


def test_a_place_where_nothing_can_be_written_is_named(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match=r"out\.csv\.parts cannot be made: Not a directory"):
        screened(catalogue, tmp_path / "file" / "out.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(ReadError, match=r"taken\.csv cannot be written: Is a directory"):
        screened(catalogue, tmp_path / "taken.csv")


def test_who_answers_is_at_rest_before_what_is_done_is_written(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, happened = source_of(catalogue), list[str]()
    plan = plan_for(source)

    def runner(tables: Iterable[pyarrow.Table]) -> Generator[pyarrow.Table, None, None]:
        try:
            yield from answered(tables, plan, 1)
        finally:
            happened.append("at rest")

    def write(*given: object) -> Summary:
        del given
        raise KeyboardInterrupt

    def held(*given: object) -> None:
        del given
        happened.append("looked")

    with monkeypatch.context() as patch:
        patch.setattr(Parts, "write", write)
        patch.setattr(Parts, "held", held)
        with pytest.raises(Stopped):
            run_to_file(source, plan, tmp_path / "out.csv", runner, Summary(), resume=False)
    assert happened[-2:] == ["at rest", "looked"]


def test_what_a_kill_would_leave_of_a_result_stands_among_the_parts(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    write, kept = CsvWriter.write, list[int]()

    def looking(writer: CsvWriter, row: dict[str, str]) -> None:
        seen.update(path.name for path in tmp_path.iterdir())
        write(writer, row)

    monkeypatch.setattr(CsvWriter, "write", looking)
    monkeypatch.setattr(os, "fsync", kept.append)
    screened(catalogue, tmp_path / "out.csv")
    assert seen == {"catalogue.csv", "out.csv.parts"}
    assert len(kept) == 1 + 4 + 1 + 1, "note, parts, result and manifest are on the disk before they have their names"


def test_resume_without_a_stopped_run_begins_one(catalogue: Path, tmp_path: Path) -> None:
    screened(catalogue, tmp_path / "out.csv", resume=True)
    assert (tmp_path / "out.csv").exists()


def test_a_run_left_by_another_program_is_not_deleted(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv.parts").mkdir()
    (tmp_path / "out.csv.parts" / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReadError, match="in the way"):
        screened(catalogue, tmp_path / "out.csv")


def test_the_manifest_tells_what_was_asked_and_what_came_out(catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    counts, _ = screened(catalogue, out)
    manifest = msgspec.json.decode((tmp_path / "out.parquet.run.json").read_bytes(), type=Manifest)
    assert manifest.asked.input == (digest_of(catalogue),)
    assert manifest.result == digest_of(out)
    assert manifest.counts["rows"] == counts.rows == 150
    assert set(manifest.versions) >= {"python", "rdkit", "pyarrow"}
    assert manifest.began <= manifest.ended
    assert "c1ccccc1" not in json.dumps(msgspec.to_builtins(manifest))


@given(st.lists(st.integers(1, 70), max_size=40))
def test_parts_hold_every_table_once_in_order(sizes: list[int]) -> None:
    tables = [pyarrow.table({"number": [index] * size}) for index, size in enumerate(sizes)]
    parts = list(in_parts(tables))
    assert [table for part in parts for table in part] == tables
    assert all(sum(table.num_rows for table in part) >= PART for part in parts[:-1])


COMMAND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may have told its children to ignore it
from drugcontrol.bulk import parts
from drugcontrol.screen import prefilter
prefilter.ROWS, parts.ROWS = 16, 40
from drugcontrol.cli.main import main
main()
"""


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", COMMAND, "screen", *words, "--in", "CN,US", "--date", "2026-09-01", "--jobs", "1"]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_ended_from_outside_goes_on_to_the_same_result(
    catalogue: Path, tmp_path: Path, by: signal.Signals
) -> None:
    text = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join([text[0], *text[1:] * 8]), encoding="utf-8")
    out, parts = tmp_path / "out.csv", tmp_path / "out.csv.parts"
    with subprocess.Popen(command(str(catalogue), "-o", str(out)), stderr=subprocess.PIPE) as process:
        while not (parts / "part-000002.parquet").exists():
            assert process.poll() is None, process.communicate()[1].decode()
            time.sleep(0.01)
        os.kill(process.pid, by)
        told = process.communicate()[1].decode()
    done = [parquet.read_metadata(path).num_rows for path in sorted(parts.glob("part-*.parquet"))]
    assert len(done) >= 3
    assert not out.exists()
    if by != signal.SIGKILL:
        assert process.returncode == 130, told
        assert "--resume" in told
        lines = (tmp_path / "out.partial.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 1 + sum(done)
    went_on = subprocess.run(command(str(catalogue), "-o", str(out), "--resume"), capture_output=True, check=False)
    assert went_on.returncode == 0, went_on.stderr.decode()
    assert subprocess.run(command(str(catalogue), "-o", str(tmp_path / "new.csv")), check=False).returncode == 0
    assert out.read_bytes() == (tmp_path / "new.csv").read_bytes()


def test_processes_that_help_end_with_a_run_that_is_killed(catalogue: Path, tmp_path: Path) -> None:
    text = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join([text[0], *text[1:] * 20]), encoding="utf-8")
    helped = COMMAND.replace("main()\n", "if __name__ == '__main__':\n    main()\n")
    helped = f"from drugcontrol.bulk import local\nlocal.ALONE = 20\n{helped}"
    words = ["screen", str(catalogue), "-o", str(tmp_path / "out.csv"), "--in", "US", "--jobs", "2"]
    with subprocess.Popen([sys.executable, "-c", helped, *words], stderr=subprocess.PIPE) as process:
        while not (tmp_path / "out.csv.parts" / "part-000001.parquet").exists():
            assert process.poll() is None, process.communicate()[1].decode()
            time.sleep(0.01)
        process.kill()
        process.communicate(timeout=60)  # ends only when no process holds the other end any more


def test_a_source_is_read_from_the_beginning_each_time(catalogue: Path) -> None:
    source: Source = source_of(catalogue)
    assert [table.num_rows for table in source.tables()] == [table.num_rows for table in source.tables()]
