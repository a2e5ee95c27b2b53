"""``drugcontrol check``: one substance, one day."""

import sys
from datetime import date
from pathlib import Path
from typing import get_args

import click

from drugcontrol.check import Answer, Checker, Identified, identify
from drugcontrol.check.identify import ReadAs
from drugcontrol.check.question import read_destination, read_kinds, read_places, today
from drugcontrol.chem import read_smiles
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.errors import ReadError
from drugcontrol.report.text import print_answer
from drugcontrol.report.words import Language, Words

_MAX_INPUT = 1_000_000
"""Characters that are read of one substance; no structure that is compared comes near."""

_STRUCTURE_FILES = {".mol", ".sdf", ".smi", ".inchi"}


@click.command()
@click.argument("substance")
@options.day_option
@options.places_option
@options.kinds_option
@click.option("--to", default="", metavar="COUNTRY", help="Destination, for export control that depends on it.")
@click.option("--as", "read_as", type=click.Choice(get_args(ReadAs)), default=None, help="Read SUBSTANCE as this.")
@click.option("--sources", is_flag=True, help="Print the address of every source.")
@picture_option("Draw what is controlled or under review, each change coloured by clause, with a legend.")
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
    picture: Path | None,
    as_json: bool,
    language: Language,
    edition: Path | None,
) -> None:
    """Say whether SUBSTANCE is controlled, where, by what and since when.

    SUBSTANCE is a name (any language held), a CAS number, an HS or CN code, a SMILES, InChI or InChIKey, or a molfile
    on disk. Give "-" to read it from standard input: a confidential structure then stays out of the list of processes.

    --picture is of one place: the first of those asked about in which a class rule reaches the substance, else the
    first in which a list does. Name the place with --in.
    """
    law = options.open_law(edition)
    checker = Checker.of(law)
    asked = identify(_text(substance), checker.names, read_as)
    answer = checker.check(
        asked,
        day or today(),
        read_places(law, places),
        read_kinds(kinds),
        read_destination(to),
    )
    words = Words.of(language)
    if as_json:
        options.print_json(answer)
    else:
        print_answer(answer, words, options.console(), sources=sources)
    if picture is not None:
        _draw(picture, answer, asked, checker, words)


def _draw(path: Path, answer: Answer, asked: Identified, checker: Checker, words: Words) -> None:
    """Write the picture; a negative has none, and the sentence says no more than that."""
    from drugcontrol.report.picture import picture as draw  # slow to import, and most answers have no picture
    from drugcontrol.report.picture import subject

    of = subject(answer, checker.recognise(asked).classes)
    mol = asked.molecule
    if mol is None and asked.substance is not None and asked.substance.structure is not None:
        mol = read_smiles(asked.substance.structure.smiles)
    if of is None or mol is None:
        click.echo(f"{path}: {words('picture', 'none' if of is None else 'no_structure')}", err=True)
        return
    save(path, draw(answer, of, mol, words))
    click.echo(f"{path}: {words('picture', 'written', place=words.text(of.verdict.name))}", err=True)


def _text(substance: str) -> str:
    if substance == "-":
        return _one(sys.stdin.read(_MAX_INPUT))
    path = Path(substance)
    if path.suffix.lower() not in _STRUCTURE_FILES:
        return substance
    try:
        with path.open(encoding="utf-8") as file:
            return _one(file.read(_MAX_INPUT))
    except FileNotFoundError:
        raise ReadError(f"There is no file {path}.", "Check the path.") from None
    except (OSError, UnicodeDecodeError):
        raise ReadError(f"{path} cannot be read as text.", "Give a molfile, a SMILES or an InChI in UTF-8.") from None


def _one(text: str) -> str:
    """Refuse a file of several structures: only the first would be answered."""
    records = [part for part in text.split("$$$$") if part.strip()]
    if len(records) > 1:
        raise ReadError("The input holds several structures.", "Use “screen” for a file of them.")
    return records[0] if records else ""
