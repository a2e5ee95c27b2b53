"""The classes of China: fentanyl-related substances since 1 May 2019, nitazenes since 1 July 2025."""

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


NITAZENES = "cn-nitazenes"
CONDITIONS = {
    "butonitazene": "3",
    "clonitazene": "3",
    "etazene": "1",
    "etomethazene": "1",
    "ethyleneoxynitazene": "3",
    "etonitazene": "-",
    "etonitazepipne": "4",
    "etonitazepyne": "4",
    "fluetonitazene": "3",
    "fluetonitazepyne": "3 4",
    "flunitazene": "3",
    "isotonitazene": "3",
    "methylenedioxynitazene": "3",
    "metodesnitazene": "1 3",
    "metonitazene": "3",
    "n-desethyl-etonitazene": "4",
    "n-desethyl-isotonitazene": "3 4",
    "n-desethyl-protonitazene": "3 4",
    "n-n-dimethylamino-etonitazene": "4",
    "n-pyrrolidino-isotonitazene": "3 4",
    "n-pyrrolidino-metonitazene": "3 4",
    "n-pyrrolidino-protonitazene": "3 4",
    "protonitazene": "3",
    "brorphine": "-",
    "bezitramide": "-",
}
NEAR = {
    "chlorine on the benzimidazole": "1 3",
    "two methoxy groups": "1 3",
    "amine nitrogen in a morpholine ring and nothing else": "1 3 4",
    "an azide on the benzimidazole is on no list": "1",
    "the ring of the nitrogen takes in a carbon of the chain": "-",
    "the phenyl ring bound directly, and a carboxamide": "-",
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_registered_nitazene_meets_the_conditions_that_the_text_names(law: Law, name: str) -> None:
    structure = law.substances[name].structure
    assert structure is not None
    assert met(NITAZENES, structure.smiles) == CONDITIONS[name]


def test_every_registered_nitazene_is_looked_at(law: Law) -> None:
    drawn = {row.id for row in law.substances.values() if "nitazene" in row.families and row.structure is not None}
    assert drawn <= CONDITIONS.keys()


@pytest.mark.parametrize(
    "row", [row for row in table("near-the-nitazenes.csv") if row["why"] in NEAR], ids=lambda row: row["why"]
)
def test_structures_at_the_edge_of_the_words_on_nitazenes(row: dict[str, str]) -> None:
    assert met(NITAZENES, row["smiles"]) == NEAR[row["why"]]


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        ("2025-06-30", []),
        ("2025-07-01", [("cn-nitazenes-2025-07", "governs")]),
        ("2025-07-20", [("cn-nitazenes-2025-07", "governs")]),
        ("2025-07-21", [("cn-nitazenes-2025", "governs")]),
    ],
)
def test_the_class_of_nitazenes_begins_on_1_july_2025_and_goes_over_into_the_catalogue(
    checker: Checker, day: str, texts: list[tuple[str, str]]
) -> None:
    assert classes(checker, "flunitazene", day, "CN") == texts


def test_a_named_nitazene_stays_under_its_entry(checker: Checker) -> None:
    given = verdict(checker, "isotonitazene", "2025-07-10", "CN")
    assert (given.findings[0].basis, given.findings[0].since) == ("listing", "2021-07-01")
    assert classes(checker, "isotonitazene", "2025-07-10", "CN") == [("cn-nitazenes-2025-07", "displaced")]
