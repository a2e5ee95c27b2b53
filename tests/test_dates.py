from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.dates import Certainty, LegalDate, Period, parse_day
from drugcontrol.errors import UsageError

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2018-02-01", date(2018, 2, 1), date(2018, 2, 1), "day"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("1964", date(1964, 1, 1), date(1964, 12, 31), "year"),
        ("[2017-07-18..2018-03]", date(2017, 7, 18), date(2018, 3, 31), "range"),
        ("[..2018-09-18]", date.min, date(2018, 9, 18), "range"),
        ("[2017-07-18..]", date(2017, 7, 18), date.max, "range"),
    ],
)
def test_each_notation_gives_its_bounds(text: str, earliest: date, latest: date, precision: str) -> None:
    read = LegalDate.parse(text)
    assert (read.earliest, read.latest, read.precision) == (earliest, latest, precision)


@pytest.mark.parametrize("text", ["", "2018-02-30", "2018-13", "18-02-01", "spring 2018", "[2019..2018]", "2018-2-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar|ends before"):
        LegalDate.parse(text)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-4-6", "06.04.2023", "yesterday", "20230406", ""])
def test_a_day_that_does_not_exist_is_a_usage_error_with_the_form_to_use(text: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        parse_day(text)


@given(days, st.integers(0, 400), days)
def test_inside_the_doubt_the_answer_is_open_and_nowhere_else(first: date, length: int, day: date) -> None:
    last = first + timedelta(days=length)
    doubt = LegalDate.parse(f"[{first}..{last}]")
    expected = Certainty.NO if day < first else Certainty.YES if day >= last else Certainty.OPEN
    assert doubt.reached_on(day) is expected


@given(days, st.integers(0, 3000))
def test_a_period_covers_its_first_and_last_day_and_not_the_days_around(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    period = Period(LegalDate.parse(first.isoformat()), LegalDate.parse(last.isoformat()))
    one = timedelta(days=1)
    found = [period.covers(day) for day in (first - one, first, last, last + one)]
    assert found == [Certainty.NO, Certainty.YES, Certainty.YES, Certainty.NO]


@given(days)
def test_the_day_after_the_day_before_is_the_day(day: date) -> None:
    read = LegalDate.parse(day.isoformat())
    assert read.day_before().day_after() == read
