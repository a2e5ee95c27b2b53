"""What people decide on rows that are to be reviewed: kept, read back, honoured, ended."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.check import Checker
from drugcontrol.errors import ReadError, UsageError
from drugcontrol.screen import InputRow, Result, Screening, Settings, Summary
from drugcontrol.screen.columns import cells, header
from drugcontrol.screen.decisions import Decision, Decisions, open_questions, read_decisions, write_decisions
from drugcontrol.screen.formulas import harmless, unharmed
from drugcontrol.screen.run import Columns

DAY = date(2015, 1, 1)
TODAY = date(2026, 11, 25)
COLUMNS = Columns(smiles="smiles", name="name")
ROW = {"smiles": "CCO", "name": "fentanyl"}
"""A structure under the name of another substance: to be reviewed."""


def screened(xa: Checker, decisions: Decisions, row: dict[str, str] = ROW, on: date = TODAY) -> Result:
    settings = Settings(("XA",), DAY, decisions=decisions, screened_on=on)
    return next(Screening(xa, COLUMNS, settings).results([InputRow(2, row)]))


@pytest.fixture
def decision(xa: Checker) -> Decision:
    """Decide on the row as its result shows it."""
    result = screened(xa, Decisions())
    return Decision(
        subject=result.subject,
        place="XA",
        questions=open_questions(result.verdicts[0], DAY),
        choice="not_controlled",
        by="A. Example",
        why="The label was exchanged; see file 12.",
        on=date(2026, 11, 1),
        until=date(2026, 12, 31),
        name="fentanyl",
    )


def counted(result: Result) -> Summary:
    summary = Summary()
    summary.add(result)
    return summary


def test_a_decision_is_honoured_and_shown_and_the_status_stays_review(xa: Checker, decision: Decision) -> None:
    result = screened(xa, Decisions.of([decision]))
    assert (result.outcome, result.standing, result.settled) == ("review", "nothing", ("XA",))
    row = next(cells(result, header(["smiles", "name"]), "edition", frozenset({"review"}), lambda _: ""))
    assert (row["status"], row["decision"]) == ("review", "not_controlled")
    assert (row["decided_by"], row["decided_until"]) == ("A. Example", "2026-12-31")
    assert row["decision_reason"] == "The label was exchanged; see file 12."
    summary = counted(result)
    assert (summary.outcomes["review"], summary.standing["review"], summary.decided) == (1, 0, 1)


def test_treated_as_controlled_counts_as_controlled(xa: Checker, decision: Decision) -> None:
    result = screened(xa, Decisions.of([replace(decision, choice="controlled")]))
    assert (result.outcome, result.standing) == ("review", "controlled")


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
)
def test_a_decision_counts_from_its_day_to_its_last_day(
    xa: Checker, decision: Decision, day: date, counts: bool
) -> None:
    result = screened(xa, Decisions.of([decision]), on=day)
    assert bool(result.settled) is counts
    assert result.standing == ("nothing" if counts else "review")


def test_a_decision_that_has_ended_is_still_shown(xa: Checker, decision: Decision) -> None:
    result = screened(xa, Decisions.of([decision]), on=date(2027, 1, 1))
    row = next(cells(result, header(["smiles", "name"]), "edition", frozenset({"review"}), lambda _: ""))
    assert (row["decision"], row["decided_by"], row["decided_until"]) == ("", "A. Example", "2026-12-31")
    assert counted(result).ended == 1


def test_a_decision_reaches_every_way_to_write_the_structure_and_no_other_structure(
    xa: Checker, decision: Decision
) -> None:
    decisions = Decisions.of([decision])
    assert screened(xa, decisions, {"smiles": "[CH3][CH2]O", "name": "Fentanyl"}).settled == ("XA",)
    assert screened(xa, decisions, {"smiles": "CCCO", "name": "fentanyl"}).settled == ()


def test_a_decision_does_not_reach_a_question_that_was_not_open(decision: Decision) -> None:
    held = Decisions.of([decision])
    one, other = decision.questions[0], "xa-rule:unlisted_addition"
    assert held.about(decision.subject, "XA", [one]) == decision
    assert held.about(decision.subject, "XA", [one, other]) is None
    wider = replace(decision, questions=tuple(sorted((one, other))))
    assert Decisions.of([wider]).about(decision.subject, "XA", [one]) == wider
    assert held.about(decision.subject, "XG", [one]) is None


def test_a_later_decision_takes_the_place_of_an_earlier_one(decision: Decision) -> None:
    later = replace(decision, choice="controlled", on=date(2026, 11, 20))
    held = Decisions.of([later, decision])
    assert list(held) == [later]
    assert list(held.without(later.subject, later.place, later.questions)) == []


def test_a_doubt_of_days_is_decided_for_the_day_that_was_asked_about(checker: Checker) -> None:
    settings = Settings(tuple(checker.law.jurisdictions), date(2001, 12, 1), screened_on=TODAY)
    run = Screening(checker, Columns(name="name"), settings)
    doubts = {
        question
        for substance in checker.law.substances.values()
        for result in run.results([InputRow(2, {"name": substance.name})])
        for verdict in result.verdicts
        for question in open_questions(verdict, settings.day)
        if "date_in_doubt" in question
    }
    assert doubts
    assert all(question.endswith(":date_in_doubt@2001-12-01") for question in doubts)


def test_a_file_of_decisions_is_read_back_as_it_was(tmp_path: Path, decision: Decision) -> None:
    written = Decisions.of([decision, replace(decision, place="XG", why="=HYPERLINK(1)", by="-x")])
    write_decisions(tmp_path / "decisions.csv", written)
    assert list(read_decisions(tmp_path / "decisions.csv")) == list(written)
    assert "'=HYPERLINK" in (tmp_path / "decisions.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"decision": "maybe"}, "no decision"),
        ({"decided_by": " "}, "a name and a reason"),
        ({"decided_until": "2026-10-01"}, "ends before"),
        ({"decided_until": "soon"}, "calendar day"),
        ({"subject": ""}, "what it is about"),
        ({"decision_reason": "x" * 3000}, "too long"),
    ],
)
def test_a_row_that_is_no_whole_decision_is_named_with_file_and_line(
    tmp_path: Path, decision: Decision, changed: dict[str, str], says: str
) -> None:
    path = tmp_path / "decisions.csv"
    write_decisions(path, Decisions.of([decision]))
    head, row = path.read_text(encoding="utf-8-sig").splitlines()
    values = dict(zip(head.split(","), row.split(","), strict=True)) | changed
    path.write_text(f"{head}\n{','.join(values.values())}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=rf"decisions\.csv:2: .*{says}"):
        read_decisions(path)


def test_rows_without_a_decision_are_passed_over_and_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ReadError, match="“subject” is missing"):
        read_decisions(path)
    columns = "subject,jurisdiction,questions,decision,decided_by,decision_reason,decided_on,decided_until"
    path.write_text(f"{columns},more\nX,XA,l:q,,,,,,m\n", encoding="utf-8")
    assert len(read_decisions(path)) == 0
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReadError, match="no CSV file in UTF-8"):
        read_decisions(path)


def test_a_decision_that_ends_before_it_begins_is_refused(decision: Decision) -> None:
    with pytest.raises(UsageError, match="ends before"):
        replace(decision, until=date(2026, 1, 1))


@given(st.text(max_size=12))
def test_a_cell_made_harmless_comes_back_as_it_was(cell: str) -> None:
    assert unharmed(harmless(cell)) == cell
    assert harmless(cell)[:1] not in {"=", "+", "@", "\t", "\r", "\n"}
