import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel.deadlines import Rule, deadline
from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.errors import UsageError

CHINA = WorkCalendar.of_country("CN")


def due(rule: str, start: str, zone: str) -> str:
    return deadline(rule, datetime.fromisoformat(start), zone).due_at.isoformat()


@pytest.mark.parametrize(
    ("rule", "start", "zone", "expected"),
    [
        # make-up Sunday 23 April and Saturday 6 May count, 29 April to 3 May do not: the tenth day is Monday 8 May
        ("P10WD@CN", "2023-04-20T10:00:00-06:00", "Asia/Shanghai", "2023-05-08T16:00:00+00:00"),
        # Wednesday 5 April (Tomb-Sweeping Day) does not count: 27 to 31 March, 3, 4, 6, 7 and 10 April
        ("P10WD@CN", "2023-03-24T09:30:00-06:00", "Asia/Shanghai", "2023-04-10T16:00:00+00:00"),
        # Benito Juárez's day (Monday 20 March) does not count
        ("P3WD@MX", "2023-03-16T12:00:00-06:00", "America/Mexico_City", "2023-03-23T06:00:00+00:00"),
        # Friday and Saturday do not count, Sunday does
        ("P5WD@EG", "2023-02-01T12:00:00+02:00", "Africa/Cairo", "2023-02-08T22:00:00+00:00"),
        # a working day of both: 1 to 3 May China rests, 6 May Mexico does, though China makes it up
        ("P5WD@CN+MX", "2023-04-27T10:00:00-06:00", "America/Mexico_City", "2023-05-10T06:00:00+00:00"),
        ("P15D", "2023-03-24T09:30:00-06:00", "America/Mexico_City", "2023-04-09T06:00:00+00:00"),
        ("PT8H", "2023-03-24T09:30:00-06:00", "Asia/Shanghai", "2023-03-24T23:30:00+00:00"),
        ("PT72H", "2023-03-24T09:30:00-06:00", "", "2023-03-27T15:30:00+00:00"),
        # the last day counts whole, also when the clock is put forward in it: 2 April 2023 in Mexico was abolished
        ("P1D", "2023-03-25T12:00:00+01:00", "Europe/Berlin", "2023-03-26T22:00:00+00:00"),
    ],
)
def test_the_deadline_is_the_one_counted_by_hand(rule: str, start: str, zone: str, expected: str) -> None:
    assert due(rule, start, zone) == expected


def test_the_day_of_the_start_is_that_of_the_one_who_answers() -> None:
    late_in_mexico = "2023-04-20T20:00:00-06:00"  # already Friday the 21st in Shanghai
    assert due("P1D", late_in_mexico, "Asia/Shanghai") == "2023-04-22T16:00:00+00:00"
    assert due("P1D", late_in_mexico, "America/Mexico_City") == "2023-04-22T06:00:00+00:00"


def test_the_digest_is_the_hash_of_the_days_counted() -> None:
    found = deadline("P2WD@CN", datetime(2023, 4, 21, tzinfo=UTC), "Asia/Shanghai")
    assert found.days == "2023-04-22 CN=weekend\n2023-04-23 CN=make-up\n2023-04-24 CN=work\n"
    assert found.calendar_digest == hashlib.sha256(found.days.encode()).hexdigest()


def test_another_calendar_is_another_digest() -> None:
    start = datetime(2023, 4, 6, tzinfo=UTC)
    with_a_day_more = WorkCalendar("CN", "CN", off={date(2023, 4, 10): "fictional"})
    one = deadline("P3WD@CN", start, "Asia/Shanghai")
    other = deadline("P3WD@CN", start, "Asia/Shanghai", {"CN": with_a_day_more})
    assert other.due_at - one.due_at == timedelta(days=1)
    assert other.calendar_digest != one.calendar_digest


def test_hours_and_calendar_days_use_no_calendar() -> None:
    start = datetime(2023, 4, 6, tzinfo=UTC)
    assert [deadline(rule, start, "UTC").calendar_digest for rule in ("PT8H", "P15D")] == ["", ""]


def test_a_day_off_that_is_only_computed_is_named() -> None:
    found = deadline("P3WD@DZ", datetime(2023, 4, 19, tzinfo=UTC), "Africa/Algiers")
    assert date(2023, 4, 21) in found.estimated


@pytest.mark.parametrize("text", ["", "P0D", "P10WD", "P10WD@", "P10WD@CHN", "10D", "P-1D", "P1.5D", "PT0H", "P5D@CN"])
def test_what_is_no_rule_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(UsageError, match="Write PT72H"):
        Rule.parse(text)


def test_a_start_without_offset_a_zone_that_is_none_and_a_place_without_calendar_are_refused() -> None:
    start = datetime(2023, 4, 6, tzinfo=UTC)
    with pytest.raises(UsageError, match="no offset"):
        deadline("P1D", start.replace(tzinfo=None), "UTC")
    with pytest.raises(UsageError, match="no time zone"):
        deadline("P1D", start, "../etc/passwd")
    with pytest.raises(UsageError, match="No calendar of working days of XB"):
        deadline("P1WD@XB", start, "UTC")


def test_two_places_without_a_common_working_day_are_refused() -> None:
    calendars = {
        "XA": WorkCalendar("XA", weekend=frozenset({0, 1, 2})),
        "XB": WorkCalendar("XB", weekend=frozenset({3, 4, 5, 6})),
    }
    with pytest.raises(UsageError, match="too few working days in common"):
        deadline("P1WD@XA+XB", datetime(2023, 4, 6, tzinfo=UTC), "UTC", calendars)


@given(st.integers(1, 60), st.dates(date(2019, 1, 1), date(2025, 6, 30)))
def test_exactly_that_many_working_days_lie_before_the_deadline(number: int, day: date) -> None:
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = deadline(f"P{number}WD@CN", start, "Asia/Shanghai")
    worked = [line for line in found.days.splitlines() if line.endswith(("=work", "=make-up"))]
    last = (found.due_at + timedelta(hours=8)).date() - timedelta(days=1)
    assert len(worked) == number
    assert CHINA.is_working(last)
    assert found.days.splitlines()[-1].startswith(last.isoformat())
