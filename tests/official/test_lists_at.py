"""Austria: the annexes of the two regulations on narcotics and psychotropics, entry by entry and both ways."""

import csv
from datetime import date
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from tests.conftest import verdict

LIST = Path(__file__).parent / "lists/at-sv-pv.csv"
LATER_LIMITS = {"clonazolam", "diclazepam", "etizolam", "flualprazolam", "flubromazolam", "phenazepam"}
"""Not in the annex of 2012; an order of 2019 or 2024 gives a limit for each under the same heading."""

ISOMERS = {f"delta{place}-thc" for place in ("6a-10a", "6a", "7", "8", "10", "9-11")} | {"dronabinol"}
FOLLOWS = {
    "anhang-1-1": ("un-1961", "schedule-1"),
    "anhang-2": ("un-1961", "schedule-2"),
    "anhang-4-1": ("un-1971", "schedule-2"),
    "anhang-5-1": ("un-1971", "schedule-1"),
}
ELSEWHERE = {
    "anhang-1-1": {"cyclopropylfentanyl", "methoxyacetylfentanyl", "remifentanil"},
    "anhang-2": set(),
    "anhang-4-1": {
        "2c-b",
        "3-cmc",
        "3-mmc",
        "adb-chminaca",
        "cumyl-4cn-binaca",
        "mephedrone",
        "n-benzylpiperazine",
    },
    "anhang-5-1": {"4-mta", "pmma"},
}
"""Of the Schedule that the annex follows, but in another annex: most were Austrian additions before."""

NOWHERE = {"dihydroetorphine", "amineptine"}
"""Of the Schedules, and in none of the annexes as the copy prints them."""

OWN = {
    "anhang-1-1": {"codeine-n-oxide", "levomethadone", "levomethadyl-acetate"},
    "anhang-2": set(),
    "anhang-4-1": set(),
    "anhang-5-1": {"2c-b", "dronabinol", "levamfetamine"},
}


def printed(regulation: str) -> list[tuple[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [(row["list"], row["name"]) for row in csv.DictReader(file) if row["regulation"] == regulation]


def entries(checker: Checker, instrument: str) -> set[tuple[str, str]]:
    return {(one.schedule.id, one.row.substance) for one in checker.law.listings if one.instrument.id == instrument}


@pytest.mark.parametrize(("instrument", "regulation"), [("at-sv", "SV"), ("at-pv", "PV")])
def test_every_entry_of_the_annexes_is_held_or_set_apart_and_nothing_else(
    checker: Checker, instrument: str, regulation: str
) -> None:
    listings = [one for one in checker.law.listings if one.instrument.id == instrument]
    as_printed = {
        (one.row.item or one.schedule.id[-1], one.row.printed or one.row.substance)
        for one in listings
        if one.schedule.id != "anhang-3" and one.row.substance not in LATER_LIMITS
    }
    apart = {(one.item, one.printed) for one in checker.law.instruments[instrument].apart if one.why != "preparation"}
    given = set()
    for part, name in printed(regulation):
        as_held = {(part, one.id) for one in checker.names.by_name(name)} & as_printed
        given |= as_held or {(part, name)}
    assert given == as_printed | apart
    assert (len(printed(regulation)), len(apart)) == ((262, 4) if regulation == "SV" else (69, 0))


@pytest.mark.parametrize("annex", FOLLOWS)
def test_an_annex_has_what_the_schedule_that_it_follows_had_at_the_end_of_2024(checker: Checker, annex: str) -> None:
    on = date(2024, 12, 31)
    of_convention = {
        one.row.substance
        for one in checker.law.listings
        if (one.instrument.id, one.schedule.id) == FOLLOWS[annex]
        and not one.row.wording
        and one.in_force(on)[0] is not Certainty.NO
    }
    held = {name for where, name in entries(checker, "at-sv") if where == annex}
    anywhere = {name for _, name in entries(checker, "at-sv")}
    assert of_convention - held - NOWHERE == ELSEWHERE[annex]
    assert ELSEWHERE[annex] <= anywhere
    assert held - of_convention == OWN[annex]
    assert not NOWHERE & anywhere


def test_the_third_annex_holds_preparations_and_no_drug_itself(checker: Checker) -> None:
    third = [one for one in checker.law.listings if (one.instrument.id, one.schedule.id) == ("at-sv", "anhang-3")]
    assert len(third) == 12
    assert all(one.substance.no_structure == "preparation" and one.row.conditions for one in third)
    assert {one.schedule for one in verdict(checker, "codeine", "2026-07-01", "AT").findings} == {"anhang-2"}


def test_the_isomers_that_one_entry_of_the_fifth_annex_names_are_held_one_by_one(checker: Checker) -> None:
    assert {("anhang-5-1", name) for name in ISOMERS} <= entries(checker, "at-sv")


def test_after_the_amendment_of_2026_that_was_not_read_the_list_is_partial(checker: Checker) -> None:
    answer = verdict(checker, "2-methylmethcathinone", "2026-08-01", "AT")
    assert answer.coverage.state == "partial"
    assert any("180/2026" in row.missing["en"] for row in checker.law.instruments["at-sv"].coverage)
