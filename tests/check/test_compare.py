"""Two places side by side: what is counted is what ``check`` answers, and a count says what it rests on."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugcontrol.check import Checker
from drugcontrol.check.compare import compare, rules_in_force
from drugcontrol.check.survey import Survey
from drugcontrol.errors import UsageError
from drugcontrol.law import Law


@pytest.fixture(scope="module")
def survey(checker: Checker) -> Survey:
    return Survey(checker)


def test_a_class_rule_stands_on_top_of_the_names(survey: Survey) -> None:
    found = compare(survey, "UN", "CN", date(2023, 4, 6), "fentanyl")
    assert [text.id for text in found.second.rules] == ["cn-fentanyl-related-2019"]
    (by_class,) = (row for row in found.second.lists if row.by_class)
    assert by_class.count == found.second.by_class > 30


def test_each_substance_is_counted_in_one_list_only(survey: Survey) -> None:
    found = compare(survey, "UN", "CN", date(2023, 4, 6), "fentanyl")
    assert sum(row.count for row in found.second.lists) == len(found.only_second) + len(found.both)
    assert {row.schedule: row.kind for row in found.first.lists} == {"schedule-1": "narcotic", "table-1": "precursor"}


def test_a_partial_list_is_counted_as_at_least_with_its_gaps_named(survey: Survey) -> None:
    found = compare(survey, "MX", "CH", date(2023, 4, 6), "fentanyl")
    assert not found.first.complete
    assert not found.second.complete
    assert found.first.gaps
    assert found.second.gaps


def test_a_place_held_whole_has_no_gap(survey: Survey) -> None:
    """Preparations and Schedule IV of 1961 are held in part and name nothing that another list does not."""
    found = compare(survey, "UN", "CN", date(2018, 9, 1), "fentanyl")
    assert (found.first.complete, found.first.gaps) == (True, ())


def test_before_any_list_is_held_nothing_is_counted_as_no(survey: Survey) -> None:
    found = compare(survey, "MX", "UN", date(1950, 1, 1), "fentanyl")
    assert not found.first.complete
    assert found.first.controlled == 0


def test_what_is_under_review_is_in_no_other_count(survey: Survey) -> None:
    found = compare(survey, "CA", "UN", date(2023, 4, 6), "fentanyl")
    assert found.first.review > 30
    open_there = {pair.substance.id for pair in found.review}
    assert "butyrfentanyl" in open_there  # in Schedule I of 1961, and an open question in Canada
    for pairs in (found.only_first, found.only_second, found.both):
        assert open_there.isdisjoint(pair.substance.id for pair in pairs)


DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 1))
PLACES = st.sampled_from(["UN", "CN", "US", "MX", "CA", "GB", "DE", "NL", "EU"])
TWO_PLACES = st.lists(PLACES, min_size=2, max_size=2, unique=True)


@given(DAYS, TWO_PLACES)
@settings(max_examples=8)
def test_the_groups_are_the_answers_of_check(survey: Survey, day: date, places: list[str]) -> None:
    found = compare(survey, *places, day)
    groups = {"only_first": [], "only_second": [], "both": [], "review": []}  # type: dict[str, list[str]]
    for substance in survey.substances():
        statuses = [survey.verdict(substance, place, day).status for place in places]
        controlled = [status == "controlled" for status in statuses]
        if "review" in statuses:
            groups["review"].append(substance.id)
        elif any(controlled):
            groups["both" if all(controlled) else "only_first" if controlled[0] else "only_second"].append(substance.id)
    assert {name: [pair.substance.id for pair in getattr(found, name)] for name in groups} == groups


@given(DAYS, TWO_PLACES)
@settings(max_examples=3)
def test_the_other_way_round_is_the_same_comparison(survey: Survey, day: date, places: list[str]) -> None:
    one, other = places
    there, back = compare(survey, one, other, day), compare(survey, other, one, day)
    assert (there.first, there.second) == (back.second, back.first)
    assert [pair.substance for pair in there.only_first] == [pair.substance for pair in back.only_second]


def test_a_place_is_not_compared_with_itself(survey: Survey) -> None:
    with pytest.raises(UsageError, match="with itself"):
        compare(survey, "UN", "UN", date(2020, 1, 1))


def test_rules_in_force_follow_the_day(law: Law) -> None:
    assert rules_in_force(law, "US", date(2018, 2, 5), "fentanyl") == ()
    assert [text.id for text in rules_in_force(law, "US", date(2018, 2, 6), "fentanyl")] == [
        "us-fentanyl-related-order"
    ]
