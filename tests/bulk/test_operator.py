"""The operator: a table of rows in, a table of answers out, the same that the rows get one by one."""

from datetime import date

import pyarrow
import pytest

from drugcontrol.bulk import Plan, screen_table
from drugcontrol.bulk.operator import answer_schema, counts_of
from drugcontrol.check import Checker
from drugcontrol.errors import ReadError
from drugcontrol.report.words import Words
from drugcontrol.screen import InputRow, Screening, Settings, Summary, prefilter
from drugcontrol.screen.columns import cells, header
from drugcontrol.screen.run import Columns
from tests.bulk.conftest import DAY, EVERYTHING, FINDINGS

Rows = list[tuple[str, str, str]]
COLUMNS = Columns("smiles", "name", "cas")


def as_table(rows: Rows) -> pyarrow.Table:
    return pyarrow.table(dict(zip(("smiles", "name", "cas"), map(list, zip(*rows, strict=True)), strict=True)))


def one_by_one(checker: Checker, rows: Rows, wanted: frozenset[str]) -> tuple[list[dict[str, str]], Summary]:
    run = Screening(checker, COLUMNS, Settings(("CN", "US"), DAY, screened_on=DAY))
    counts, found = Summary(), []
    names, reason = header(("smiles", "name", "cas")), Words.of("en").reason
    for line, (smiles, name, cas) in enumerate(rows, start=1):
        (result,) = run.results([InputRow(line, {"smiles": smiles, "name": name, "cas": cas})])
        counts.add(result)
        found += cells(result, names, checker.law.edition_name, wanted, reason)
    return found, counts


@pytest.mark.parametrize("wanted", [FINDINGS, EVERYTHING, frozenset({"error"})])
@pytest.mark.parametrize("with_kernel", [False, True])
def test_a_table_is_answered_as_its_rows_one_by_one(
    checker: Checker, rows: Rows, wanted: frozenset[str], with_kernel: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0 if with_kernel else 10**9)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0 if with_kernel else 10**9)
    plan = Plan(
        ("smiles", "name", "cas"),
        Settings(("CN", "US"), DAY, screened_on=DAY),
        wanted,
        Columns("smiles", "name", "cas", "", ""),
    )
    answers = screen_table(as_table(rows), plan)
    expected, counts = one_by_one(checker, rows, wanted)
    assert answers.to_pylist() == expected
    told = counts_of(answers.schema.metadata)
    assert told.checked < len(rows) if with_kernel else told.checked == len(rows)
    told.checked = counts.checked
    assert told == counts


def test_a_plain_table_of_another_program_is_answered_by_row_number() -> None:
    plan = Plan(("Structure",), Settings(("US",), DAY), FINDINGS)
    fentanyl = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"
    table = pyarrow.table({"Structure": ["CCO", None, fentanyl], "mass": [1.0, 2.0, None]})
    answers = screen_table(table, plan).to_pylist()
    assert [(row["input_line"], row["status"], bool(row["error"])) for row in answers] == [
        ("2", "", True),
        ("3", "controlled", False),
    ]
    assert set(answers[0]) >= {"Structure", "schedule", "edition"}


FENTANYL = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"


@pytest.mark.parametrize(
    "column",
    [
        pyarrow.array(["CCO", FENTANYL, None], pyarrow.large_string()),
        pyarrow.array(["CCO", FENTANYL, None], pyarrow.string_view()),
        pyarrow.array([b"CCO", FENTANYL.encode(), None], pyarrow.binary()),
        pyarrow.array(["CCO", FENTANYL, None]).dictionary_encode(),
        pyarrow.array(["C", "CCO", FENTANYL, None]).slice(1),
        pyarrow.chunked_array([["CCO"], [], [FENTANYL, None]]),
    ],
)
def test_text_is_read_however_arrow_holds_it(column: pyarrow.Array) -> None:
    answers = screen_table(pyarrow.table({"smiles": column}), Plan(("smiles",), Settings(("US",), DAY), FINDINGS))
    found = [(row["input_line"], row["smiles"], row["status"]) for row in answers.to_pylist()]
    assert found == [("2", FENTANYL, "controlled"), ("3", "", "")]


@pytest.mark.parametrize(
    "column", [pyarrow.array([], pyarrow.string()), pyarrow.chunked_array([], pyarrow.string()), pyarrow.nulls(0)]
)
def test_a_table_without_rows_has_an_answer_without_rows(column: pyarrow.Array) -> None:
    plan = Plan(("smiles",), Settings(("US",), DAY), FINDINGS)
    answers = screen_table(pyarrow.table({"smiles": column}), plan)
    assert (answers.num_rows, answers.schema.names) == (0, answer_schema(plan).names)
    assert counts_of(answers.schema.metadata).rows == 0


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (pyarrow.table({"smiles": [["CCO"]]}), "“smiles” holds no UTF-8 text"),
        (pyarrow.table({"smiles": ["CCO"], "note": [b"\xff"]}), "“note” holds no UTF-8 text"),
        (pyarrow.Table.from_arrays([pyarrow.array(["CCO"])] * 2, ["smiles", "smiles"]), "“smiles” stands twice"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_its_column(table: pyarrow.Table, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        screen_table(table, Plan(("smiles",), Settings(("US",), DAY), FINDINGS))


def test_columns_of_any_type_are_read_as_text() -> None:
    texts = pyarrow.array(["fentanyl", "fentanyl"]).dictionary_encode()
    table = pyarrow.table({"name": texts, "when": pyarrow.array([date(2020, 1, 1), None])})
    asked = Columns(name="name", day="when")
    answers = screen_table(table, Plan(("name",), Settings(("US",), DAY), FINDINGS, asked)).to_pylist()
    assert answers[0]["as_of"] == "2020-01-01"
    assert "no calendar day" in answers[1]["error"]


def test_a_table_without_a_column_for_the_substance_is_refused() -> None:
    with pytest.raises(ReadError, match="No column says what the substance is"):
        screen_table(pyarrow.table({"mass": ["1"]}), Plan(("mass",), Settings(("US",), DAY), FINDINGS))


def test_another_edition_than_that_of_the_plan_is_refused() -> None:
    plan = Plan(("name",), Settings(("US",), DAY), FINDINGS, edition="1999.01.01+x")
    with pytest.raises(ReadError, match=r"1999\.01\.01\+x"):
        screen_table(pyarrow.table({"name": ["fentanyl"]}), plan)
