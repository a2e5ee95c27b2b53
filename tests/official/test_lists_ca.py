"""Canada: Schedules I to VI of the Controlled Drugs and Substances Act, entry by entry and both ways."""

from collections import Counter
from datetime import date
from pathlib import Path

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialFile, read_official
from tests.official.listed import SHARED, differences

WHOLE = SHARED / "ca/C-38.8.xml"
SCHEDULES = Path(__file__).parent / "texts/ca-cdsa-schedules.xml"


def act() -> OfficialFile:
    """Read the whole Act, or where it is not at hand its schedules."""
    return read_official(WHOLE if WHOLE.exists() else SCHEDULES)


def test_the_act_has_as_many_entries_as_were_counted() -> None:
    file = act()
    assert file.text_of == date(2026, 6, 14)
    counted = Counter(row.schedule for row in file.rows)
    assert (counted["Schedule I"], counted["Schedule III"], counted["Schedule IV"]) == (203, 44, 143)


def test_every_entry_of_the_six_schedules_is_held_and_nothing_else(law: Law) -> None:
    assert read_official(SCHEDULES).rows == act().rows
    assert differences(law, act()) == set()


def test_only_headings_of_groups_and_words_on_preparations_stand_apart(law: Law) -> None:
    apart = law.instruments["ca-cdsa"].apart
    assert {row.why for row in apart} == {"class", "preparation"}
    assert len(apart) == 28
