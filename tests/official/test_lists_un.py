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
    "clonazolam": "in which Schedule it stands was not read",
    "diclazepam": "in which Schedule it stands was not read",
    "flubromazolam": "in which Schedule it stands was not read",
}
ISOMERS = {f"delta{place}-thc" for place in ("6a-10a", "6a", "7", "8", "10", "9-11")}
MORE_ESTERS = {
    f"{acid}-{ester}-glycidate"
    for acid in ("bmk", "pmk")
    for ester in ("propyl", "isopropyl", "butyl", "isobutyl", "sec-butyl", "tert-butyl")
}
"""Esters of the two glycidic acids that the Board counts on 3 December 2024 and that the copies leave out."""

MORE_IN_SCHEDULE_4 = {
    "acetyl-alpha-methylfentanyl": "repository of the Expert Committee; the list itself could not be read",
    "acetylfentanyl": "recommended for Schedules I and IV, scheduled as recommended (UNIS/NAR/1267)",
    "para-fluorofentanyl": "repository of the Expert Committee; the list itself could not be read",
}


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
    listed = {(SCHEDULES[row["schedule"]], substance(checker, row)) for row in given if row["name"] not in NOT_HELD}
    more = {("schedule-4", name) for name in MORE_IN_SCHEDULE_4} if convention == "1961" else set()
    isomers = {("schedule-1", name) for name in ISOMERS} if convention == "1971" else set()
    assert held(checker, f"un-{convention}") == listed | more | isomers


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


def test_an_isomer_with_an_entry_of_its_own_is_found_under_it(checker: Checker) -> None:
    for name in ("dexamfetamine", "levamfetamine"):
        given = verdict(checker, name, "2023-04-06", "UN")
        assert given.findings[0].role == "governs"
        assert given.findings[0].listing == f"un-1971-{name}"
