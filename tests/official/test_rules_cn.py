"""The class of fentanyl-related substances of China, in force since 1 May 2019."""

import pytest

from drugcontrol.check import Checker
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.rules import classes, met, table

RULE = "cn-fentanyl-related"
ANNOUNCEMENT, CATALOGUE = "cn-fentanyl-related-2019", "cn-fentanyl-related-2025"


@pytest.mark.parametrize("row", table("fentanyls-by-rule.csv"), ids=lambda row: row["substance"])
def test_each_registered_fentanyl_meets_the_conditions_that_the_text_names(law: Law, row: dict[str, str]) -> None:
    structure = law.substances[row["substance"]].structure
    assert structure is not None
    assert met(RULE, structure.smiles) == row["cn"]


@pytest.mark.parametrize("row", table("near-the-fentanyls.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_the_words(row: dict[str, str]) -> None:
    assert met(RULE, row["smiles"]) == row["cn"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("benzylfentanyl", [(ANNOUNCEMENT, "governs")]),
        ("thenylfentanyl", [(ANNOUNCEMENT, "governs")]),
        ("fentanyl", []),
        ("norfentanyl", []),
        ("ANPP", []),
    ],
)
def test_any_group_may_stand_for_phenethyl_but_hydrogen(
    checker: Checker, name: str, expected: list[tuple[str, str]]
) -> None:
    assert classes(checker, name, "2023-04-06", "CN") == expected


def test_a_carbamate_is_for_the_authority_to_decide(checker: Checker) -> None:
    given = verdict(checker, "fentanyl carbamate", "2021-01-01", "CN")
    assert (given.status, given.findings[0].question) == ("review", "carbamate_as_acyl")


def test_a_substituent_beyond_the_ten_kinds_is_put_up_for_review_and_names_the_list(checker: Checker) -> None:
    smiles = "CCC(=O)N(c1ccccc1F)C1(c2nc(C)cs2)CCN(CCc2ccccc2)CC1"
    given = verdict(checker, smiles, "2024-06-01", "CN")
    assert (given.status, given.findings[0].question) == ("review", "list_left_open")
    assert [clause.id for clause in given.findings[0].clauses] == ["2", "3"]


@pytest.mark.parametrize("name", ["sufentanil", "alfentanil", "carfentanil", "remifentanil"])
def test_medicines_stay_under_their_earlier_entry(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2024-06-01", "CN")
    assert (given.findings[0].basis, given.findings[0].role) == ("listing", "governs")
    assert classes(checker, name, "2024-06-01", "CN") == [(ANNOUNCEMENT, "displaced")]


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        ("2019-04-30", []),
        ("2019-05-01", [(ANNOUNCEMENT, "governs")]),
        ("2025-07-20", [(ANNOUNCEMENT, "governs")]),
        ("2025-07-21", [(CATALOGUE, "governs")]),
        ("2026-11-25", [(CATALOGUE, "governs")]),
    ],
)
def test_the_class_begins_on_1_may_2019_and_goes_over_into_the_catalogue_of_2025(
    checker: Checker, day: str, texts: list[tuple[str, str]]
) -> None:
    assert classes(checker, "thenylfentanyl", day, "CN") == texts
