"""Options that several commands share, and what they are turned into."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

import click

from drugcontrol.dates import parse_day
from drugcontrol.law.load import load_law
from drugcontrol.law.model import KINDS, OTHER_CODES, Law
from drugcontrol.law.rows import LANGUAGES, Family, Kind

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])

FAMILIES: tuple[Family, ...] = get_args(Family)


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; a UsageError of the package says what is wrong."""
        del param, ctx
        return value if isinstance(value, date) else parse_day(str(value))


def today() -> date:
    """Give the current day, in UTC."""
    return datetime.now(tz=UTC).date()


def day_option(function: F) -> F:
    """Add ``--date``."""
    text = "Law as it stood on that day (default: today)."
    return click.option("--date", "day", type=Day(), default=None, help=text)(function)


def places_option(function: F) -> F:
    """Add ``--in``."""
    text = "Places, separated by commas: UN,CN,US,MX,CA,GB,DE,NL,IE,EU,CH ... (default: all)."
    return click.option("--in", "places", default="all", metavar="CODES", help=text)(function)


def law_option(function: F) -> F:
    """Add ``--law``."""
    text = "Answer with another edition of the law (see “law export”)."
    return click.option("--law", "edition", type=click.Path(path_type=Path), default=None, help=text)(function)


def language_option(function: F) -> F:
    """Add ``--lang``."""
    text = "Language of the answer."
    return click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", help=text)(function)


def kinds_option(function: F) -> F:
    """Add ``--kind``."""
    text = f"Only these kinds of control, separated by commas: {', '.join(KINDS)}."
    return click.option("--kind", "kinds", default="", metavar="KINDS", help=text)(function)


def family_option(function: F) -> F:
    """Add ``--family``."""
    text = "Only registered substances of this family (default: all)."
    return click.option("--family", type=click.Choice(FAMILIES), default=None, help=text)(function)


def read_places(law: Law, text: str) -> tuple[str, ...]:
    """Give the codes that were asked for, each once; all that are held when none was."""
    if text == "all":
        return tuple(law.jurisdictions)
    asked = [part for part in text.replace(" ", ",").split(",") if part]
    if not asked:
        raise click.UsageError("--in names no place: write codes, for example CN,US, or leave it out for all.")
    return tuple(dict.fromkeys(law.place(part) for part in asked))


def read_kinds(text: str) -> tuple[Kind, ...]:
    """Give the kinds that were asked for."""
    asked = [part for part in text.replace(" ", ",").split(",") if part]
    for part in asked:
        if part not in KINDS:
            raise click.UsageError(f"--kind {part}: write one or more of {', '.join(KINDS)}.")
    return tuple(cast(Kind, part) for part in asked)


def read_destination(code: str) -> str:
    """Give the country code of a destination; empty when none was given."""
    wanted = code.strip().upper()
    if wanted and not (len(wanted) == 2 and wanted.isalpha()):
        raise click.UsageError(f"--to {code}: write the two letters of ISO 3166, for example MX.")
    country = OTHER_CODES.get(wanted, wanted)
    if country and country not in _countries():
        raise click.UsageError(f"--to {code}: there is no such country code in ISO 3166.")
    return country


def _countries() -> set[str]:
    """Give the codes of countries and territories; private and group codes are none."""
    from babel import Locale  # slow to load, and few need it

    codes = {str(code) for code in Locale("en").territories}
    return {code for code in codes if len(code) == 2} - {"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB"}


def open_law(edition: Path | None) -> Law:
    """Load the edition asked for."""
    return load_law(edition)


def console() -> "Console":
    """Open standard output for text; lines are not cut when they go to a file or pipe."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() else 200
    return Console(width=wide, highlight=False, soft_wrap=not sys.stdout.isatty())


def page() -> "Console":
    """Open standard output for a page of text: 100 columns, or those of a narrower terminal."""
    from rich.console import Console

    width = 100
    return Console(width=min(width, Console().width) if sys.stdout.isatty() else width, highlight=False)
