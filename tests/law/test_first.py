"""Who controlled a family as a class first, under each reading."""

from datetime import date
from itertools import pairwise

import pytest

from drugcontrol.dates import Period
from drugcontrol.law import Law
from drugcontrol.law.control import joined
from drugcontrol.law.first import Reading, first_controls, leaders, without_class_control

GB, CA, CN = ("GB", "1987-04-01"), ("CA", "1997-05-14"), ("CN", "2019-05-01")
IE = ("IE", "2015-03-12")
US_ORDER, US_STATUTE = ("US", "2018-02-06"), ("US", "2025-07-16")


@pytest.mark.parametrize(
    ("reading", "order"),
    [
        ("any", [GB, CA, IE, US_ORDER, CN]),
        ("structural", [GB, IE, US_ORDER, CN]),
        ("structural_permanent", [GB, IE, CN, US_STATUTE]),
        ("structural_temporary", [US_ORDER]),
        ("open_standard", [CA]),
    ],
)
def test_who_controlled_the_fentanyls_as_a_class_first(
    law: Law, reading: Reading, order: list[tuple[str, str]]
) -> None:
    found = first_controls(law, "fentanyl")[reading]
    assert [(control.place, control.runs[0].first.text) for control in found] == order
    assert [control.place for control in leaders(found)] == [order[0][0]]


def test_china_was_first_under_no_reading(law: Law) -> None:
    """Of "the first country in the world to schedule fentanyl-related substances as a class"."""
    found = first_controls(law, "fentanyl")
    assert "CN" not in {control.place for controls in found.values() for control in leaders(controls)}


def test_a_later_text_of_the_rule_carries_the_control_on(law: Law) -> None:
    found = {control.place: control.runs for control in first_controls(law, "fentanyl")["any"]}
    assert {place: len(runs) for place, runs in found.items()} == {"GB": 1, "CA": 1, "IE": 1, "US": 1, "CN": 1}
    assert all(runs[0].last is None for runs in found.values())


def test_days_between_two_texts_stay_a_gap(law: Law) -> None:
    for family in ("fentanyl", "nitazene", "opioid", "precursor", "other"):
        for controls in first_controls(law, family).values():  # type: ignore[arg-type]
            for control in controls:
                assert not any(joined(one, other) for one, other in pairwise(control.runs)), control


def test_what_had_not_begun_on_a_day_is_left_out_of_the_answer_for_it(law: Law) -> None:
    before, on = (date(2019, 4, 30), date(2019, 5, 1))
    places = {day: [control.place for control in first_controls(law, "fentanyl", day)["any"]] for day in (before, on)}
    assert places == {before: ["GB", "CA", "IE", "US"], on: ["GB", "CA", "IE", "US", "CN"]}
    assert "CN" in without_class_control(law, "fentanyl", before)
    assert not first_controls(law, "fentanyl", date(1980, 1, 1))["any"]


def test_each_first_names_its_act(law: Law) -> None:
    acts = {control.place: control.act for control in first_controls(law, "fentanyl")["structural"]}
    assert acts["GB"] == "S.I. 1986/2230"
    assert acts["US"].startswith("83 FR 5188")


def test_doubt_about_a_day_leaves_open_which_was_first(law: Law) -> None:
    german, british, *_ = first_controls(law, "nitazene")["structural"]
    first = german.runs[0].first
    same_days = type(british)(british.text, (Period(first, None),))
    assert leaders([german, british]) == [german]
    assert leaders([german, same_days]) == [german, same_days]
    assert leaders([]) == []


def test_places_without_a_rule_say_how_much_of_their_lists_is_held(law: Law) -> None:
    """The Dutch list IA has a group of fentanyls since 2025, and is not held: silence is no "no"."""
    found = without_class_control(law, "fentanyl", date(2026, 11, 25))
    assert set(found) == set(law.jurisdictions) - {"GB", "CA", "IE", "US", "CN"}
    assert found["NL"] == "partial"


def test_a_text_that_carries_a_control_on_is_no_end_of_it_whatever_the_day(law: Law) -> None:
    """China's class stood in the supplementary catalogue to 20 July 2025 and goes on in that of non-medical drugs."""
    for day in (date(2023, 4, 6), date(2025, 7, 20), date(2026, 11, 25)):
        for reading in ("any", "structural", "structural_permanent"):
            (china,) = [control for control in first_controls(law, "fentanyl", day)[reading] if control.place == "CN"]
            assert [(run.first.text, run.last) for run in china.runs] == [("2019-05-01", None)]


def test_what_had_not_begun_on_the_day_is_left_out(law: Law) -> None:
    before = first_controls(law, "fentanyl", date(2019, 4, 30))
    assert "CN" not in {control.place for control in before["any"]}
    assert first_controls(law, "fentanyl", date(1980, 1, 1))["any"] == []
