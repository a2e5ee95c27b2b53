"""Claims over figures: steps, changes, definitions, releases in doubt, and the deaths claim as the worked example."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.law import Law
from drugcontrol.situation.claims import Checked, Grounds
from drugcontrol.situation.claims.figures import change_between, greatest, rises_each_period
from drugcontrol.situation.claims.rows import (
    ChangeBetween,
    Greatest,
    RisesEachPeriod,
)
from tests.situation.claims import SAID, asked, codes, made, outcomes

RISES = RisesEachPeriod(series="xa-deaths")


@given(values=st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_a_series_rises_if_every_step_does_and_is_mixed_if_some_do(values: list[int]) -> None:
    law = Law.__new__(Law)  # no test over figures asks it
    figures = made(("2022-01-01", dict(enumerate(values, start=2010))))
    ups = [after > before for before, after in pairwise(values)]
    expected = "supported" if all(ups) else "mixed" if any(ups) else "not_supported"
    assert rises_each_period(RISES, asked(figures, law), SAID).outcome == expected


@given(values=st.lists(st.integers(1, 50), min_size=2, max_size=6), later=st.lists(st.integers(1, 50), max_size=4))
def test_nothing_published_after_a_day_changes_the_answer_of_that_day(values: list[int], later: list[int]) -> None:
    law = Law.__new__(Law)
    first = ("2022-01-01", dict(enumerate(values, start=2010)))
    then = rises_each_period(RISES, asked(made(first), law), SAID)
    more = made(first, ("2024-01-01", dict(enumerate(later, start=2010))))
    assert rises_each_period(RISES, asked(more, law), SAID) == then


def test_a_missing_year_is_no_step_and_stands_in_the_way_of_a_yes(law: Law) -> None:
    judged = rises_each_period(RISES, asked(made(("2022-01-01", {2010: 1, 2011: 2, 2013: 3})), law), SAID)
    assert (judged.outcome, codes(judged)) == ("undecided", {"gap"})


def test_a_step_over_a_definition_decides_nothing(law: Law) -> None:
    old, new = ("2021-01-01", {2018: 5, 2019: 6}), ("2022-01-01", {2020: 3, 2021: 4})
    judged = rises_each_period(RISES, asked(made(old, new, redefined_from="2022-01-01"), law), SAID)
    assert (judged.outcome, codes(judged)) == ("undecided", {"definition"})
    only = made(("2021-01-01", {2019: 6}), ("2022-01-01", {2020: 7}), redefined_from="2022-01-01")
    assert rises_each_period(RISES, asked(only, law), SAID).outcome == "undecided"
    fall = ChangeBetween(series="xa-deaths", first="2019", last="2020", direction="down")
    assert (
        change_between(fall, asked(made(old, new, redefined_from="2022-01-01"), law), SAID).outcome,
        change_between(fall, asked(made(old, new), law), SAID).outcome,
    ) == ("undecided", "supported")


def test_a_release_whose_day_is_in_doubt_leaves_open_what_was_known(law: Law) -> None:
    figures = made(("2022-01-01", {2010: 1, 2011: 2}), ("2023-04", {2011: 1}))
    days = (date(2023, 3, 31), SAID, date(2023, 4, 30))
    found = [rises_each_period(RISES, asked(figures, law), day).outcome for day in days]
    assert found == ["supported", "undecided", "not_supported"]
    figures = made(("2022-01-01", {2010: 1, 2011: 2, 2012: 3}), ("2023-04", {2012: 1}))
    assert rises_each_period(RISES, asked(figures, law), SAID).outcome == "undecided"


def test_a_change_is_for_the_direction_that_was_claimed(law: Law) -> None:
    figures = made(("2022-01-01", {2010: 4, 2011: 3}))
    up, down = (ChangeBetween(series="xa-deaths", first="2010", last="2011", direction=way) for way in ("up", "down"))
    assert change_between(up, asked(figures, law), SAID).outcome == "not_supported"
    judged = change_between(down, asked(figures, law), SAID)
    assert (judged.outcome, judged.params["percent"]) == ("supported", Decimal("-25.00"))


def test_a_year_that_was_not_published_is_named(law: Law) -> None:
    test = ChangeBetween(series="xa-deaths", first="2010", last="2012")
    judged = change_between(test, asked(made(("2022-01-01", {2010: 4})), law), SAID)
    assert judged.outcome == "undecided"
    assert judged.remarks[0].params == {"periods": ("2012",)}


def test_a_year_to_date_is_no_year(grounds: Grounds) -> None:
    judged = rises_each_period(RisesEachPeriod(series="ca-opioids-deaths"), grounds, SAID)
    assert (judged.params["last"], judged.params["value_last"]) == ("2021", 7993)


def test_figures_of_two_releases_decide_nothing_where_the_newer_may_have_changed_the_older(grounds: Grounds) -> None:
    series = "us-overdose-deaths-all-drugs-12m-predicted"
    judged = change_between(ChangeBetween(series=series, first="2021-12", last="2022-10"), grounds, SAID)
    assert (judged.params["value_first"], judged.params["value_last"]) == (107622, 107689)
    assert judged.outcome == "undecided"
    assert {"two_releases", "may_have_changed"} <= codes(judged)


# The deaths claim: the worked example


def test_the_deaths_claim_comes_out_reading_by_reading(checked: Callable[[str], Checked]) -> None:
    assert outcomes(checked("deaths-rising")) == {
        "synthetic-opioids-years": ("supported", "mixed"),
        "all-drugs-years": ("mixed", "mixed"),
        "all-drugs-months": ("not_supported", "not_supported"),
        "synthetic-opioids-months": ("undecided", "supported"),
    }


def test_its_figures_are_those_of_the_releases(checked: Callable[[str], Checked]) -> None:
    years, all_years, months, synthetic = checked("deaths-rising").readings
    assert (years.then.params["first"], years.then.params["last"]) == ("2013", "2021")
    assert (years.then.params["value_first"], years.then.params["value_last"]) == (3105, 70601)
    assert [step.last for step in years.now.params["steps"]] == ["2023"]  # type: ignore[union-attr]
    (fall,) = all_years.then.params["steps"]  # type: ignore[misc]
    assert (fall.first, fall.last, fall.percent) == ("2017", "2018", Decimal("-4.09"))  # type: ignore[union-attr]
    assert (months.then.params["percent"], months.now.params["percent"]) == (Decimal("-2.42"), Decimal("-0.76"))
    afterwards = next(item for item in months.now.remarks if item.code == "afterwards")
    assert (afterwards.params["highest"], afterwards.params["at"]) == (112952, "2022-07..2023-06")
    assert (synthetic.now.params["value_first"], synthetic.now.params["value_last"]) == (73642, 74410)


def test_why_then_and_now_differ_is_said(checked: Callable[[str], Checked]) -> None:
    _, _, months, synthetic = checked("deaths-rising").readings
    revised = next(item for item in months.now.remarks if item.code == "revised_since")
    assert [(item.before, item.after) for item in revised.params["figures"]] == [(110360, 110185), (107689, 109345)]  # type: ignore[union-attr]
    assert {"period_not_held", "releases_missing"} <= codes(synthetic.then)
    assert "published_since" in codes(synthetic.now)


def test_other_figures_under_another_definition_are_not_called_revised(checked: Callable[[str], Checked]) -> None:
    deaths = checked("most-prominent-problem").readings[0]
    assert "redefined_since" in codes(deaths.now)
    assert "revised_since" not in codes(deaths.now)


def test_a_superlative_of_the_world_is_refuted_and_never_supported(grounds: Grounds) -> None:
    us, others = "us-overdose-deaths-t40.4-final", ("ca-opioids-deaths", "ew-poisoning-deaths-fentanyl")
    most = greatest(Greatest(series=us, others=others, period="2020"), grounds, SAID)
    assert (most.outcome, most.code) == ("undecided", "greatest_held")
    assert {"other_places", "measures_differ"} <= codes(most)
    less = greatest(Greatest(series=others[0], others=(us, others[1]), period="2020"), grounds, SAID)
    assert (less.outcome, less.params["other"]) == ("not_supported", "US")
