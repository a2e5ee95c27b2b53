"""Options that several commands share, and what they are turned into."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from drugcontrol.check.question import FAMILIES
from drugcontrol.dates import LegalDate, parse_day
from drugcontrol.errors import UsageError
from drugcontrol.law.load import load_law
from drugcontrol.law.model import KINDS, Law
from drugcontrol.law.rows import LANGUAGES

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; a UsageError of the package says what is wrong."""
        del param, ctx
        return value if isinstance(value, date) else parse_day(str(value))


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


def open_law(edition: Path | None) -> Law:
    """Load the edition asked for."""
    return load_law(edition)


def print_json(content: Any) -> None:
    """Print plain values or an answer as JSON, indented."""
    click.echo(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())


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


class Bound(click.ParamType[LegalDate]):
    """A day, a month or a year."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> LegalDate:
        """Read the date; a UsageError of the package says what is wrong."""
        del param, ctx
        if isinstance(value, LegalDate):
            return value
        try:
            return LegalDate.parse(str(value))
        except ValueError as error:
            raise UsageError(f"{error}.", "Write 2023-04-06, 2023-04 or 2023.") from None
