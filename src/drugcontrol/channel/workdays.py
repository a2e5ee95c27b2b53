"""Which days are worked in a place: weekends, holidays and make-up days, from the ``holidays`` package or a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

import holidays
import msgspec

from drugcontrol.dates import parse_day
from drugcontrol.errors import DataError, ReadError, UsageError
from drugcontrol.law.yamlfile import LinedFile

DayState = Literal["work", "make-up", "weekend", "holiday"]

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class DayRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day that a calendar file names."""

    day: str
    name: str


class CalendarFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The calendar of an authority, written by a person.

    Attributes
    ----------
    place : str
        Code by which rules name it, for example ``XB``.
    based_on : str
        Country whose public calendar is the ground; empty when the file says everything.
    weekend : tuple of str
        Days off every week, ``mon`` to ``sun``; with `based_on` those of the country if empty.
    off, worked : tuple of DayRow
        Days off besides, and days worked although the weekend or the ground says otherwise.
    """

    place: str
    based_on: str = ""
    weekend: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()
    off: tuple[DayRow, ...] = ()
    worked: tuple[DayRow, ...] = ()


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a place.

    Attributes
    ----------
    country : str
        Country whose public calendar is the ground; may be empty.
    weekend : frozenset of int or None
        Days off every week, Monday is 0; None for those of the country, which may change over the years.
    """

    place: str
    country: str = ""
    weekend: frozenset[int] | None = None
    off: Mapping[date, str] = field(default_factory=dict)
    worked: Mapping[date, str] = field(default_factory=dict)

    @classmethod
    def of_country(cls, code: str) -> Self:
        """Give the public calendar of a country.

        Raises
        ------
        UsageError
            When the package knows none, for instance of a fictional place.
        """
        if code not in holidays.list_supported_countries(include_aliases=False):
            raise UsageError(f"No calendar of working days of {code} is known.", "Give a calendar file for it.")
        return cls(code, code)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a calendar file.

        Raises
        ------
        ReadError
            When the file cannot be opened.
        DataError
            With file, line and cure of what does not fit.
        """
        try:
            file = LinedFile(path)
        except OSError as error:
            raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
        row = file.convert(CalendarFile)
        if not row.based_on and not row.weekend:
            cure = "Name the days off every week, or the country that it is based on"
            raise DataError([file.problem("The calendar has no weekend", cure)])
        if len(set(row.weekend)) == len(_WEEKDAYS):
            raise DataError([file.problem("No day of the week is worked", "Name the days off every week", "weekend")])
        if row.based_on:
            cls.of_country(row.based_on)
        return cls(
            place=row.place,
            country=row.based_on,
            weekend=frozenset(_WEEKDAYS.index(day) for day in row.weekend) if row.weekend else None,
            off=_days(file, row.off, "off"),
            worked=_days(file, row.worked, "worked"),
        )

    def state(self, day: date) -> DayState:
        """Say what a day is; what the file names goes before the country's calendar."""
        if day in self.off:
            return "holiday"
        if day in self.worked:
            return "make-up"
        ground = _year(self.country, day.year) if self.country else holidays.HolidayBase()
        if day in ground.weekend_workdays:
            return "make-up"
        if day in ground:
            return "holiday"
        off = ground.is_weekend(day) if self.weekend is None else day.weekday() in self.weekend
        return "weekend" if off else "work"

    def is_working(self, day: date) -> bool:
        """Say whether a day is worked."""
        return self.state(day) in ("work", "make-up")

    def is_estimated(self, day: date) -> bool:
        """Say whether a day is off by a date that is computed, not announced (moon holidays of years to come)."""
        if not self.country or day in self.off or day in self.worked:
            return False
        return "estimated" in (_year(self.country, day.year).get(day) or "")


@cache
def _year(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year, expand=False, language="en_US")


def _days(file: LinedFile, rows: tuple[DayRow, ...], key: str) -> dict[date, str]:
    found: dict[date, str] = {}
    for index, row in enumerate(rows):
        try:
            found[parse_day(row.day)] = row.name
        except UsageError as error:
            raise DataError([file.problem(error.message.rstrip("."), error.hint, key, index, "day")]) from None
    return found
