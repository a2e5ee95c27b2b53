"""Spain: annexes 1 and 2 of Royal Decree 2829/1977 in the text of 18 May 2021, entry by entry and both ways."""

import csv
from pathlib import Path

from drugcontrol.check import Checker
from tests.conftest import verdict
from tests.official.test_medicines import UNION, controlled_of_the_catalogue

LIST = Path(__file__).parent / "lists/es-rd-2829-1977.csv"
SCHEDULES = {"I": "lista-1", "II": "lista-2", "III": "lista-3", "IV": "lista-4", "anexo 2": "anexo-2"}
INSTRUMENT = "es-rd-2829-1977"


def printed() -> list[tuple[str, str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [(SCHEDULES[row["list"]], row["item"], row["name"]) for row in csv.DictReader(file)]


def test_every_entry_of_the_annexes_is_held_or_set_apart_and_nothing_else(checker: Checker) -> None:
    listed = {
        (one.schedule.id, one.row.item, one.row.printed or one.row.substance)
        for one in checker.law.listings
        if one.instrument.id == INSTRUMENT
    }
    apart = {(one.schedule, one.item, one.printed) for one in checker.law.instruments[INSTRUMENT].apart}
    given = set()
    for schedule, item, name in printed():
        found = checker.names.by_name(name)
        as_held = {(schedule, item, one.id) for one in found} & listed
        given |= as_held or {(schedule, item, name)}
    assert given == listed | apart
    assert len(printed()) == len(listed) + len(apart)


def test_what_is_printed_in_spanish_is_the_substance_of_the_convention(checker: Checker) -> None:
    """The lists follow those of 1971: what both name has the same number there, but for the cases named here."""
    of_convention = {
        one.row.substance: one.schedule.id[-1]
        for one in checker.law.listings
        if one.instrument.id == "un-1971" and not one.row.wording
    }
    moved = {
        (one.row.substance, one.schedule.id[-1])
        for one in checker.law.listings
        if one.instrument.id == INSTRUMENT
        and one.schedule.id != "anexo-2"
        and of_convention.get(one.row.substance, one.schedule.id[-1]) != one.schedule.id[-1]
    }
    assert moved == {("mephedrone", "1")}
    own = {
        one.row.substance
        for one in checker.law.listings
        if one.instrument.id == INSTRUMENT and one.schedule.id != "anexo-2" and one.row.substance not in of_convention
    }
    assert own == {"2c-i", "2c-t-2", "2c-t-7", "tma-2", "5-it", "4-methylamphetamine", "ketamine"}


def test_a_later_day_says_that_later_orders_were_not_read(checker: Checker) -> None:
    answer = verdict(checker, "clonazolam", "2025-01-01", "ES")
    assert (answer.status, answer.coverage.state) == ("not_listed", "partial")


def test_of_the_catalogue_only_what_the_lists_and_the_union_name_is_controlled(checker: Checker) -> None:
    benzodiazepines = {"diazepam", "alprazolam", "lorazepam", "clonazepam", "midazolam", "zolpidem"}
    others = {"phenobarbital", "butalbital", "methylphenidate", "amfetamine", "phentermine", "ketamine"}
    found = controlled_of_the_catalogue(checker, "ES", "2021-05-18")
    assert found == UNION | benzodiazepines | others | {"buprenorphine", "dronabinol"}
