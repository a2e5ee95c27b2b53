"""``drugcontrol check``: one substance, one day."""

import sys
from datetime import date
from pathlib import Path
from typing import get_args

import click
import msgspec

from drugcontrol.check import Checker, identify
from drugcontrol.check.identify import ReadAs
from drugcontrol.cli import options
from drugcontrol.errors import ReadError
from drugcontrol.report.text import print_answer
from drugcontrol.report.words import Language, Words

_STRUCTURE_FILES = {".mol", ".sdf", ".smi", ".inchi"}


@click.command()
@click.argument("substance")
@options.day_option
@options.places_option
@options.kinds_option
@click.option("--to", default="", metavar="COUNTRY", help="Destination, for export control that depends on it.")
@click.option("--as", "read_as", type=click.Choice(get_args(ReadAs)), default=None, help="Read SUBSTANCE as this.")
@click.option("--sources", is_flag=True, help="Print the address of every source.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON (schema in the package).")
@options.language_option
@options.law_option
def check(
    substance: str,
    day: date | None,
    places: str,
    kinds: str,
    to: str,
    read_as: ReadAs | None,
    sources: bool,
    as_json: bool,
    language: Language,
    edition: Path | None,
) -> None:
    """Say whether SUBSTANCE is controlled, where, by what and since when.

    SUBSTANCE is a name (any language held), a CAS number, an HS or CN code, a SMILES, InChI or InChIKey, or a molfile
    on disk. Give "-" to read it from standard input: a confidential structure then stays out of the list of processes.
    """
    law = options.open_law(edition)
    checker = Checker.of(law)
    answer = checker.check(
        identify(_text(substance), checker.names, read_as),
        day or options.today(),
        options.read_places(law, places),
        options.read_kinds(kinds),
        options.read_destination(to),
    )
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
        return
    print_answer(answer, Words.of(language), options.console(), sources=sources)


def _text(substance: str) -> str:
    if substance == "-":
        return sys.stdin.read()
    path = Path(substance)
    if path.suffix.lower() not in _STRUCTURE_FILES:
        return substance
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ReadError(f"There is no file {path}.", "Check the path.") from None
    except (OSError, UnicodeDecodeError):
        raise ReadError(f"{path} cannot be read as text.", "Give a molfile, a SMILES or an InChI in UTF-8.") from None
