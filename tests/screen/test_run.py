from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugcontrol.check import Checker
from drugcontrol.errors import ReadError
from drugcontrol.law import Law
from drugcontrol.law.files import digest, encode, read_files
from drugcontrol.screen import InputRow, Result, Screening, Settings, Summary
from drugcontrol.screen.columns import ANSWER_COLUMNS, cells, header
from drugcontrol.screen.run import Columns
from tests.conftest import XA

DAY = date(2015, 1, 1)
COLUMNS = Columns(smiles="smiles", name="name", cas="cas")


def screened(checker: Checker, columns: Columns = COLUMNS, /, **values: str) -> Result:
    run = Screening(checker, columns, Settings(("XA",), DAY))
    return next(run.results([InputRow(2, values)]))


def test_a_structure_is_answered(xa: Checker) -> None:
    result = screened(xa, smiles="CC(C)=O", name="solvent", cas="")
    assert (result.outcome, result.error) == ("controlled", "")


@pytest.mark.parametrize(
    "values", [{"name": "acetone"}, {"cas": "67-64-1"}, {"name": "fentanilo"}, {"smiles": "", "cas": "437-38-7"}]
)
def test_a_name_or_number_is_enough(xa: Checker, values: dict[str, str]) -> None:
    assert screened(xa, **values).outcome == "controlled"


@pytest.mark.parametrize("values", [{"name": "household soap"}, {"cas": "64-17-5"}])
def test_a_name_or_number_alone_that_is_not_recognised_is_no_answer(xa: Checker, values: dict[str, str]) -> None:
    result = screened(xa, **values)
    assert (result.outcome, result.verdicts) == ("error", ())
    assert result.error.startswith("not recognised")


def test_a_name_that_is_not_registered_beside_a_structure_is_no_error(xa: Checker) -> None:
    result = screened(xa, name="household soap", smiles="CCO")
    assert (result.outcome, result.error) == ("nothing", "")


def test_a_listed_substance_without_structure_is_found_by_its_name_beside_a_structure(checker: Checker) -> None:
    run = Screening(checker, COLUMNS, Settings(("US",), date(2023, 4, 6)))
    result = next(run.results([InputRow(2, {"name": "red phosphorus", "smiles": "CCO"})]))
    assert "red-phosphorus" in {finding.substance for finding in result.verdicts[0].findings}


def test_no_error_repeats_a_structure(xa: Checker) -> None:
    broken = "CCC(=O)N(c1ccccc1C1CCN(CCc2ccccc2)CC1"
    for values in ({"smiles": broken}, {"name": broken}, {"name": f"{broken} x"}, {"cas": broken}):
        assert "ccccc" not in screened(xa, **values).error


def test_a_structure_that_contradicts_the_name_is_put_up_for_review(xa: Checker) -> None:
    result = screened(xa, smiles="CCO", name="fentanyl")
    assert result.outcome == "review"
    assert result.verdicts[0].findings[0].question == "identifiers_disagree"


def test_a_broken_structure_beside_a_good_number_gives_both_the_error_and_the_finding(xa: Checker) -> None:
    result = screened(xa, smiles="CC(=O", cas="67-64-1")
    assert result.outcome == "controlled"
    assert "SMILES" in result.error


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"smiles": "CC(=O", "name": ""}, "no SMILES"),
        ({"smiles": "C" * 10_000}, "atoms"),
        ({"cas": "67-64-2"}, "check digit"),
        ({"smiles": "", "name": "", "cas": ""}, "neither structure"),
    ],
)
def test_a_row_that_cannot_be_read_is_an_error_without_verdict(xa: Checker, values: dict[str, str], says: str) -> None:
    result = screened(xa, **values)
    assert (result.outcome, result.verdicts) == ("error", ())
    assert says in result.error


def test_day_and_places_may_stand_in_the_row(xa: Checker) -> None:
    columns = Columns(name="name", day="day", places="where")
    result = screened(xa, columns, name="acetone", day="2011-06-01", where="xa; XG")
    assert [(given.jurisdiction, given.status) for given in result.verdicts] == [
        ("XA", "not_listed"),
        ("XG", "controlled"),
    ]
    assert "calendar day" in screened(xa, columns, name="acetone", day="2011-02-30", where="XA").error
    assert "calendar day" in screened(xa, columns, name="acetone", day="", where="XA").error
    assert "No law is held" in screened(xa, columns, name="acetone", day="2011-06-01", where="ZZ").error
    assert "names no place" in screened(xa, columns, name="acetone", day="2011-06-01", where="").error


def test_a_column_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(ReadError, match=r"“Smiles”.*a, b"):
        Columns.found_in(["a", "b"], Columns(smiles="Smiles"))


def test_usual_names_of_columns_are_found() -> None:
    assert Columns.found_in(["SKU", "Name", "CAS", "SMILES"], Columns()) == Columns("SMILES", "Name", "CAS")
    with pytest.raises(ReadError, match="No column says"):
        Columns.found_in(["SKU", "price"], Columns())


def test_columns_that_clash_get_another_name() -> None:
    assert header(["name", "status", "input_status"]) == {
        "name": "name",
        "status": "input_input_status",
        "input_status": "input_status",
    }


def test_a_result_row_has_the_columns_of_the_contract(xa: Checker) -> None:
    result = screened(xa, smiles="CC(C)=O", name="x", cas="")
    names = header(["smiles", "name", "cas"])
    row = next(cells(result, names, "edition", frozenset({"controlled"}), lambda finding: finding.reason.code))
    assert list(row) == ["smiles", "name", "cas", *ANSWER_COLUMNS]
    assert row["status"] == "controlled"
    assert (row["since"], row["schedule"], row["kind"], row["reason"]) == ("2012-01-01", "p", "precursor", "named")
    assert row["input_line"] == "2"


def test_an_error_row_has_an_empty_status(xa: Checker) -> None:
    result = screened(xa, smiles="CC(=O")
    row = next(cells(result, header(["smiles"]), "edition", frozenset({"error"}), str))
    assert (row["status"], bool(row["error"]), row["smiles"]) == ("", True, "CC(=O")


rows = st.lists(
    st.fixed_dictionaries(
        {
            "smiles": st.sampled_from(["CC(C)=O", "CCO", "CC(=O", "", "C1CCNCC1", "[Na+].[Cl-]"]),
            "name": st.sampled_from(["acetone", "soap", "", "fentanyl"]),
            "cas": st.sampled_from(["67-64-1", "", "67-64-2"]),
        }
    ),
    max_size=30,
)


@given(rows)
@settings(max_examples=60)
def test_no_row_is_lost_and_each_answer_is_that_of_the_row_alone(values: list[dict[str, str]]) -> None:
    edition = read_files(XA).edition()
    checker = Checker.of(Law.of(edition, digest(encode(edition))))
    run = Screening(checker, COLUMNS, Settings(("XA", "XG"), DAY))
    summary = Summary()
    results = list(run.results(InputRow(line, row) for line, row in enumerate(values, start=2)))
    for result in results:
        summary.add(result)
    assert [result.row.line for result in results] == list(range(2, len(values) + 2))
    assert summary.rows == sum(summary.outcomes.values()) == len(values)
    alone = [next(Screening(checker, COLUMNS, Settings(("XA", "XG"), DAY)).results([result.row])) for result in results]
    assert alone == results


def test_memory_of_answers_is_bounded(xa: Checker, tmp_path: Path) -> None:
    del tmp_path
    run = Screening(xa, COLUMNS, Settings(("XA",), DAY))
    for result in run.results(InputRow(line, {"smiles": "C" * (line % 900 + 1)}) for line in range(5000)):
        assert result.verdicts
    assert run._of_smiles.cache_info().currsize <= 4096
