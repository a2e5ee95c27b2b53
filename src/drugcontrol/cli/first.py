"""``drugcontrol first``: who controlled a family as a class first."""

from pathlib import Path

import click
import msgspec

from drugcontrol.check import NOTICE
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.law.first import first_controls, without_class_control
from drugcontrol.law.rows import Family
from drugcontrol.report.first import first_row, print_first
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
    law, today, words = options.open_law(edition), options.today(), Words.of(language)
    found = first_controls(law, family)
    without = without_class_control(law, family, today)
    if picture is not None:
        title = words("reading", "any", family=words("family", family))
        save(picture, svg(title, of_first(law, family, today, words), today, law.edition_name, words))
    if as_json:
        row = {
            "edition": law.edition_name,
            "family": family,
            "readings": {reading: first_row(controls) for reading, controls in found.items()},
            "without": [{"jurisdiction": place, "lists_held": state} for place, state in without.items()],
            "notice": NOTICE,
        }
        click.echo(msgspec.json.format(msgspec.json.encode(row), indent=2).decode())
        return
    print_first(family, found, without, words, options.console())
