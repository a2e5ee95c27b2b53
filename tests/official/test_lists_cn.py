"""China: the catalogues of narcotic, psychotropic and non-medical drugs, by edition, entry by entry and both ways."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from drugcontrol.law.names import NameIndex
from drugcontrol.law.official import OfficialRow
from drugcontrol.law.official.compare import substances_of
from tests.official.listed import LISTS, differences, official

with (LISTS / "cn-catalogues.csv").open(encoding="utf-8", newline="") as file:
    ENTRIES = list(csv.DictReader(file))
INSTRUMENTS = {
    "narcotic": ("cn-narcotic-catalogue", "麻醉药品"),
    "category-1": ("cn-psychotropic-catalogue", "第一类精神药品"),
    "category-2": ("cn-psychotropic-catalogue", "第二类精神药品"),
    "supplementary": ("cn-non-medical", "增补目录"),
    "non-medical": ("cn-non-medical", "非药用类目录"),
    "non-medical-psychotropic": ("cn-non-medical", "非药用类目录"),
    "non-medical-narcotic": ("cn-non-medical", "非药用类目录"),
}
SUPPLEMENTED = {
    "2015": "2015-10-01",
    "2017-03": "2017-03-01",
    "2017-07": "2017-07-01",
    "2018": "2018-09-01",
    "2021": "2021-07-01",
    "2024": "2024-07-01",
    "2025-07": "2025-07-01",
}
"""First day of each part of the supplementary catalogue."""

TRAMADOL = {("gone", "cn-psychotropic-tramadol-compounds")}
"""Entry 68 includes compounds with tramadol: one entry, two listings, because they begin on different days."""


def entry(line: dict[str, str], since: str = "") -> OfficialRow:
    cas = re.findall(r"\d+-\d\d-\d", line["cas"])
    english = line["name_en"].replace(" | ", " ")
    names = (english, english.split(" (")[0], *re.split(r"\s*[|;；]\s*", line["remark"]))
    return OfficialRow(
        schedule=INSTRUMENTS[line["schedule"]][1],
        printed=line["name_zh"].replace(" | ", "").rstrip("*"),
        names=tuple(name for name in names if name),
        cas=cas[0] if len(cas) == 1 else "",
        since=date.fromisoformat(since) if since else None,
    )


def of(edition: str, *schedules: str) -> list[dict[str, str]]:
    return [line for line in ENTRIES if line["edition"] == edition and line["schedule"] in schedules]


def told(law: Law, instrument: str, day: str, rows: Iterable[OfficialRow]) -> set[tuple[str, str]]:
    return differences(law, official(instrument, day, rows))


def test_the_edition_of_2013_is_held_entry_by_entry_and_nothing_else(law: Law) -> None:
    narcotic, psychotropic = of("2013", "narcotic"), of("2013", "category-1", "category-2")
    assert Counter(line["schedule"] for line in narcotic + psychotropic) == {
        "narcotic": 121,
        "category-1": 68,
        "category-2": 81,
    }
    assert told(law, "cn-narcotic-catalogue", "2014-01-01", map(entry, narcotic)) == set()
    assert told(law, "cn-psychotropic-catalogue", "2014-01-01", map(entry, psychotropic)) == set()


def test_the_supplementary_catalogue_is_held_with_the_day_of_each_part_and_nothing_else(law: Law) -> None:
    lines = [(line, day) for part, day in SUPPLEMENTED.items() for line in of(part, "supplementary")]
    assert len(lines) == 116 + 4 + 4 + 32 + 18 + 46 + 12
    assert told(law, "cn-non-medical", "2025-07-20", (entry(line, day) for line, day in lines)) == set()


@pytest.mark.parametrize("part", SUPPLEMENTED)
def test_an_added_name_is_not_listed_before_its_day(law: Law, part: str) -> None:
    day = date.fromisoformat(SUPPLEMENTED[part])
    index = NameIndex.of(law)
    early = [
        listing.id
        for line in of(part, "supplementary")
        for substance in substances_of(entry(line), index)
        for listing in law.listings_of(substance.id)
        if listing.schedule.id == "supplementary" and listing.in_force(day - timedelta(days=1))[0] is not Certainty.NO
    ]
    assert early == []


def test_the_catalogues_of_july_2025_are_held_entry_by_entry_and_nothing_else(law: Law) -> None:
    medical = of("2025", "narcotic"), of("2025", "category-1", "category-2")
    other = of("2025", "non-medical", "non-medical-psychotropic", "non-medical-narcotic")
    assert [len(lines) for lines in (*medical, other)] == [32, 18 + 78, 396]
    assert told(law, "cn-narcotic-catalogue", "2025-08-01", map(entry, medical[0])) == set()
    assert told(law, "cn-psychotropic-catalogue", "2025-08-01", map(entry, medical[1])) == TRAMADOL
    assert told(law, "cn-non-medical", "2025-08-01", map(entry, other)) == set()


def test_every_listing_has_the_numbers_that_the_editions_print(law: Law) -> None:
    printed = {(line["schedule"], line["number"], line["edition"]) for line in ENTRIES}
    held = set()
    for listing in law.listings:
        if listing.instrument.id not in {instrument for instrument, _ in INSTRUMENTS.values()} or not listing.row.item:
            continue
        parts = re.findall(r"([\d, ]+?) \(([\d-]+)\)", listing.row.item) or [(listing.row.item, "2025")]
        held |= {
            (listing.schedule.id, number, edition)
            for numbers, edition in parts
            for number in re.findall(r"\d+", numbers)
        }
    assert held == printed
