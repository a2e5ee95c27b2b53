"""The first and the last day of the calendar are days like any other, for every page and call that takes a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from drugcontrol.report.timeline import Span
from drugcontrol.web.timeline import timeline

PATHS = (
    "/en/substance/fentanyl?on={day}",
    "/en/law/changes?to={day}&in=CN",
    "/en/law/changes?from=0001-01-01&to={day}&in=CN",
    "/en/law/compare?on={day}",
    "/en/law/first/fentanyl?on={day}",
    "/en/law/first/fentanyl/first.svg?on={day}",
    "/en/law/upcoming?on={day}&within=36500",
    "/en/law/instruments/mx-lgs?on={day}",
    "/en/figures/us-overdose-deaths-all-drugs-12m-predicted?on={day}&law=CN",
    "/en/figures/us-overdose-deaths-all-drugs-12m-predicted/chart.svg?on={day}&law=CN",
    "/en/figures/us-overdose-deaths-all-drugs-12m-predicted?from={day}",
    "/en/figures/us-overdose-deaths-all-drugs-12m-predicted?to={day}",
    "/en/claims/deaths-rising?on={day}",
    "/api/v1/check?text=fentanyl&date={day}",
    "/api/v1/changes?from={day}&to={day}",
    "/api/v1/compare?first=CN&second=US&date={day}",
    "/api/v1/first/fentanyl?date={day}",
    "/api/v1/upcoming?date={day}&within=36500",
    "/api/v1/instruments/mx-lgs?date={day}",
    "/api/v1/figures/us-overdose-deaths-all-drugs-12m-predicted?date={day}",
    "/api/v1/claims/deaths-rising?date={day}",
)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("path", PATHS)
def test_the_first_and_the_last_day_of_the_calendar_are_answered(
    client: TestClient[Litestar], path: str, day: str
) -> None:
    assert client.get(path.format(day=day)).status_code in (200, 400)


@given(st.dates(), st.dates(), st.dates())
def test_an_axis_of_any_length_has_a_few_years_below_it(first: date, last: date, today: date) -> None:
    drawn = timeline([Span("US", "named", min(first, last), max(first, last), True)], today, today)
    assert drawn is not None
    assert 1 <= len(drawn.years) <= 7
    assert all(0 <= place <= 100 for _, place in drawn.years)
