"""What was known on a day: the three traps of official figures, doubt about days, and what is not held."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.dates import Certainty
from drugcontrol.situation import Figures, View, as_of, load_figures, revisions
from drugcontrol.situation.known import Row

STATEMENT = date(2023, 4, 6)
TODAY = date(2026, 11, 25)
ALL_DRUGS = "us-overdose-deaths-all-drugs-12m"
SYNTHETIC = "us-overdose-deaths-t40.4-12m"

HELD = load_figures(own=Path("nowhere"))
IDS = sorted(series.id for series in HELD.all_series())


def view(figures: Figures, series: str, day: date) -> View:
    return as_of(figures, figures.series(series), day)


def row(figures: Figures, series: str, day: date, last: str) -> Row:
    return next(item for item in view(figures, series, day).rows if item.period.last == date.fromisoformat(last))


def value(figures: Figures, series: str, day: date, last: str) -> Decimal | None:
    found = row(figures, series, day, last).observation
    assert found is not None
    return found.value


def test_the_same_year_falls_as_reported_and_rises_as_predicted(figures: Figures) -> None:
    day = date(2023, 5, 17)
    reported = [value(figures, f"{ALL_DRUGS}-reported", day, last) for last in ("2021-12-31", "2022-12-31")]
    predicted = [value(figures, f"{ALL_DRUGS}-predicted", day, last) for last in ("2021-12-31", "2022-12-31")]
    assert reported == [107573, 105452]
    assert predicted == [109179, 109680]


@pytest.mark.parametrize(
    ("day", "march", "october", "fall"), [(STATEMENT, 110360, 107689, "2.42"), (TODAY, 110185, 109345, "0.76")]
)
def test_revision_eats_the_fall(figures: Figures, day: date, march: int, october: int, fall: str) -> None:
    series = f"{ALL_DRUGS}-predicted"
    first, second = (value(figures, series, day, last) for last in ("2022-03-31", "2022-10-31"))
    assert (first, second) == (march, october)
    assert first is not None
    assert second is not None
    assert round((first - second) * 100 / first, 2) == Decimal(fall)


def test_a_change_that_may_be_a_definition_is_not_called_a_revision(figures: Figures) -> None:
    series = figures.series("ca-opioids-deaths")
    found = revisions(figures.dataset_of(series), series)
    said = next(items for period, items in found.items() if period.first.year == 2021)
    assert [(item.observation.value, item.change) for item in said] == [
        (7993, "first"),
        (7546, "revised-or-redefined"),
    ]


def test_a_rate_on_new_population_figures_is_redefined_while_the_count_stays(figures: Figures) -> None:
    rate, count = (figures.series(f"ew-poisoning-{name}-all-drug-poisonings") for name in ("death-rate", "deaths"))
    dataset = figures.dataset_of(rate)
    said = next(items for period, items in revisions(dataset, rate).items() if period.first.year == 2021)
    assert [(item.observation.value, item.change) for item in said] == [
        (Decimal("84.4"), "first"),
        (Decimal("84.0"), "redefined"),
    ]
    counted = next(items for period, items in revisions(dataset, count).items() if period.first.year == 2021)
    assert [item.observation.value for item in counted] == [4859]


def test_years_to_2021_of_synthetic_opioids_rise_as_known_on_the_day_of_the_statement(figures: Figures) -> None:
    rows = view(figures, "us-overdose-deaths-t40.4-final", STATEMENT).rows
    values = [item.observation.value for item in rows if item.observation and item.observation.value]
    assert [item.period.first.year for item in rows] == list(range(2013, 2022))
    assert values == sorted(values)
    assert (values[0], values[-1]) == (3105, 70601)


def test_final_years_of_all_drugs_fell_once_as_known_that_day(figures: Figures) -> None:
    rows = view(figures, "us-overdose-deaths-all-drugs-final", STATEMENT).rows
    values = [item.observation.value for item in rows if item.observation and item.observation.value]
    assert [later > earlier for earlier, later in pairwise(values)].count(False) == 1
    assert values[-1] == 106699


def test_releases_that_are_not_held_are_said(figures: Figures) -> None:
    synthetic = view(figures, f"{SYNTHETIC}-predicted", STATEMENT)
    assert synthetic.releases_missing
    assert synthetic.newest is not None
    assert synthetic.newest.id == "to-2019-02"
    assert max(item.period.last for item in synthetic.rows) == date(2019, 2, 28)
    assert not view(figures, f"{ALL_DRUGS}-predicted", STATEMENT).releases_missing


def test_a_period_that_a_newer_release_held_in_part_may_have_changed_is_marked(figures: Figures) -> None:
    assert row(figures, f"{ALL_DRUGS}-predicted", STATEMENT, "2022-09-30").state == "may-have-changed"
    assert row(figures, f"{ALL_DRUGS}-predicted", STATEMENT, "2022-10-31").state == "known"


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2022, 8, 3), "known"), (date(2022, 8, 4), "undecided"), (date(2026, 11, 22), "undecided"), (TODAY, "known")],
)
def test_inside_an_unknown_day_of_release_it_cannot_be_decided(figures: Figures, day: date, state: str) -> None:
    found = row(figures, "ew-poisoning-death-rate-all-drug-poisonings", day, "2021-12-31")
    assert found.state == state
    assert (found.observation is None) == (state == "undecided")
    if state == "undecided":
        assert {item.value for item in found.candidates} == {Decimal("84.4"), Decimal("84.0")}


def test_a_month_of_release_is_undecided_inside_and_decided_after(figures: Figures) -> None:
    series = "ew-poisoning-deaths-fentanyl"
    assert row(figures, series, date(2021, 8, 15), "2020-12-31").state == "undecided"
    assert value(figures, series, date(2021, 8, 31), "2020-12-31") == 57
    assert view(figures, series, date(2021, 7, 31)).rows == ()


def test_a_year_to_date_gives_way_to_the_whole_year(figures: Figures) -> None:
    early = view(figures, "ca-opioids-deaths", date(2021, 12, 31))
    late = view(figures, "ca-opioids-deaths", STATEMENT)
    assert early.rows[-1].period.last == date(2020, 9, 30)
    assert [item.period.last for item in late.rows][-3:] == [date(2020, 12, 31), date(2021, 12, 31), date(2022, 6, 30)]
    assert date(2020, 9, 30) not in {item.period.last for item in late.rows}


def test_every_release_of_a_period_is_told_as_revised_or_confirmed(figures: Figures) -> None:
    series = figures.series(f"{ALL_DRUGS}-predicted")
    found = revisions(figures.dataset_of(series), series)
    march = next(items for period, items in found.items() if period.last == date(2022, 3, 31))
    assert [item.change for item in march] == ["first", "revised", "revised", "revised"]
    assert [item.observation.value for item in march] == [109247, 110317, 110360, 110185]
    wonder = figures.series("us-population")
    confirmed = next(iter(revisions(figures.dataset_of(wonder), wonder).values()))
    assert [item.change for item in confirmed] == ["first", "unchanged", "unchanged", "unchanged"]


def test_the_publishers_rate_goes_before_a_computed_one_and_that_is_marked(figures: Figures) -> None:
    rows = {
        item.period.first.year: item.rate for item in view(figures, "us-overdose-deaths-all-drugs-final", TODAY).rows
    }
    computed, published = rows[2016], rows[2021]
    assert computed is not None
    assert published is not None
    assert (computed.computed, computed.unit) == (True, "per-100000")
    assert computed.value == round(Decimal(63632) * 100_000 / 323127513, 1)
    assert (published.computed, published.unit, published.value) == (False, "per-100000-age-adjusted", Decimal("32.4"))


def test_a_rate_uses_the_population_that_was_known_that_day(figures: Figures) -> None:
    rows = view(figures, "us-overdose-deaths-all-drugs-final", date(2019, 1, 1)).rows
    assert [item.rate for item in rows] == [None, None, None]


def test_the_day_of_entry_changes_no_answer(figures: Figures) -> None:
    release = figures.datasets["cdc-vsrr"].release("2023-03-15")
    assert release.entered_on > STATEMENT
    assert row(figures, f"{ALL_DRUGS}-predicted", STATEMENT, "2022-10-31").observation is not None


@given(st.sampled_from(IDS), st.dates(date(2016, 1, 1), date(2027, 1, 1)))
def test_no_answer_uses_a_release_that_may_be_later(series: str, day: date) -> None:
    for item in as_of(HELD, HELD.series(series), day).rows:
        if item.observation is not None:
            assert item.observation.release.published.latest <= day
        else:
            assert item.candidates
            assert all(other.release.published.reached_on(day) is not Certainty.NO for other in item.candidates)


@given(st.sampled_from(IDS), st.dates(date(2016, 1, 1), date(2026, 1, 1)), st.integers(1, 900))
def test_what_was_known_never_loses_a_period_but_a_year_to_date(series: str, day: date, more: int) -> None:
    found = HELD.series(series)
    before, after = (as_of(HELD, found, one).rows for one in (day, day + timedelta(days=more)))
    kept = {item.period for item in after}
    lost = [item for item in before if item.period not in kept]
    assert all((item.observation or item.candidates[0]).status == "year-to-date" for item in lost)
