"""The generic paragraphs 1(c), 1(d), 1(e) and 1(ea) of Part I of Schedule 2 of the Misuse of Drugs Act 1971."""

import pytest

from drugcontrol.check import Checker
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.rules import classes, met, table


def structure(law: Law, substance: str) -> str:
    row = law.substances[substance].structure
    assert row is not None
    return row.smiles


@pytest.mark.parametrize("row", table("fentanyls-by-rule.csv"), ids=lambda row: row["substance"])
def test_each_registered_fentanyl_under_1d(law: Law, row: dict[str, str]) -> None:
    assert met("gb-fentanyls", structure(law, row["substance"])) == row["gb"]


@pytest.mark.parametrize("row", table("near-the-fentanyls.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_1d(row: dict[str, str]) -> None:
    assert met("gb-fentanyls", row["smiles"]) == row["gb"]


def test_1d_is_narrower_than_the_classes_of_the_united_states_and_china() -> None:
    rows = table("fentanyls-by-rule.csv")
    inside = {place: {row["substance"] for row in rows if row[place] != "-"} for place in ("us", "cn", "gb")}
    assert inside["gb"] <= inside["us"] <= inside["cn"]
    assert inside["cn"] - inside["us"] == {"benzylfentanyl", "thenylfentanyl", "remifentanil"}


@pytest.mark.parametrize("row", table("pethidines.csv"), ids=lambda row: row["name"])
def test_pethidines_under_1e(row: dict[str, str]) -> None:
    assert met("gb-pethidines", row["smiles"]) == (row["meets"] or "-")


@pytest.mark.parametrize("row", table("near-the-pethidines.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_1e(row: dict[str, str]) -> None:
    assert met("gb-pethidines", row["smiles"]) == row["gb"]


@pytest.mark.parametrize("row", table("phenethylamines.csv"), ids=lambda row: row["name"])
def test_phenethylamines_under_1c(row: dict[str, str]) -> None:
    answer = met("gb-phenethylamines", row["smiles"])
    assert (answer != "-") == (row["in_1c"] == "yes"), row["why"]
    assert "?" not in answer


def test_the_35_compounds_of_1ba_are_all_there() -> None:
    assert sum("1(ba)" in row["why"] for row in table("phenethylamines.csv")) == 35


@pytest.mark.parametrize("name", ["mdma", "mescaline", "tenamfetamine", "pmma", "2c-h", "2c-i", "4-fluoroamfetamine"])
def test_registered_phenethylamines_are_inside_1c(law: Law, name: str) -> None:
    assert "ring" in met("gb-phenethylamines", structure(law, name)).split()


@pytest.mark.parametrize("smiles", ["CNC(C)Cc1ccccc1OC", "CNC(C)Cc1ccccc1OC.Cl", "CN[C@H](C)Cc1ccccc1OC"])
def test_methoxyphenamine_is_left_out_by_name_in_every_form(smiles: str) -> None:
    assert met("gb-phenethylamines", smiles) == "-"


@pytest.mark.parametrize("row", table("nitazenes.csv"), ids=lambda row: row["substance"])
def test_nitazenes_under_1ea(law: Law, row: dict[str, str]) -> None:
    assert met("gb-nitazenes", structure(law, row["substance"])) == row["gb"]


@pytest.mark.parametrize("row", table("near-the-nitazenes.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_1ea(row: dict[str, str]) -> None:
    assert met("gb-nitazenes", row["smiles"]) == row["gb"]


@pytest.mark.parametrize(
    ("name", "text", "last_day_before", "first_day"),
    [
        ("furanylfentanyl", "gb-fentanyls-1d", "1987-03-31", "1987-04-01"),
        ("MPPP", "gb-pethidines-1e", "1987-03-31", "1987-04-01"),
        ("MDMA", "gb-phenethylamines-1c", "1977-09-19", "1977-09-20"),
        ("n-pyrrolidino-metonitazene", "gb-nitazenes-1ea", "2025-01-14", "2025-01-15"),
    ],
)
def test_each_paragraph_works_from_the_day_of_its_order(
    checker: Checker, name: str, text: str, last_day_before: str, first_day: str
) -> None:
    assert text not in dict(classes(checker, name, last_day_before, "GB"))
    assert dict(classes(checker, name, first_day, "GB"))[text] == "governs"


@pytest.mark.parametrize("name", ["sufentanil", "alfentanil", "carfentanil", "isotonitazene", "mescaline"])
def test_what_sub_paragraph_a_names_is_governed_by_its_name(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2026-01-15", "GB")
    assert (given.findings[0].basis, given.findings[0].role) == ("listing", "governs")
    assert {finding.role for finding in given.findings if finding.basis == "class"} == {"displaced"}
