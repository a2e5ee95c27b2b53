"""Spain: annex 1 of Royal Decree 2829/1977 (psychotropic substances) on 18 May 2021, entry by entry and both ways."""

from collections import Counter

import pytest

from drugcontrol.check import Checker
from drugcontrol.law import Law
from drugcontrol.law.official import OfficialRow
from tests.conftest import verdict
from tests.official.listed import differences, official, table
from tests.official.test_medicines import UNION, controlled_of_the_catalogue

ENTRIES = table("es-rd-2829-1977.csv", "es/rd-2829-1977.csv")
DAY = "2021-05-18"


def entry(line: dict[str, str]) -> OfficialRow:
    return OfficialRow(
        schedule=f"Lista {line['list']}", item=line["number"], printed=line["name"], names=(line["name"],)
    )


def test_every_entry_of_the_four_lists_is_held_and_nothing_else(law: Law) -> None:
    assert Counter(line["list"] for line in ENTRIES) == {"I": 40, "II": 52, "III": 9, "IV": 65}
    assert differences(law, official("es-rd-2829-1977", DAY, map(entry, ENTRIES))) == set()


@pytest.mark.parametrize(
    ("name", "schedule"),
    [
        ("metilfenidato", "lista-2"),
        ("buprenorfina", "lista-3"),
        ("diazepam", "lista-4"),
        ("ketamina", "lista-4"),
        ("mefedrona", "lista-1"),
    ],
)
def test_a_medicine_is_found_under_its_spanish_name(checker: Checker, name: str, schedule: str) -> None:
    given = verdict(checker, name, DAY, "ES")
    assert (given.status, given.findings[0].schedule) == ("controlled", schedule)


def test_what_came_after_the_copy_is_not_answered_with_no(checker: Checker) -> None:
    given = verdict(checker, "bromazolam", "2026-01-01", "ES")
    assert (given.status, given.coverage.state) == ("not_listed", "partial")


def test_of_the_catalogue_only_what_the_lists_and_the_union_name_is_controlled(checker: Checker) -> None:
    benzodiazepines = {"diazepam", "alprazolam", "lorazepam", "clonazepam", "midazolam", "zolpidem"}
    others = {"phenobarbital", "butalbital", "methylphenidate", "amfetamine", "phentermine", "ketamine"}
    found = controlled_of_the_catalogue(checker, "ES", DAY)
    assert found == UNION | benzodiazepines | others | {"buprenorphine", "dronabinol"}
