"""Class rules against published substances: the answers that the texts and the authorities themselves give."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from drugcontrol.check import Checker, Verdict
from drugcontrol.check.classes import best, plan_of
from drugcontrol.check.rules import class_problems, flat
from drugcontrol.chem.account import Plan
from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from drugcontrol.law.files import DATA, read_files
from drugcontrol.law.rows import ClassRuleRow
from tests.conftest import verdict

STRUCTURES = Path(__file__).parent / "structures"
BY_RULE = {"us": "us-fentanyl-related", "cn": "cn-fentanyl-related", "gb": "gb-fentanyls"}


def table(name: str) -> list[dict[str, str]]:
    with (STRUCTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rules() -> dict[str, tuple[ClassRuleRow, Plan]]:
    return {row.id: (row, plan_of(row)) for _, row in read_files(DATA).rules}


def met(rule: str, smiles: str, same: str = "") -> str:
    """Give the clauses that a structure meets, with the first open question; ``-`` for none."""
    row, plan = rules()[rule]
    found = best(row, plan, flat(smiles), [same])
    if found is None:
        return "-"
    account, questions, _ = found
    clauses = " ".join(clause.id for clause in row.clauses if clause.id in account.clauses)
    return f"{clauses} ?{questions[0]}" if questions else clauses


@pytest.mark.parametrize("row", table("fentanyls-by-rule.csv"), ids=lambda row: row["substance"])
def test_each_fentanyl_meets_the_clauses_that_the_texts_name(law: Law, row: dict[str, str]) -> None:
    structure = law.substances[row["substance"]].structure
    assert structure is not None
    assert {key: met(rule, structure.smiles, row["substance"]) for key, rule in BY_RULE.items()} == {
        key: row[key] for key in BY_RULE
    }


def test_the_table_holds_every_registered_fentanyl(law: Law) -> None:
    registered = {row.id for row in law.substances.values() if "fentanyl" in row.families and row.structure}
    assert {row["substance"] for row in table("fentanyls-by-rule.csv")} == registered


@pytest.mark.parametrize("row", table("pethidines.csv"), ids=lambda row: row["name"])
def test_pethidines_under_paragraph_1e(row: dict[str, str]) -> None:
    assert met("gb-pethidines", row["smiles"]) == (row["meets"] or "-")


@pytest.mark.parametrize("row", table("phenethylamines.csv"), ids=lambda row: row["name"])
def test_phenethylamines_under_paragraph_1c(row: dict[str, str]) -> None:
    answer = met("gb-phenethylamines", row["smiles"])
    assert (answer != "-") == (row["in_1c"] == "yes"), row["why"]
    assert "?" not in answer


def test_methoxyphenamine_is_left_out_by_name() -> None:
    assert met("gb-phenethylamines", "CNC(C)Cc1ccccc1OC") == "-"


def test_members_non_members_and_rulings_in_the_data_come_out_as_they_say() -> None:
    assert [str(problem) for problem in class_problems(read_files(DATA))] == []


def placed() -> Iterator[tuple[str, str]]:
    for _, row in read_files(DATA).rules:
        for ruling in row.rulings:
            for substance in ruling.substances:
                yield row.id, substance


@pytest.mark.parametrize(("rule", "substance"), list(placed()))
def test_what_an_authority_placed_in_a_class_was_controlled_by_it_before_its_own_listing(
    checker: Checker, rule: str, substance: str
) -> None:
    texts = [text for text in checker.law.rules if text.rule.id == rule]
    own = [listing for listing in checker.law.listings_of(substance) if listing.instrument.id == texts[0].instrument.id]
    day = own[0].chain[0].effective.earliest - timedelta(days=1)
    assert day >= texts[0].chain[0].effective.latest
    given = verdict(checker, substance, day.isoformat(), texts[0].instrument.jurisdiction)
    assert given.status == "controlled"
    assert {finding.basis for finding in given.findings} == {"class"}


def of_class(given: Verdict) -> list[tuple[str, str]]:
    return [(finding.listing, finding.role) for finding in given.findings if finding.basis == "class"]


def test_a_listing_by_name_displaces_the_class(checker: Checker) -> None:
    before, after = (verdict(checker, "meta-fluorofentanyl", day, "US") for day in ("2023-12-06", "2023-12-07"))
    assert of_class(before) == [("us-fentanyl-related-order", "governs")]
    assert of_class(after) == [("us-fentanyl-related-order", "displaced")]
    assert after.findings[0].basis == "listing"


@pytest.mark.parametrize("name", ["fentanyl", "sufentanil", "alfentanil", "carfentanil", "remifentanil"])
@pytest.mark.parametrize("place", ["US", "CN", "GB"])
def test_medicines_are_governed_by_their_own_listing(checker: Checker, name: str, place: str) -> None:
    governing = verdict(checker, name, "2024-06-01", place).findings[0]
    assert (governing.basis, governing.role) == ("listing", "governs")


def test_fentanyl_itself_is_in_no_class(checker: Checker) -> None:
    for place in ("US", "CN", "GB"):
        assert of_class(verdict(checker, "fentanyl", "2024-06-01", place)) == []


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("benzylfentanyl", "US", []),
        ("benzylfentanyl", "GB", []),
        ("benzylfentanyl", "CN", [("cn-fentanyl-related-2019", "governs")]),
        ("norfentanyl", "US", []),
        ("norfentanyl", "CN", []),
        ("ANPP", "US", []),
        ("ANPP", "CN", []),
    ],
)
def test_precursors_and_the_classes(checker: Checker, name: str, place: str, expected: list[tuple[str, str]]) -> None:
    assert of_class(verdict(checker, name, "2023-04-06", place)) == expected


def test_a_carbamate_is_decided_where_the_agency_decided_it_and_open_elsewhere(checker: Checker) -> None:
    american, chinese = (verdict(checker, "fentanyl carbamate", "2021-01-01", place) for place in ("US", "CN"))
    assert (american.status, american.findings[0].rulings) == ("controlled", ("86 FR 23602",))
    assert (chinese.status, chinese.findings[0].question) == ("review", "carbamate_as_acyl")


def test_an_open_standard_flags_and_never_decides(checker: Checker) -> None:
    given = verdict(checker, "furanylfentanyl", "2023-04-06", "CA")
    assert (given.status, given.findings[0].question) == ("review", "open_standard")


def test_the_american_class_has_stood_without_an_uncovered_day(law: Law) -> None:
    texts = [text for text in law.rules if text.rule.id == "us-fentanyl-related"]
    days = (date.fromordinal(n) for n in range(date(2018, 2, 6).toordinal(), date(2026, 11, 25).toordinal()))
    uncovered = [day for day in days if not any(text.in_force(day)[0] is Certainty.YES for text in texts)]
    assert uncovered == []


@pytest.mark.parametrize(
    ("day", "status"),
    [("2018-02-05", "not_listed"), ("2018-02-06", "controlled"), ("2025-10-01", "controlled")],
)
def test_first_day_of_the_order_and_the_day_after_its_end(checker: Checker, day: str, status: str) -> None:
    assert verdict(checker, "meta-fluorofentanyl", day, "US").status == status


@pytest.mark.parametrize(
    ("name", "day", "by"),
    [
        ("ethyleneoxynitazene", "2025-12-01", []),
        ("ethyleneoxynitazene", "2025-12-17", [("de-npsg-7-2025-text", "governs")]),
        ("methylenedioxynitazene", "2025-12-01", []),
        ("fluetonitazene", "2024-01-01", []),
        ("isotonitazene", "2021-07-10", [("de-npsg-7-2021-text", "displaced")]),
        ("n-pyrrolidino-metonitazene", "2023-01-01", [("de-npsg-7-2022-text", "governs")]),
    ],
)
def test_german_group_7_by_version(checker: Checker, name: str, day: str, by: list[tuple[str, str]]) -> None:
    assert of_class(verdict(checker, name, day, "DE")) == by


def test_a_core_known_from_a_picture_alone_is_put_up_for_review(checker: Checker) -> None:
    given = verdict(checker, "brorphine", "2026-01-15", "DE")
    assert "core_from_picture" in {finding.question for finding in given.findings}
