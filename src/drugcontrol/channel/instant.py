"""Instants: whole seconds in UTC, as signed statements and key histories carry them."""

from datetime import UTC, datetime
from typing import Any

from drugcontrol.errors import ReadError

_LAST = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def seconds(moment: datetime) -> int:
    """Give POSIX seconds; parts of a second are dropped.

    Raises
    ------
    ReadError
        When the moment carries no time zone or lies before 1970.
    """
    if moment.tzinfo is None:
        raise ReadError("An instant without a time zone says nothing.", "Use datetime(..., tzinfo=UTC).")
    value = int(moment.timestamp())
    from_seconds(value)
    return value


def from_seconds(value: Any) -> datetime:
    """Read POSIX seconds as an aware UTC moment.

    Raises
    ------
    ReadError
        When the value is no integer from 1970 to 9999.
    """
    if type(value) is not int or not 0 <= value <= _LAST:
        raise ReadError("A time is not given as whole seconds between 1970 and 9999.")
    return datetime.fromtimestamp(value, UTC)


def text(moment: datetime) -> str:
    """Write a moment as ``2026-11-25T03:00:00Z``."""
    return from_seconds(seconds(moment)).strftime(_FORM)


def parse(written: Any) -> datetime:
    """Read ``2026-11-25T03:00:00Z`` and no other form.

    Raises
    ------
    ReadError
    """
    try:
        moment = datetime.strptime(written, _FORM).replace(tzinfo=UTC)
        if text(moment) == written:
            return moment
    except (TypeError, ValueError):
        pass
    raise ReadError("A time is not written as in 2026-11-25T03:00:00Z.")
