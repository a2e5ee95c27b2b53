"""Ireland: the Schedule of the Misuse of Drugs Act 1977 as amended to 2017, entry by entry and both ways."""

from datetime import date

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialRow
from tests.official.listed import differences, official, table

ENTRIES = table("ie-mda-1977.csv", "ie/mda-1977-schedule.csv")
REPLACED_IN_2017 = {
    "1-(1,3-Benzodioxol-5-yl)-2-(1-pyrrolidinyl)-pentanone": "the Act of 2016 prints the name with its locant",
    "4-Iodo-2,5-dimethoxy-N-(2-methoxybenzyl)phenethylamine": "the Act of 2016 prints another name",
}


def entry(line: dict[str, str]) -> OfficialRow:
    return OfficialRow(
        schedule=f"paragraph {line['paragraph'].partition('(')[0]}",
        item=line["paragraph"],
        printed=line["name"],
        names=(line["name"], line["name"].split(" (")[0]),
        chemical=line["chemical_name"],
        since=date.fromisoformat(line["effective"]) if line["effective"] else None,
    )


def test_every_entry_of_the_schedule_is_held_and_nothing_else(law: Law) -> None:
    standing = [line for line in ENTRIES if line["name"] not in REPLACED_IN_2017]
    assert len(standing) == len(ENTRIES) - len(REPLACED_IN_2017) == 263
    assert differences(law, official("ie-mda-1977", "2017-05-04", map(entry, standing))) == set()
