"""The parts of a question as people write them: places, kinds, destination. The command line and the web read alike."""

from datetime import UTC, date, datetime
from functools import cache
from typing import cast, get_args

from drugcontrol.errors import UsageError
from drugcontrol.law.model import KINDS, OTHER_CODES, Law
from drugcontrol.law.rows import Family, Kind

FAMILIES: tuple[Family, ...] = get_args(Family)


def today() -> date:
    """Give the current day, in UTC."""
    return datetime.now(tz=UTC).date()


def read_places(law: Law, text: str) -> tuple[str, ...]:
    """Give the codes that were asked for, each once; all that are held for ``all``.

    Raises
    ------
    UsageError
        When a code is not held, or none is given.
    """
    if text == "all":
        return tuple(law.jurisdictions)
    asked = _parts(text)
    if not asked:
        hint = "Write codes, for example CN,US, or leave them out for all."
        raise UsageError("The list of places is empty.", hint, code="no_place", field="in")
    return tuple(dict.fromkeys(law.place(part) for part in asked))


def read_kinds(text: str) -> tuple[Kind, ...]:
    """Give the kinds of control that were asked for; none means all.

    Raises
    ------
    UsageError
        When a word is no kind.
    """
    asked = _parts(text)
    for part in asked:
        if part not in KINDS:
            hint = f"Write one or more of {', '.join(KINDS)}."
            raise UsageError(f"“{part}” is no kind of control.", hint, code="no_kind", field="kind")
    return tuple(dict.fromkeys(cast(Kind, part) for part in asked))


def read_destination(code: str) -> str:
    """Give the country code of a destination; empty when none was given.

    Raises
    ------
    UsageError
        When it is no code of ISO 3166.
    """
    wanted = code.strip().upper()
    country = OTHER_CODES.get(wanted, wanted)
    if country and country not in _countries():
        hint = "Write the two letters of ISO 3166, for example MX."
        raise UsageError(f"“{code}” is no country code.", hint, code="no_country", field="to")
    return country


def read_family(text: str) -> Family | None:
    """Give the family that was asked for; None when none was.

    Raises
    ------
    UsageError
        When no such family is held.
    """
    if not text:
        return None
    if text not in FAMILIES:
        hint = f"Held are: {', '.join(FAMILIES)}."
        raise UsageError(f"“{text}” is no family.", hint, code="no_family", field="family")
    return text


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(" ", ",").split(",") if part]


@cache
def _countries() -> frozenset[str]:
    """Give the codes of countries and territories; private and group codes are none."""
    from babel import Locale  # slow to load, and few need it

    codes = {str(code) for code in Locale("en").territories}
    return frozenset({code for code in codes if len(code) == 2} - {"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB"})
