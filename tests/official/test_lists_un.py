"""The Schedules and Tables of the conventions, entry by entry and both ways."""

import csv
from datetime import date
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from drugcontrol.law.model import Listing
from tests.conftest import verdict

LISTS = Path(__file__).parent / "lists"
SHARED = Path(__file__).parents[3] / "shared/sources/un"
"""The collection from which the lists were copied; the copies are used where it is not at hand."""

DAY = date(2026, 10, 1)
SCHEDULES = {"I": "schedule-1", "II": "schedule-2", "III": "schedule-3", "IV": "schedule-4"}

NOT_HELD = {
    "tetrahydrocannabinol": "held as the six isomers that the entry names one by one",
}
NO_SCHEDULE_THERE = {"clonazolam", "diclazepam", "flubromazolam"}
"""In these copies without a Schedule; the list of the Board of 2025 has them in Schedule IV."""
CANNABIS = "cannabis-and-cannabis-resin"
"""Out of Schedule IV since 2 December 2020, decision 63/17."""

ISOMERS = {f"delta{place}-thc" for place in ("6a-10a", "6a", "7", "8", "10", "9-11")}
MORE_ESTERS = {
    f"{acid}-{ester}-glycidate"
    for acid in ("bmk", "pmk")
    for ester in ("propyl", "isopropyl", "butyl", "isobutyl", "sec-butyl", "tert-butyl")
}
"""Esters of the two glycidic acids that the Board counts on 3 December 2024 and that the copies leave out."""

LOST_IN_THE_COPY = {"coca-leaf", "morphine-methobromide", "para-fluorofentanyl", "tetrahydrofuranylfentanyl"}
"""Entries of Schedule I of 1961 that the program did not find in the Yellow List."""

SCHEDULE_4 = {
    "1987-06-28": {"acetorphine", "cannabis-and-cannabis-resin", "desomorphine", "etorphine", "heroin", "ketobemidone"},
    "1988-04-25": {
        "3-methylfentanyl",
        "acetyl-alpha-methylfentanyl",
        "alpha-methylfentanyl",
        "mppp",
        "pepap",
    },
    "1990-11-09": {
        "3-methylthiofentanyl",
        "alpha-methylthiofentanyl",
        "beta-hydroxy-3-methylfentanyl",
        "beta-hydroxyfentanyl",
        "para-fluorofentanyl",
        "thiofentanyl",
    },
    "2016-03-18": {"acetylfentanyl"},
    "2018-03-14": {"carfentanil"},
}
"""What each text adds: those of 28 June 1987 and 25 April 1988, WHO in 1990, the sessions of 2016 and 2018."""

SCHEDULE_3 = {
    "1": {
        f"{drug}-preparations-100-mg"
        for drug in (
            "acetyldihydrocodeine",
            "codeine",
            "dihydrocodeine",
            "ethylmorphine",
            "nicocodine",
            "nicodicodine",
            "norcodeine",
            "pholcodine",
        )
    },
    "2": {"propiram-preparations-100-mg"},
    "3": {"dextropropoxyphene-preparations-135-mg"},
    "4": {
        "cocaine-preparations-tenth-per-cent",
        "morphine-preparations-fifth-per-cent",
        "opium-preparations-fifth-per-cent",
    },
    "5": {"difenoxin-preparations-with-atropine"},
    "6": {"diphenoxylate-preparations-with-atropine"},
    "7": {"pulvis-ipecacuanhae-et-opii-compositus"},
}
"""The items of the Schedule; item 8 adds mixtures of these preparations with material that contains no drug."""


def rows(name: str, whole: str) -> list[dict[str, str]]:
    path = SHARED / whole if (SHARED / whole).exists() else LISTS / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def substance(checker: Checker, row: dict[str, str]) -> str:
    for name in (row["name"], *row.get("other_names", "").split("|")):
        found = checker.names.by_name(name) if name else ()
        if len(found) == 1:
            return found[0].id
    return f"unknown: {row['name']}"


def stands(listing: Listing) -> bool:
    return listing.in_force(DAY)[0] is not Certainty.NO


def held(checker: Checker, instrument: str) -> set[tuple[str, str]]:
    """Give what is held by name; forms that are registered by themselves and follow their drug are left out."""
    return {
        (listing.schedule.id, listing.row.substance)
        for listing in checker.law.listings
        if listing.instrument.id == instrument and not listing.row.wording and stands(listing)
    }


@pytest.mark.parametrize("convention", ["1961", "1971"])
def test_every_entry_of_a_convention_is_held_and_nothing_else(checker: Checker, convention: str) -> None:
    given = [row for row in rows("un-1961-1971.csv", "schedules-1961-1971.csv") if row["convention"] == convention]
    known = [row for row in given if row["name"] not in NOT_HELD and row["schedule"]]
    listed = {(SCHEDULES[row["schedule"]], substance(checker, row)) for row in known}
    if convention == "1961":
        listed |= {("schedule-3", name) for names in SCHEDULE_3.values() for name in names}
        listed |= {("schedule-4", name) for names in SCHEDULE_4.values() for name in names} - {("schedule-4", CANNABIS)}
    else:
        assert {row["name"] for row in given if not row["schedule"]} == NO_SCHEDULE_THERE
        listed |= {("schedule-1", name) for name in ISOMERS} | {("schedule-4", name) for name in NO_SCHEDULE_THERE}
    assert held(checker, f"un-{convention}") == listed


@pytest.mark.parametrize("convention", ["1961", "1971"])
def test_every_entry_of_the_lists_of_the_board_is_held_and_nothing_else(checker: Checker, convention: str) -> None:
    listed = set()
    with (LISTS / "un-incb-2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["convention"] == convention and row["name"] not in NOT_HELD:
                by_cas = {one.id for one in checker.names.cas.get(row["cas"], ())}
                by_name = {one.id for one in checker.names.by_name(row["name"])}
                listed |= {
                    (SCHEDULES[row["schedule"]], name) for name in by_name or by_cas or {f"unknown: {row['name']}"}
                }
    lost = LOST_IN_THE_COPY if convention == "1961" else ISOMERS
    named = {entry for entry in held(checker, f"un-{convention}") if convention == "1971" or entry[0] != "schedule-3"}
    assert named == listed | {("schedule-1", name) for name in lost}


@pytest.mark.parametrize("day", SCHEDULE_4)
def test_schedule_iv_of_1961_holds_on_a_day_what_the_texts_read_had_brought_until_then(
    checker: Checker, day: str
) -> None:
    on = date.fromisoformat(day)
    given = {
        listing.row.substance: listing.in_force(on)[0]
        for listing in checker.law.listings
        if (listing.instrument.id, listing.schedule.id) == ("un-1961", "schedule-4")
    }
    wanted = {name for since, names in SCHEDULE_4.items() if since <= day for name in names}
    assert {name for name, certainty in given.items() if certainty is Certainty.YES} == wanted
    assert all(("un-1961", "schedule-1") in schedules(checker, name) for name in given)


def schedules(checker: Checker, name: str) -> set[tuple[str, str]]:
    return {(listing.instrument.id, listing.schedule.id) for listing in checker.law.listings_of(name)}


def test_schedule_iii_of_1961_holds_its_items_and_no_drug_itself(checker: Checker) -> None:
    given = [one for one in checker.law.listings if (one.instrument.id, one.schedule.id) == ("un-1961", "schedule-3")]
    assert {(one.row.item, one.row.substance) for one in given if not one.row.wording} == {
        (item, name) for item, names in SCHEDULE_3.items() for name in names
    }
    assert {one.substance.no_structure for one in given} == {"preparation"}
    for drug in ("codeine", "cocaine", "morphine", "opium", "difenoxin", "diphenoxylate", "propiram", "76-57-3"):
        answer = verdict(checker, drug, "2018-01-01", "UN")
        assert answer.status == "controlled"
        assert {one.schedule for one in answer.findings} <= {"schedule-1", "schedule-2"}


def test_an_entry_whose_session_is_known_has_its_year(checker: Checker) -> None:
    other = []
    for row in rows("un-1961-1971.csv", "schedules-1961-1971.csv"):
        if len(row["decided_on"]) < 7 or not row["schedule"] or row["name"] in NOT_HELD:
            continue
        wanted = (f"un-{row['convention']}", SCHEDULES[row["schedule"]])
        decided = {
            provision.row.decided.strip("[]")[:7]
            for listing in checker.law.listings_of(substance(checker, row))
            if (listing.instrument.id, listing.schedule.id) == wanted
            for provision in listing.chain[:1]
        }
        if row["decided_on"][:7] not in decided:
            other.append((row["name"], row["decided_on"], decided))
    assert other == []


def test_both_tables_are_held_and_nothing_else(checker: Checker) -> None:
    given = rows("un-1988.csv", "un-1988-tables-cas.csv")
    listed = set()
    for row in given:
        found = {one.id for one in checker.names.cas.get(row["cas"], ())} or {substance(checker, row)}
        listed |= {(f"table-{len(row['table'])}", name) for name in found}
    assert held(checker, "un-1988") == listed | {("table-1", name) for name in MORE_ESTERS}


def test_every_entry_of_the_red_list_of_the_board_is_held_and_nothing_else(checker: Checker) -> None:
    listed = set()
    with (LISTS / "un-incb-1988.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_cas = {one.id for one in checker.names.cas.get(row["cas"], ())}
            listed |= {(f"table-{len(row['table'])}", name) for name in by_cas or {substance(checker, row)}}
    assert held(checker, "un-1988") == listed
    assert len(listed) == 51


def test_an_isomer_with_an_entry_of_its_own_is_found_under_it(checker: Checker) -> None:
    for name in ("dexamfetamine", "levamfetamine"):
        given = verdict(checker, name, "2023-04-06", "UN")
        assert given.findings[0].role == "governs"
        assert given.findings[0].listing == f"un-1971-{name}"
