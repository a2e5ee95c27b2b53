"""``drugcontrol first``: who controlled a family as a class first."""

from pathlib import Path

import click
import msgspec

from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.law.first import first_controls
from drugcontrol.law.rows import Family
from drugcontrol.report.survey import first_row, print_first
from drugcontrol.report.timeline import of_first, svg
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("family", type=click.Choice(options.FAMILIES))
@picture_option("Draw class control of the family on one axis of time, a row for each text.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@options.language_option
@options.law_option
def first(family: Family, picture: Path | None, as_json: bool, language: Language, edition: Path | None) -> None:
    """Show which places controlled FAMILY as a class, in order, under each reading of "class control"."""
    law = options.open_law(edition)
    found, words = first_controls(law, family), Words.of(language)
    if picture is not None:
        title = words("reading", "any", family=family)
        save(picture, svg(title, of_first(law, family, options.today(), words), words))
    if as_json:
        rows = {reading: first_row(controls) for reading, controls in found.items()}
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    print_first(family, found, words, options.console())
