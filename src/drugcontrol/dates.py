"""Dates as the law gives them: a day, or a known doubt about the day.

The notation is a small part of the Extended Date/Time Format (ISO 8601-2, level 1 and "one of a set"): ``2018-02-01``,
``2018-02``, ``2018``, ``[2017-07-18..2018-03-31]``, ``[..2018-09-18]``, ``[2017-07-18..]``.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal, Self

from drugcontrol.errors import UsageError

Precision = Literal["day", "month", "year", "range"]

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ONE_DAY = timedelta(days=1)


class Certainty(Enum):
    """Three values: yes, no, or open because a date is known only in part."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A day that is known exactly or within bounds.

    Attributes
    ----------
    text : str
        As written in the data.
    earliest, latest : date
        Bounds, both included; ``date.min`` and ``date.max`` stand for an open end.
    precision : {"day", "month", "year", "range"}
    """

    text: str
    earliest: date
    latest: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a date in the notation of the module.

        Raises
        ------
        ValueError
            With a sentence that says what is wrong.
        """
        text = text.strip()
        if text.startswith("[") and text.endswith("]") and ".." in text:
            lower, upper = text[1:-1].split("..", 1)
            first = _bounds(lower)[0] if lower else date.min
            last = _bounds(upper)[1] if upper else date.max
            if first > last:
                raise ValueError(f"{text} ends before it begins")
            return cls(text, first, last, "range")
        earliest, latest, precision = _bounds(text)
        return cls(text, earliest, latest, precision)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    def day_before(self) -> "LegalDate":
        """Give the day before this one, with the same doubt."""
        return self._moved(-_ONE_DAY)

    def day_after(self) -> "LegalDate":
        """Give the day after this one, with the same doubt."""
        return self._moved(_ONE_DAY)

    def _moved(self, step: timedelta) -> "LegalDate":
        earliest = self.earliest if self.earliest == date.min else self.earliest + step
        latest = self.latest if self.latest == date.max else self.latest + step
        if earliest == latest:
            return LegalDate(earliest.isoformat(), earliest, latest, "day")
        return LegalDate(_range_text(earliest, latest), earliest, latest, "range")

    def reached_on(self, day: date) -> Certainty:
        """Say whether this date lies on or before a day."""
        if day >= self.latest:
            return Certainty.YES
        return Certainty.OPEN if day >= self.earliest else Certainty.NO

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Period:
    """Time from a first day to a last day, both included; ``last`` is None while no end is known."""

    first: LegalDate
    last: LegalDate | None

    def covers(self, day: date) -> Certainty:
        """Say whether a day lies in the period: no and yes only where no reading of the dates says otherwise."""
        begun = self.first.reached_on(day)
        over = Certainty.NO if self.last is None else self.last.day_after().reached_on(day)
        if begun is Certainty.NO or over is Certainty.YES:
            return Certainty.NO
        return Certainty.YES if (begun, over) == (Certainty.YES, Certainty.NO) else Certainty.OPEN


def parse_day(text: str) -> date:
    """Read one calendar day, ``YYYY-MM-DD``.

    Raises
    ------
    UsageError
        When the text is no such day, for instance 30 February.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        hint = "Write it as YYYY-MM-DD, for example 2023-04-06."
        raise UsageError(f"“{text}” is no calendar day.", hint, code="no_day", field="date") from None


def _bounds(text: str) -> tuple[date, date, Precision]:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text}” is no date; write 2018-02-01, 2018-02, 2018 or [2018-01-01..2018-03-31]")
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31), "year"
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
        return date(year, month, day), date(year, month, day), "day"
    except ValueError:
        raise ValueError(f"“{text}” does not exist in the calendar") from None


def _range_text(earliest: date, latest: date) -> str:
    lower = "" if earliest == date.min else earliest.isoformat()
    upper = "" if latest == date.max else latest.isoformat()
    return f"[{lower}..{upper}]"
