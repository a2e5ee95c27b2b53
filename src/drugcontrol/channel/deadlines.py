"""Deadlines: from a rule such as ``P10WD@XB`` and the working days of a place to one absolute instant.

The sender fixes the instant and names the digest of the days it counted, so a later decree on holidays cannot move a
deadline that was signed.

::

    P15D          15 calendar days       P10WD@XB      10 working days of XB
    PT72H         72 hours               P10WD@XA+XB   10 days that are working days of both
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.errors import UsageError

Unit = Literal["hours", "days", "working days"]

_RULE = re.compile(
    r"P(?:T(?P<hours>\d{1,4})H|(?P<days>\d{1,3})D|(?P<working>\d{1,3})WD@(?P<places>[A-Z]{2}(?:\+[A-Z]{2})*))"
)
_LONGEST = 3 * 366
"""Days after which the search for working days in common ends."""
_CURE = "Write PT72H (hours), P15D (calendar days) or P10WD@XB (working days of XB), with a number above 0."


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which a time to answer runs.

    Attributes
    ----------
    places : tuple of str
        Whose working days count; a day counts only if it is a working day in all of them.
    """

    text: str
    number: int
    unit: Unit
    places: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a rule.

        Raises
        ------
        UsageError
            When the text is no such rule.
        """
        match = _RULE.fullmatch(text)
        number = int(match["hours"] or match["days"] or match["working"]) if match else 0
        if match is None or number == 0:
            raise UsageError(f"“{text}” is no rule for a deadline.", _CURE)
        if match["working"]:
            return cls(text, number, "working days", tuple(dict.fromkeys(match["places"].split("+"))))
        return cls(text, number, "hours" if match["hours"] else "days")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an answer is due.

    Attributes
    ----------
    starts_at, due_at : datetime
        Instants in UTC; the answer is in time if it comes before `due_at`.
    days : str
        Every day that was looked at with what it was in each place, one a line; empty for hours and calendar days.
    calendar_digest : str
        SHA-256 of `days` as UTF-8, in hexadecimal; empty where no calendar was used.
    estimated : tuple of date
        Days off among them that are computed, not announced: their date may still move.
    """

    rule: str
    zone: str
    starts_at: datetime
    due_at: datetime
    days: str = ""
    calendar_digest: str = ""
    estimated: tuple[date, ...] = ()


def deadline(
    rule: str, starts_at: datetime, zone: str, calendars: Mapping[str, WorkCalendar] | None = None
) -> Deadline:
    """Compute when an answer is due.

    Parameters
    ----------
    rule : str
        See the module.
    starts_at : datetime
        Aware instant at which the time begins to run. Days are counted from the day after it, in `zone`, and the
        last one counts whole; hours are counted from the instant itself.
    zone : str
        IANA time zone of the one who is to answer, for example ``Asia/Shanghai``.
    calendars : mapping of str to WorkCalendar, optional
        The calendars of the places in the rule; those not given come from the ``holidays`` package.

    Raises
    ------
    UsageError
        When the rule or the zone cannot be read, the instant has no offset, or no calendar of a place is known.
    """
    parsed = Rule.parse(rule)
    if starts_at.tzinfo is None:
        raise UsageError("The start of a deadline has no offset from UTC.", "Give an aware instant.")
    start = starts_at.astimezone(UTC)
    if parsed.unit == "hours":
        return Deadline(rule, zone, start, start + timedelta(hours=parsed.number))
    local = _zone(zone)
    first = start.astimezone(local).date()
    if parsed.unit == "days":
        return Deadline(rule, zone, start, _end_of(first + timedelta(days=parsed.number), local))
    given = calendars or {}
    used = [given.get(place) or WorkCalendar.of_country(place) for place in parsed.places]
    last = _last_working_day(first, parsed.number, used)
    looked_at = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    days = "".join(f"{day.isoformat()} {_states(day, parsed.places, used)}\n" for day in looked_at)
    return Deadline(
        rule,
        zone,
        start,
        _end_of(last, local),
        days,
        hashlib.sha256(days.encode()).hexdigest(),
        tuple(day for day in looked_at if any(calendar.is_estimated(day) for calendar in used)),
    )


def _last_working_day(first: date, number: int, calendars: Sequence[WorkCalendar]) -> date:
    day, left = first, number
    while left:
        day += timedelta(days=1)
        left -= all(calendar.is_working(day) for calendar in calendars)
        if (day - first).days > _LONGEST:
            raise UsageError("The places have too few working days in common.", "Use the working days of one of them.")
    return day


def _states(day: date, places: Sequence[str], calendars: Sequence[WorkCalendar]) -> str:
    pairs = zip(places, calendars, strict=True)
    return " ".join(f"{place}={calendar.state(day)}" for place, calendar in pairs)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the first instant after a day."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            f"“{name}” is no time zone.", "Write one of the IANA list, for example Asia/Shanghai."
        ) from None
