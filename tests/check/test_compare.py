"""Comparison, change and first control: what they count is what ``check`` answers."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugcontrol.check import Checker
from drugcontrol.check.change import changes
from drugcontrol.check.compare import compare, rules_in_force
from drugcontrol.check.survey import Survey
from drugcontrol.law import Law
from drugcontrol.law.first import first_controls


@pytest.fixture(scope="module")
def survey(checker: Checker) -> Survey:
    return Survey(checker)


def test_china_named_25_fentanyls_against_21_of_the_conventions_in_2018(survey: Survey) -> None:
    """Chinese officials, 29 August 2018, on the announcement in force from 1 September."""
    found = compare(survey, "UN", "CN", date(2018, 9, 1), "fentanyl")
    assert (found.first.named, found.second.named) == (21, 25)
    assert found.first.complete
    assert found.second.complete
    assert found.second.by_class == 0


def test_the_day_before_two_of_them_were_not_yet_in_force(survey: Survey) -> None:
    found = compare(survey, "UN", "CN", date(2018, 8, 31), "fentanyl")
    assert found.second.named == 23
    assert {row.substance.id for row in found.only_first()} == {"4-fibf", "tetrahydrofuranylfentanyl"}


def test_a_class_rule_stands_on_top_of_the_names(survey: Survey) -> None:
    found = compare(survey, "UN", "CN", date(2023, 4, 6), "fentanyl")
    assert found.first.by_class == 0
    assert found.second.by_class > 30
    assert [text.id for text in found.second.rules] == ["cn-fentanyl-related-2019"]


def test_a_partial_list_is_counted_as_at_least_with_its_gaps_named(survey: Survey) -> None:
    found = compare(survey, "MX", "CH", date(2023, 4, 6), "fentanyl")
    assert not found.first.complete
    assert not found.second.complete
    assert found.first.gaps
    assert found.second.gaps


def test_what_is_under_review_is_counted_apart(survey: Survey) -> None:
    found = compare(survey, "CA", "UN", date(2023, 4, 6), "fentanyl")
    assert found.first.review > 30
    assert all(row.first is None or row.first.status == "controlled" for row in found.held)


def test_both_and_only_make_up_what_is_held(survey: Survey) -> None:
    found = compare(survey, "US", "GB", date(2020, 1, 1))
    parts = [*found.only_first(), *found.only_second(), *found.both()]
    assert sorted(row.substance.id for row in parts) == sorted(row.substance.id for row in found.held)


DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 1))


@given(DAYS, DAYS, st.sampled_from(["UN", "CN", "US", "MX", "CA", "GB", "DE", "NL", "EU"]))
@settings(max_examples=25)
def test_what_changed_is_the_difference_of_the_answers(survey: Survey, one: date, other: date, place: str) -> None:
    earlier, later = sorted((one, other))
    told = {
        row.substance.id for row in changes(survey, earlier, later, [place]) if row.became in ("controlled", "ceased")
    }
    assert told >= set(_turned(survey, place, earlier, later))


def _turned(survey: Survey, place: str, earlier: date, later: date) -> Iterator[str]:
    for substance in survey.substances():
        before, after = (survey.verdict(substance, place, day).status for day in (earlier, later))
        if (before == "controlled") != (after == "controlled") and after != "review":
            yield substance.id


def test_the_announcement_of_the_class_changed_what_it_took_in(survey: Survey) -> None:
    told = {row.substance.id: row.became for row in changes(survey, date(2019, 4, 30), date(2019, 5, 1), ["CN"])}
    assert told["benzylfentanyl"] == "controlled"
    assert told["fentanyl-carbamate"] == "review"
    assert "fentanyl" not in told


def test_a_transfer_is_told_as_a_move(survey: Survey) -> None:
    told = {row.substance.id: row.became for row in changes(survey, date(2009, 1, 1), date(2021, 1, 1), ["UN"])}
    assert told["phenylacetic-acid"] == "moved"


@pytest.mark.parametrize(
    ("reading", "order"),
    [
        ("any", [("GB", "1987-04-01"), ("CA", "1997-05-14"), ("US", "2018-02-06"), ("CN", "2019-05-01")]),
        ("structural", [("GB", "1987-04-01"), ("US", "2018-02-06"), ("CN", "2019-05-01")]),
        ("structural_permanent", [("GB", "1987-04-01"), ("CN", "2019-05-01"), ("US", "2025-07-16")]),
        ("structural_temporary", [("US", "2018-02-06")]),
        ("open_standard", [("CA", "1997-05-14")]),
    ],
)
def test_who_controlled_the_fentanyls_as_a_class_first(law: Law, reading: str, order: list[tuple[str, str]]) -> None:
    found = first_controls(law, "fentanyl")[reading]  # type: ignore[index]
    assert [(control.place, control.period.first.text) for control in found] == order


def test_a_later_text_of_the_rule_carries_the_control_on(law: Law) -> None:
    found = {control.place: control.period.last for control in first_controls(law, "fentanyl")["any"]}
    assert found == dict.fromkeys(["GB", "CA", "US", "CN"])


def test_rules_in_force_follow_the_day(law: Law) -> None:
    assert rules_in_force(law, "US", date(2018, 2, 5), "fentanyl") == ()
    assert [text.id for text in rules_in_force(law, "US", date(2018, 2, 6), "fentanyl")] == [
        "us-fentanyl-related-order"
    ]
