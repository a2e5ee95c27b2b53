"""An official text against the data held, on the fictional law (SIMULATION)."""

from datetime import date

import pytest
import yaml

from drugcontrol.law import Law
from drugcontrol.law.model import Listing
from drugcontrol.law.official import Change, OfficialFile, OfficialRow, compare, proposal

DAY = date(2015, 5, 15)
HEADING = "Schedule A"


def held(law: Law) -> list[Listing]:
    return [item for item in law.listings if item.schedule.official == HEADING and item.in_force(DAY)[0].value == "yes"]


def faithful(law: Law) -> list[OfficialRow]:
    """The list as it would stand in an official text that agrees with the data."""
    return [
        OfficialRow(schedule=HEADING, item=item.row.item, printed=item.substance.name, names=(item.substance.name,))
        for item in held(law)
    ]


def text(rows: list[OfficialRow]) -> OfficialFile:
    return OfficialFile(
        format="SIMULATION",
        title="Fictional Control Act, text of 15 May 2015",
        address="https://example.org/act",
        instruments=("xa-act",),
        text_of=DAY,
        rows=tuple(rows),
        schedules=frozenset({HEADING}),
    )


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(item.kind, item.reason) for item in changes]


def changed(row: OfficialRow, **values: object) -> OfficialRow:
    return OfficialRow(**{**{key: getattr(row, key) for key in row.__dataclass_fields__}, **values})


def test_a_text_that_agrees_gives_nothing_to_change(xa_law: Law) -> None:
    file = text(faithful(xa_law))
    assert len(file.rows) >= 3
    assert compare(xa_law, file) == ()
    assert proposal(xa_law, file, ()) == ""


def test_an_entry_that_is_not_held_is_added_with_a_range_for_its_first_day(xa_law: Law) -> None:
    file = text([*faithful(xa_law), OfficialRow(schedule=HEADING, item="99", printed="Novum", names=("Novum",))])
    changes = compare(xa_law, file)
    assert told(changes) == [("added", "not_held")]
    rows = yaml.safe_load(proposal(xa_law, file, changes))
    assert rows["listings"][0]["substance"] == rows["substances"][0]["id"] == "novum"
    assert rows["listings"][0]["sources"] == rows["provisions"][0]["sources"] == [rows["sources"][0]["id"]]
    assert rows["provisions"][0]["effective"].endswith(f"..{DAY}]")


def test_a_listing_without_entry_is_removed_and_nothing_else(xa_law: Law) -> None:
    gone, *rest = faithful(xa_law)
    (change,) = compare(xa_law, text(rest))
    assert (change.kind, change.listing and change.listing.substance.name) == ("removed", gone.printed)


def test_another_name_at_the_same_item_is_a_renaming(xa_law: Law) -> None:
    first, *rest = faithful(xa_law)
    changes = compare(xa_law, text([changed(first, printed="Zyx", names=("Zyx",)), *rest]))
    assert told(changes) == [("renamed", "other_name")]


def test_another_item_for_the_same_substance_is_a_renaming(xa_law: Law) -> None:
    first, *rest = faithful(xa_law)
    assert told(compare(xa_law, text([changed(first, item="77"), *rest]))) == [("renamed", "other_item")]


def test_a_day_before_the_first_day_held_is_a_re_dating(xa_law: Law) -> None:
    first, *rest = faithful(xa_law)
    assert told(compare(xa_law, text([changed(first, since=date(1990, 1, 1)), *rest]))) == [
        ("redated", "later_than_text")
    ]


def test_a_later_day_of_the_text_is_a_change_of_words_and_no_finding(xa_law: Law) -> None:
    first, *rest = faithful(xa_law)
    assert compare(xa_law, text([changed(first, since=date(2014, 1, 1)), *rest])) == ()


def test_what_the_text_names_as_outside_must_not_be_held(xa_law: Law) -> None:
    first, *rest = faithful(xa_law)
    changes = compare(xa_law, text([changed(first, excluded=True), *rest]))
    assert ("removed", "named_outside") in told(changes)


def test_a_list_of_names_alone_shows_only_what_is_not_held(xa_law: Law) -> None:
    file = text([])
    names = [OfficialRow(schedule="", item="1", printed=name, names=(name,)) for name in ("fentanyl", "Novum")]
    alone = OfficialFile(**{**file.__dict__, "rows": tuple(names), "schedules": frozenset()})
    assert told(compare(xa_law, alone)) == [("added", "not_held")]


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_the_order_of_entries_does_not_matter(xa_law: Law, turn: int) -> None:
    rows = faithful(xa_law)
    assert compare(xa_law, text(rows[turn:] + rows[:turn])) == ()
