"""Claims over the law: class control by date, more substances, scheduled everywhere; a partial list never says no."""

from collections.abc import Callable
from datetime import date

import pytest

from drugcontrol.situation.claims import Checked, Grounds
from drugcontrol.situation.claims.law import class_control, class_control_by, each_scheduled, more_substances
from drugcontrol.situation.claims.outcome import LawFact
from drugcontrol.situation.claims.rows import (
    ClassControl,
    ClassControlBy,
    EachScheduled,
    MoreSubstances,
)
from tests.situation.claims import SAID, codes, outcomes, replace_struct


def test_the_class_of_the_united_states_was_in_force_and_not_permanent(checked: Callable[[str], Checked]) -> None:
    item = checked("us-class-not-scheduled")
    assert outcomes(item) == {
        "not-at-all": ("not_supported", "not_supported"),
        "not-permanently": ("supported", "not_supported"),
    }
    (fact,) = item.readings[0].then.facts
    assert isinstance(fact, LawFact)
    assert fact.act == "Consolidated Appropriations Act, 2023 (Public Law 117-328)"
    assert (fact.first.text, fact.last and fact.last.text, fact.term) == ("2018-02-06", "2024-12-31", "temporary")


def test_class_control_of_china_began_in_2019_and_was_not_the_first(checked: Callable[[str], Checked]) -> None:
    assert outcomes(checked("class-control-2019")) == {
        "began-by-2019": ("supported", "supported"),
        "still-in-force": ("supported", "supported"),
    }
    began = checked("class-control-2019").readings[0]
    ends = [fact.last and fact.last.text for side in (began.then, began.now) for fact in side.facts]  # type: ignore[union-attr]
    assert ends == [None, "2025-07-20"]  # the act of 2025 was not known in 2023
    first = checked("first-country")
    assert set(outcomes(first).values()) == {("not_supported", "not_supported")}
    assert first.readings[2].then.params["other"] == "GB"


def test_the_varieties_exceed_the_conventions_by_the_class_and_not_by_name(checked: Callable[[str], Checked]) -> None:
    item = checked("varieties-exceed")
    assert outcomes(item) == {
        "by-name": ("not_supported", "undecided"),
        "with-the-class": ("supported", "undecided"),
        "by-name-before-the-class": ("not_supported", "not_supported"),
    }
    counts = item.readings[0].then.params
    assert (counts["value_first"], counts["value_last"], counts["by_class"]) == (25, 28, 40)


@pytest.mark.parametrize("place", ["MX", "DE", "NL", "CH"])
def test_a_partial_list_never_answers_no(grounds: Grounds, place: str) -> None:
    test = ClassControl(place=place, family="fentanyl", reading="any", expect="in_force")
    for expect in ("in_force", "not_in_force"):
        judged = class_control(replace_struct(test, expect=expect), grounds, SAID)
        assert (judged.outcome, codes(judged)) == ("undecided", {"partial_list"})
    by = ClassControlBy(place=place, family="fentanyl", reading="any", by="2023")
    assert class_control_by(by, grounds, SAID).outcome == "undecided"
    fewer = MoreSubstances(place=place, other="CN", family="fentanyl", count="controlled")
    assert more_substances(fewer, grounds, SAID).outcome == "undecided"
    more = MoreSubstances(place="CN", other=place, family="fentanyl", count="controlled")
    assert more_substances(more, grounds, SAID).outcome == "undecided"
    each = EachScheduled(substances=("1-boc-4-ap",), places=(place,), kind="precursor")
    assert each_scheduled(each, grounds, SAID).outcome != "not_supported"


def test_a_whole_list_without_a_class_rule_says_no(grounds: Grounds) -> None:
    test = ClassControl(place="UN", family="fentanyl", reading="any", expect="not_in_force")
    judged = class_control(test, grounds, SAID)
    assert (judged.outcome, judged.code) == ("supported", "class_none")


def test_scheduled_in_every_place_in_some_and_in_none(checked: Callable[[str], Checked], grounds: Grounds) -> None:
    assert outcomes(checked("no-notification"))["what-was-scheduled"] == ("mixed", "undecided")
    for substance, places, outcome in (
        ("npp", ("UN", "CN", "MX"), "supported"),
        ("norfentanyl", ("CN",), "not_supported"),
        ("norfentanyl", ("UN", "CN"), "mixed"),
        ("1-boc-4-ap", ("CN",), "undecided"),
    ):
        test = EachScheduled(substances=(substance,), places=places, kind="precursor")
        assert each_scheduled(test, grounds, SAID).outcome == outcome


def test_control_that_began_after_the_day_asked_about_had_not_begun(grounds: Grounds) -> None:
    test = ClassControlBy(place="CN", family="fentanyl", reading="structural", by="2019")
    assert class_control_by(test, grounds, date(2019, 4, 30)).outcome == "undecided"
    late = replace_struct(test, by="2018")
    assert class_control_by(late, grounds, SAID).outcome == "not_supported"
