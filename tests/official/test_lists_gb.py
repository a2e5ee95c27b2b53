"""United Kingdom: Schedule 2 of the Misuse of Drugs Act 1971, entry by entry and both ways, with orders and days."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from drugcontrol.law.names import NameIndex, normal_name
from drugcontrol.law.official import OfficialRow, read_official
from drugcontrol.law.official.compare import substances_of
from tests.official.listed import differences, official, table

TEXTS = Path(__file__).parent / "texts"
ENTRIES = table("gb-mda-1971.csv", "uk/mda-1971-schedule-2.csv")
REMOVED = table("gb-mda-1971-removed.csv", "uk/mda-1971-schedule-2-removed.csv")
NEVER_IN_FORCE = {
    "Nicodicodine (6-nicotinoyldihydrocodeine)": "moved by S.I. 1973/771 on the day on which the Act came into force",
    "Fencamfamin": "omitted by S.I. 1973/771 on that day",
    "Pemoline": "omitted by S.I. 1973/771 on that day",
    "Phentermine": "omitted by S.I. 1973/771 on that day",
    "Prolintane": "omitted by S.I. 1973/771 on that day",
}


def entry(line: dict[str, str]) -> OfficialRow:
    return OfficialRow(
        schedule=f"Part {line['part']}",
        item=line["paragraph"],
        printed=line["name"],
        names=(line["name"], line["name"].split(" (")[0]),
        chemical=line["chemical_name"],
        since=date.fromisoformat(line["effective"]) if line["effective"] else None,
        act=line["inserted_by"],
    )


def test_every_entry_of_the_schedule_is_held_with_its_day_and_nothing_else(law: Law) -> None:
    assert Counter(line["part"] for line in ENTRIES) == {"I": 181, "II": 53, "III": 184}
    assert differences(law, official("gb-mda-1971", "2025-01-15", map(entry, ENTRIES))) == set()


def test_each_entry_names_the_order_that_inserted_it(law: Law) -> None:
    index = NameIndex.of(law)
    other = []
    for line in ENTRIES:
        wanted = line["inserted_by"].replace("2005 c. 17", "Drugs Act 2005") or "Misuse of Drugs Act 1971"
        for substance in substances_of(entry(line), index):
            acts = [
                provision.row.act
                for listing in law.listings_of(substance.id)
                for provision in listing.chain
                if listing.instrument.id == "gb-mda-1971" and listing.schedule.official == f"Part {line['part']}"
            ]
            if not any(wanted in act for act in acts):
                other.append((line["name"], wanted, acts))
    assert other == []


@pytest.mark.parametrize("line", REMOVED, ids=[f"{line['class']} {line['name']}" for line in REMOVED])
def test_what_was_taken_out_stood_there_until_the_day_before(law: Law, line: dict[str, str]) -> None:
    if line["name"] in NEVER_IN_FORCE:
        assert line["removed_on"] == "1973-07-01"
        return
    day = date.fromisoformat(line["removed_on"])
    named = line | {"name": line["name"].split(", ")[0], "effective": ""}
    found = [
        listing
        for substance in substances_of(entry(named), NameIndex.of(law))
        for listing in law.listings_of(substance.id)
        if listing.schedule.official == f"Part {line['part']}" and not listing.row.wording
    ]
    stood = [item for item in found if item.in_force(day - timedelta(days=1))[0] is Certainty.YES]
    assert stood
    assert all(item.in_force(day)[0] is Certainty.NO for item in stood)


def test_the_publishers_xml_gives_the_same_entries(law: Law) -> None:
    """An extract of Part III as legislation.gov.uk prints it (Open Government Licence v3.0)."""
    file = read_official(TEXTS / "gb-mda-1971-schedule-2.xml")
    by_hand = {(row.item, normal_name(name)): row for row in map(entry, ENTRIES) for name in row.names}
    assert Counter(row.item for row in file.rows) == {"1(a)": 27, "1(b)": 16, "1(ca)": 1, "1(e)": 6}
    for row in file.rows:
        same = by_hand[row.item, normal_name(row.names[0])]
        assert row.since in (same.since, None)
        assert row.act in ("", same.act)
    assert differences(law, replace(file, schedules=frozenset())) == set()
    assert {reason for reason, _ in differences(law, file)} == {"gone"}, "the extract has not every entry of the Part"
