"""The class of fentanyl-related substances of the United States: the order of 2018 and the statute of 2025."""

from collections import Counter
from datetime import date, timedelta

import pytest

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.rules import classes, met, table

RULE = "us-fentanyl-related"
ORDER, STATUTE = "us-fentanyl-related-order", "us-fentanyl-related-statute"

PLACED = [(row["substance"], row["listed_on"]) for row in table("us-placements.csv")]


def structure(law: Law, substance: str) -> str:
    row = law.substances[substance].structure
    assert row is not None
    return row.smiles


def test_the_notices_place_ten_four_nine_and_seven() -> None:
    assert list(Counter(row["act"] for row in table("us-placements.csv")).values()) == [10, 4, 9, 7]


@pytest.mark.parametrize(("substance", "listed_on"), PLACED)
def test_what_the_agency_placed_was_controlled_as_a_class_before_its_own_listing(
    checker: Checker, substance: str, listed_on: str
) -> None:
    day_before = (date.fromisoformat(listed_on) - timedelta(days=1)).isoformat()
    for day in ("2018-02-06", "2020-02-07", day_before):
        given = verdict(checker, substance, day, "US")
        assert given.status == "controlled"
        assert {finding.basis for finding in given.findings} == {"class"}
        assert given.findings[-1].since <= day
    assert verdict(checker, substance, "2018-02-05", "US").status == "not_listed"


@pytest.mark.parametrize(("substance", "_"), PLACED)
def test_the_structure_alone_decides_what_the_agency_placed_by_name(law: Law, substance: str, _: str) -> None:
    clauses = met(RULE, structure(law, substance))
    assert clauses not in ("", "-")
    assert "?" not in clauses


@pytest.mark.parametrize("row", table("fentanyls-by-rule.csv"), ids=lambda row: row["substance"])
def test_each_registered_fentanyl_meets_the_modifications_that_the_text_names(law: Law, row: dict[str, str]) -> None:
    assert met(RULE, structure(law, row["substance"])) == row["us"]


@pytest.mark.parametrize(
    ("name", "modifications"),
    [
        ("acetylfentanyl", "E"),
        ("butyrfentanyl", "E"),
        ("furanylfentanyl", "E"),
        ("acryloylfentanyl", "E"),
        ("benzoyl-fentanyl", "E"),
        ("para-fluorofentanyl", "D"),
        ("ocfentanil", "D E"),
        ("thiofentanyl", "A"),
        ("alpha-methylfentanyl", "B"),
        ("beta-hydroxyfentanyl", "B"),
        ("3-methylfentanyl", "C"),
        ("fentanyl-carbamate", "E"),
        ("fentanyl", "-"),
        ("benzylfentanyl", "-"),
        ("remifentanil", "-"),
        ("norfentanyl", "-"),
        ("anpp", "-"),
    ],
)
def test_known_answers(law: Law, name: str, modifications: str) -> None:
    assert met(RULE, structure(law, name)) == modifications


@pytest.mark.parametrize("row", table("near-the-fentanyls.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_the_words(row: dict[str, str]) -> None:
    assert met(RULE, row["smiles"]) == row["us"]


def test_a_carbamate_is_acyl_since_the_agency_says_so(checker: Checker) -> None:
    given = verdict(checker, "fentanyl carbamate", "2021-01-01", "US")
    assert (given.status, given.findings[0].rulings) == ("controlled", ("86 FR 23602",))


def test_a_listing_by_name_displaces_the_class(checker: Checker) -> None:
    assert classes(checker, "meta-fluorofentanyl", "2023-12-06", "US") == [(ORDER, "governs")]
    assert classes(checker, "meta-fluorofentanyl", "2023-12-07", "US") == [(ORDER, "displaced")]
    assert verdict(checker, "meta-fluorofentanyl", "2023-12-07", "US").findings[0].basis == "listing"


@pytest.mark.parametrize("name", ["sufentanil", "alfentanil", "carfentanil"])
def test_medicines_meet_the_words_and_are_governed_by_their_own_listing(checker: Checker, law: Law, name: str) -> None:
    assert met(RULE, structure(law, name)) in ("A C", "C")
    for day in ("2018-02-06", "2024-06-01", "2025-12-01"):
        given = verdict(checker, name, day, "US")
        assert (given.findings[0].basis, given.findings[0].schedule) == ("listing", "schedule-2-opiates")
        assert {finding.role for finding in given.findings if finding.basis == "class"} == {"displaced"}


def test_order_and_statute_stand_side_by_side_in_the_summer_of_2025(checker: Checker) -> None:
    smiles = (
        "CC(=O)NC(Cc1ccccc1)C(=O)NCCC(=O)N(C1CCN(CCc2ccccc2)CC1)c1ccccc1"  # of a public data set, listed by no name
    )
    for day, texts in {
        "2018-02-05": [],
        "2018-02-06": [ORDER],
        "2025-07-15": [ORDER],
        "2025-07-16": [ORDER, STATUTE],
        "2025-09-30": [ORDER, STATUTE],
        "2025-10-01": [STATUTE],
        "2026-11-25": [STATUTE],
    }.items():
        assert sorted(text for text, _ in classes(checker, smiles, day, "US")) == texts


def test_the_class_has_stood_without_an_uncovered_day(law: Law) -> None:
    texts = [text for text in law.rules if text.rule.id == RULE]
    days = (date.fromordinal(n) for n in range(date(2018, 2, 6).toordinal(), date(2026, 11, 25).toordinal() + 1))
    assert [day for day in days if not any(text.in_force(day)[0] is Certainty.YES for text in texts)] == []


def test_each_extension_of_the_order_begins_no_later_than_the_day_after_the_last_ended(law: Law) -> None:
    (order,) = [text for text in law.rules if text.id == ORDER]
    for before, after in zip(order.periods, order.periods[1:], strict=False):
        assert before.last is not None
        assert after.first.latest <= before.last.earliest + timedelta(days=1)
    assert order.periods[-1].last is not None
    assert order.periods[-1].last.text == "2025-09-30"


BARBITURATES = ("aprobarbital", "butalbital", "butobarbital", "secbutabarbital", "talbutal", "thiamylal", "thiopental")
"""Named in the DEA's list of codes under “barbituric acid derivative”, in no line of 21 CFR 1308.13."""


@pytest.mark.parametrize("name", [*BARBITURATES, "vinbarbital"])
def test_a_barbiturate_that_the_list_of_codes_names_is_in_schedule_3(checker: Checker, name: str) -> None:
    governing = verdict(checker, name, "2026-09-21", "US").findings[0]
    assert (governing.status, governing.schedule, governing.item) == ("controlled", "schedule-3", "(c)(3)")


@pytest.mark.parametrize("name", ["allobarbital", "cyclobarbital", "heptabarbital", "hexobarbital", "vinylbital"])
def test_another_derivative_of_barbituric_acid_is_for_review(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2026-09-21", "US")
    assert (given.status, given.findings[0].question) == ("review", "open_standard")


@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("CCC1(CC)C(=O)NC(=O)NC1=O", "?open_standard"),
        ("CCCC(C)C1(CC)C(=O)NC(=S)NC1=O", "?open_standard"),
        ("O=C1CC(=O)NC(=O)N1", "-"),
        ("CN1C(=O)CC(=O)N(C)C1=O", "-"),
        ("CCC1(c2ccccc2)CCC(=O)NC1=O", "-"),
        ("Cn1c(=O)c2[nH]cnc2n(C)c1=O", "-"),
    ],
)
def test_only_the_ring_of_barbituric_acid_with_a_group_on_carbon_5_is_flagged(smiles: str, expected: str) -> None:
    """Barbital, thiopental; barbituric acid, its dimethyl compound, glutethimide, theophylline."""
    assert met("us-barbiturates", smiles) == expected
