"""The acts that stand beside the figures: as they were public on a day, from the law data."""

from datetime import date

from drugcontrol.law import Law
from drugcontrol.situation import acts

STATEMENT = date(2023, 4, 6)


def test_class_control_of_china_and_the_united_states_stands_in_the_strip(law: Law) -> None:
    found = [
        (item.place, item.on.text) for item in acts(law, "fentanyl", ("CN", "US"), STATEMENT) if item.by == "class"
    ]
    assert ("CN", "2019-05-01") in found
    assert ("US", "2018-02-06") in found


def test_what_came_later_is_left_out(law: Law) -> None:
    early, late = (acts(law, "fentanyl", ("US",), day) for day in (STATEMENT, date(2026, 11, 25)))
    assert all(item.on.earliest <= STATEMENT for item in early)
    assert "2025-07-16" in {item.on.text for item in late} - {item.on.text for item in early}


def test_an_act_that_names_several_substances_stands_once_with_their_number(law: Law) -> None:
    found = acts(law, "fentanyl", ("CN", "UN"), STATEMENT)
    keys = [(item.place, item.on, item.by, item.change, item.act) for item in found]
    assert len(keys) == len(set(keys))
    assert max(item.count for item in found) > 1


def test_a_fictional_place_gives_its_own_acts_only(xa_law: Law) -> None:
    found = acts(xa_law, "other", ("XA",), date(2030, 1, 1))
    assert found
    assert {item.place for item in found} == {"XA"}
    assert [item.on.earliest for item in found] == sorted(item.on.earliest for item in found)
