from datetime import date

from drugcontrol.law import Law
from drugcontrol.law.history import history, upcoming


def changes(law: Law, substance: str, *places: str) -> list[tuple[str, str, str]]:
    return [
        (event.jurisdiction, event.on.text, event.change) for event in history(law, law.listings_of(substance), places)
    ]


def test_a_listing_that_ends_and_begins_again(xa_law: Law) -> None:
    assert changes(xa_law, "acetone", "XA") == [
        ("XA", "2000-01-01", "begins"),
        ("XA", "2010-01-01", "removed"),
        ("XA", "2012-01-01", "begins"),
    ]


def test_a_chain_of_temporary_orders_with_a_gap(xa_law: Law) -> None:
    assert changes(xa_law, "cathinone", "XA") == [
        ("XA", "2016-02-01", "begins"),
        ("XA", "2017-02-01", "continues"),
        ("XA", "2017-12-31", "ends"),
        ("XA", "2018-03-01", "begins"),
        ("XA", "2019-01-01", "continues"),
    ]


def test_law_of_a_group_begins_and_ends_with_membership(xa_law: Law) -> None:
    assert changes(xa_law, "acetone", "XB") == [
        ("XB", "2010-01-01", "begins"),
        ("XB", "2020-12-31", "membership_ends"),
    ]
    assert changes(xa_law, "npp", "XB") == [("XB", "2018-07-01", "begins"), ("XB", "2020-12-31", "membership_ends")]


def test_what_is_to_come_is_told_as_far_as_it_is_public(xa_law: Law) -> None:
    def found(today: date) -> list[tuple[str, str]]:
        return [(event.on.text, event.change) for event in upcoming(xa_law, ["XA"], today, 40)]

    assert found(date(2018, 2, 25)) == [("2018-03-01", "begins")]
    assert found(date(2018, 2, 10)) == []  # order 3 was decided on 20 February


def test_the_end_of_temporary_control_is_to_come_unless_it_goes_on(xa_law: Law) -> None:
    ends = [event for event in upcoming(xa_law, ["XA"], date(2017, 12, 1), 60) if event.change == "ends"]
    assert [(event.control.id, event.on.text) for event in ends] == [("xa-cathinone", "2017-12-31")]
    assert not [event for event in upcoming(xa_law, ["XA"], date(2018, 12, 15), 60) if event.change == "ends"]
