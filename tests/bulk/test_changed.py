"""Only what the law changed: the same rows and places as two whole runs compared, and what each answer was."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pyarrow
import pytest

from drugcontrol.bulk import Plan, screen_table
from drugcontrol.bulk.changed import Since, changed_between
from drugcontrol.check import Checker
from drugcontrol.errors import ReadError, UsageError
from drugcontrol.law import Law
from drugcontrol.law.files import encode
from drugcontrol.screen import InputRow, Result, Screening, Settings, prefilter
from drugcontrol.screen.columns import BEFORE_COLUMNS
from drugcontrol.screen.run import Columns
from tests.bulk.conftest import DAY, FINDINGS
from tests.official.rules import table

THEN = date(2019, 1, 1)
PLACES = ("CN", "US", "CA", "GB")
NEAR = ("near-the-fentanyls.csv", "near-the-nitazenes.csv")


@pytest.fixture(autouse=True)
def with_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0)


@pytest.fixture(scope="module")
def structures(law: Law) -> list[str]:
    drawn = [row.structure.smiles for row in law.substances.values() if row.structure][::6]
    return [*drawn, *(row["smiles"] for name in NEAR for row in table(name)), "CCO", "c1ccccc1"]


def holding(result: Result) -> dict[str, set[tuple[str, ...]]]:
    return {
        verdict.jurisdiction: {
            (item.instrument, item.schedule, item.status, item.question)
            for item in verdict.findings
            if item.role != "displaced"
        }
        for verdict in result.verdicts
    }


def compared(structures: list[str], since: Since, day: date = DAY) -> list[dict[str, str]]:
    plan = Plan(("smiles",), Settings(PLACES, day), FINDINGS | {"not_listed", "not_held"}, since=since)
    return screen_table(pyarrow.table({"smiles": structures}), plan).to_pylist()


def test_the_changed_answers_are_those_in_which_two_whole_runs_differ(checker: Checker, structures: list[str]) -> None:
    rows = [InputRow(line, {"smiles": text}) for line, text in enumerate(structures, start=1)]
    then, now = (
        list(Screening(checker, Columns(smiles="smiles"), Settings(PLACES, day)).results(rows)) for day in (THEN, DAY)
    )
    differing = {
        (str(one.row.line), place)
        for one, other in zip(then, now, strict=True)
        for place in PLACES
        if holding(one)[place] != holding(other)[place]
    }
    told = compared(structures, Since(THEN))
    found = {(row["input_line"], row["jurisdiction"]) for row in told}
    assert found == differing
    assert len(differing) > 100
    statuses = {(str(one.row.line), verdict.jurisdiction): verdict.status for one in then for verdict in one.verdicts}
    assert {key: row["status_before"] for row in told for key in [(row["input_line"], row["jurisdiction"])]} == {
        key: statuses[key] for key in found
    }


def test_an_answer_that_ended_is_told_with_what_it_was() -> None:
    fentanyl = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"
    told = compared([fentanyl], Since(DAY), date(1960, 1, 1))
    ended = {row["jurisdiction"]: row for row in told}
    assert ended["US"]["status_before"] == "controlled"
    assert ended["US"]["status"] in ("not_listed", "not_held")
    assert ended["US"]["schedule_before"]


def test_nothing_changed_is_nothing_told(structures: list[str]) -> None:
    assert compared(structures, Since(DAY)) == []
    assert set(BEFORE_COLUMNS).isdisjoint(
        screen_table(
            pyarrow.table({"smiles": ["CCO"]}), Plan(("smiles",), Settings(PLACES, DAY), FINDINGS)
        ).column_names
    )


@pytest.fixture
def edition_without_acetylfentanyl(law: Law, tmp_path: Path) -> Path:
    """An edition as it was before a listing was entered."""
    instruments = tuple(
        msgspec.structs.replace(
            row, listings=tuple(item for item in row.listings if item.substance != "acetylfentanyl")
        )
        for row in law.edition.instruments
    )
    path = tmp_path / "older.json"
    path.write_bytes(encode(msgspec.structs.replace(law.edition, instruments=instruments)))
    return path


def test_an_older_edition_is_compared_on_the_day_on_which_it_was_made(
    law: Law, structures: list[str], edition_without_acetylfentanyl: Path
) -> None:
    since = Since.of(str(edition_without_acetylfentanyl))
    assert since.day.isoformat() == law.version.replace(".", "-")
    acetylfentanyl = law.substances["acetylfentanyl"].structure
    assert acetylfentanyl is not None
    told = compared([*structures, acetylfentanyl.smiles], since, since.day)
    assert {row["smiles"] for row in told} == {acetylfentanyl.smiles}


def test_what_only_the_older_edition_knew_is_told_as_ended(law: Law, tmp_path: Path) -> None:
    acetylfentanyl = law.substances["acetylfentanyl"].structure
    assert acetylfentanyl is not None
    older, newer = tmp_path / "older.json", tmp_path / "newer.json"
    older.write_bytes(encode(law.edition))
    left = tuple(row for row in law.edition.substances if row.id != "acetylfentanyl")
    instruments = tuple(
        msgspec.structs.replace(
            row, listings=tuple(item for item in row.listings if item.substance != "acetylfentanyl")
        )
        for row in law.edition.instruments
    )
    newer.write_bytes(encode(msgspec.structs.replace(law.edition, substances=left, instruments=instruments)))
    since = Since.of(str(older))
    plan = Plan(
        ("smiles",), Settings(("UN",), since.day), FINDINGS | {"not_listed", "not_held"}, law_file=newer, since=since
    )
    (told,) = screen_table(pyarrow.table({"smiles": ["CCO", acetylfentanyl.smiles]}), plan).to_pylist()
    assert (told["smiles"], told["status"], told["status_before"]) == (
        acetylfentanyl.smiles,
        "not_listed",
        "controlled",
    )


def test_what_is_neither_day_nor_edition_is_refused_with_the_cure() -> None:
    with pytest.raises(UsageError, match="neither a day nor a file"):
        Since.of("last year")


def test_an_older_edition_that_was_exchanged_meanwhile_is_refused(
    law: Law, edition_without_acetylfentanyl: Path
) -> None:
    since = Since.of(str(edition_without_acetylfentanyl))
    edition_without_acetylfentanyl.write_bytes(encode(law.edition))
    with pytest.raises(ReadError, match=f"answers with edition {re.escape(since.edition)}"):
        compared(["CCO"], since)


def test_a_place_that_the_older_edition_lacks_is_named(xa_law: Law, law: Law) -> None:
    with pytest.raises(UsageError, match="holds nothing of US"):
        changed_between(xa_law, DAY, law, DAY, ("US",))
