"""Hand tables: the notice of the State Council of 8 December 2022, the Mexican Federal Labour Law, article 74."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.errors import DataError, ReadError, UsageError

CHINA = WorkCalendar.of_country("CN")
MADE_UP_2023 = ["2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"]
OFF_2023 = [
    ("2023-01-21", "2023-01-27"),
    ("2023-04-05", "2023-04-05"),
    ("2023-04-29", "2023-05-03"),
    ("2023-06-22", "2023-06-24"),
    ("2023-09-29", "2023-10-06"),
]


@pytest.mark.parametrize("day", MADE_UP_2023)
def test_a_make_up_day_in_china_is_worked_although_it_is_a_weekend(day: str) -> None:
    assert CHINA.state(date.fromisoformat(day)) == "make-up"
    assert date.fromisoformat(day).weekday() >= 5


def test_china_had_these_days_off_in_2023_and_no_others() -> None:
    expected = {
        date.fromisoformat(first) + timedelta(days=step)
        for first, last in OFF_2023
        for step in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    }
    year = [date(2023, 1, 3) + timedelta(days=step) for step in range(363)]
    weekdays_off = {day for day in year if not CHINA.is_working(day) and day.weekday() < 5}
    assert weekdays_off == {day for day in expected if day.weekday() < 5}
    assert all(not CHINA.is_working(day) for day in expected)


def test_mexico_rests_on_the_days_of_article_74() -> None:
    mexico = WorkCalendar.of_country("MX")
    year = [date(2023, 1, 1) + timedelta(days=step) for step in range(365)]
    off = [day.isoformat() for day in year if mexico.state(day) == "holiday"]
    assert off == ["2023-01-01", "2023-02-06", "2023-03-20", "2023-05-01", "2023-09-16", "2023-11-20", "2023-12-25"]


def test_a_state_may_rest_on_friday_and_saturday() -> None:
    egypt = WorkCalendar.of_country("EG")
    week = [egypt.state(date(2023, 2, 3) + timedelta(days=step)) for step in range(4)]
    assert week == ["weekend", "weekend", "work", "work"]


def test_the_weekend_is_that_of_the_year() -> None:
    emirates = WorkCalendar.of_country("AE")  # Friday and Saturday until 2021, Saturday and Sunday from 2022
    assert [emirates.is_working(date(2021, 6, 6)), emirates.is_working(date(2022, 6, 5))] == [True, False]


def test_a_place_without_a_known_calendar_asks_for_a_file() -> None:
    with pytest.raises(UsageError, match="Give a calendar file"):
        WorkCalendar.of_country("XB")


def test_computed_moon_holidays_are_marked_as_estimated() -> None:
    algeria = WorkCalendar.of_country("DZ")
    assert algeria.is_estimated(date(2023, 4, 21))
    assert not algeria.is_estimated(date(2023, 5, 1))


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_file_names_goes_before_the_country(tmp_path: Path) -> None:
    text = (
        "place: XB\nbased_on: CN\noff: [{day: '2023-04-10', name: A}]\nworked: [{day: '2023-04-05', name: B}]\n"
        "weekend: [fri, sat]\n"
    )
    calendar = WorkCalendar.read(write(tmp_path, text))
    days = ("2023-04-10", "2023-04-05", "2023-04-07", "2023-04-09", "2023-04-23", "2023-06-22")
    states = [calendar.state(date.fromisoformat(day)) for day in days]
    assert states == ["holiday", "make-up", "weekend", "work", "make-up", "holiday"]


def test_a_file_can_say_everything(tmp_path: Path) -> None:
    calendar = WorkCalendar.read(write(tmp_path, "place: XA\nweekend: [fri, sat]\n"))
    assert [calendar.state(date(2023, 4, day)) for day in (6, 7, 8, 9)] == ["work", "weekend", "weekend", "work"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("place: XA\n", "no weekend"),
        ("place: XA\nweekend: [mon, tue, wed, thu, fri, sat, sun]\n", "No day of the week is worked"),
        ("place: XA\nweekend: [sun]\noff:\n  - {day: '2023-02-30', name: A}\n", ":4: “2023-02-30” is no calendar day"),
        ("place: XA\nweekend: [funday]\n", "Invalid enum value"),
        ("place: XA\nweekends: [sun]\n", "unknown field"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        WorkCalendar.read(write(tmp_path, text))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        WorkCalendar.read(tmp_path / "none.yaml")
