"""Germany: annexes I to III of the Narcotics Act, entry by entry and both ways."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialFile, OfficialRow, read_official
from tests.official.listed import SHARED, differences, official, table

TEXTS = Path(__file__).parent / "texts"
WHOLE = SHARED / "de/kmein_BtMG-BJNR106810981.md"
DAY = "2026-08-19"
"""Day on which the whole text was stored; the page itself bears none."""


def annexes() -> OfficialFile:
    """Read the whole text, or where it is not at hand the table that was made from it."""
    if WHOLE.exists():
        return replace(read_official(WHOLE), text_of=date.fromisoformat(DAY))
    entries = []
    for line in table("de-btmg.csv", "de/btmg-anlagen-extracted.csv"):
        names = [line[key].split(" (")[0] for key in ("inn", "other_name") if line[key] != "-"]
        names += [line["chemical_name_de"]] if line["chemical_name_de"] not in ("", "-") else []
        entries.append(
            OfficialRow(
                schedule=line["anlage"],
                printed=names[0],
                names=tuple(names),
                chemical=line["chemical_name_de"].strip("-"),
            )
        )
    return official("de-btmg", DAY, entries)


def test_every_entry_of_the_three_annexes_is_held_and_nothing_else(law: Law) -> None:
    file = annexes()
    assert Counter(row.schedule for row in file.rows) == {"Anlage I": 173, "Anlage II": 221, "Anlage III": 87}
    assert differences(law, file) == set()


def test_what_was_listed_in_september_2020_is_held_for_that_day(law: Law) -> None:
    """An extract of the text of annexes I and II as gesetze-im-internet.de gave it then."""
    file = read_official(TEXTS / "de-btmg-2020-09-24.xml")
    assert file.text_of == date(2020, 9, 24)
    told = differences(law, replace(file, schedules=frozenset()))
    assert told == set()
