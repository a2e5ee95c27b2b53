"""United States: 21 CFR 1308.11 to 1308.15 in the state of 21 September 2026, entry by entry and both ways."""

import re
from collections import Counter

from drugcontrol.check import Checker
from drugcontrol.law import Law
from drugcontrol.law.official import OfficialFile, OfficialRow
from tests.conftest import verdict
from tests.official.listed import differences, official, table

DAY = "2026-09-21"
CLASSES = {"Cannabimimetic agents (class)", "Fentanyl-related substances (class)"}
"""Entries that are class rules, or classes that are not encoded, and no names."""


def regulation() -> OfficialFile:
    """Read the entries of the five sections; the numbers of the thirteen agents in (g) were not read."""
    lines = [row for row in table("us-21-cfr-1308.csv", "us/cfr-1308-1310.csv") if row["section"].startswith("1308")]
    entries = [_entry(row) for row in lines if row["name"] not in CLASSES]
    return official("us-cfr-1308", DAY, entries)


def _entry(line: dict[str, str]) -> OfficialRow:
    bare = re.sub(r" \(.*\)$", "", line["name"])
    names = (*re.split(r"; |, | or ", line["name"]), bare, *re.split(r"; ?", line["chemical_name"]))
    return OfficialRow(
        schedule=line["section"],
        item="" if line["paragraph"] == "(g)" else line["paragraph"],
        printed=line["name"],
        names=tuple(name for name in names if name),
    )


def test_the_regulation_has_as_many_entries_as_were_counted() -> None:
    counted = Counter(row.schedule for row in regulation().rows)
    assert counted == {"1308.11": 312, "1308.12": 72, "1308.13": 122, "1308.14": 82, "1308.15": 14}


def test_every_entry_of_the_five_sections_is_held_and_nothing_else(law: Law) -> None:
    assert differences(law, regulation()) == set()


def test_on_the_day_of_the_text_only_open_words_keep_a_list_from_being_whole(checker: Checker) -> None:
    lists = {held.schedule: held.state for held in verdict(checker, "butalbital", DAY, "US").coverage.lists}
    chemicals = {"list-1", "list-2"}  # 21 CFR 1310.02 was read in the state of 2021
    open_words = {"schedule-2-vegetable", "schedule-1-hallucinogens", "schedule-1-cannabimimetics"}
    assert {schedule for schedule, state in lists.items() if schedule and state != "complete"} == open_words | chemicals
