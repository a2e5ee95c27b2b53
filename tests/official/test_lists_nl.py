"""Netherlands: lists I and II of the Opium Act as they stood on 1 July 2007, entry by entry and both ways."""

from collections import Counter

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialRow
from tests.official.listed import differences, official, table

ENTRIES = [
    line
    for line in table("nl-opiumwet.csv", "nl/opiumwet-lists.csv")
    if line["state_of_law"].startswith("2007-07-01") and not line["note"].startswith("clause:")
]


def entry(line: dict[str, str]) -> OfficialRow:
    names = [name for key in ("inn", "other_name", "chemical_name") for name in line[key].split("|") if name]
    slip = line["other_name"] == "butobarbital"  # the copy prints the chemical name of the row above
    chemical = "" if slip else line["chemical_name"]
    return OfficialRow(schedule=f"List {line['list']}", printed=names[0], names=tuple(names), chemical=chemical)


def test_every_name_of_both_lists_is_held_and_nothing_else(law: Law) -> None:
    assert Counter(line["list"] for line in ENTRIES) == {"I": 168, "II": 73}
    assert differences(law, official("nl-opiumwet", "2007-07-01", map(entry, ENTRIES))) == set()
