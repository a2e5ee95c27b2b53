"""``drugcontrol diff``: what became of the registered substances between two days."""

from datetime import date
from pathlib import Path

import click
import msgspec

from drugcontrol.check import Checker
from drugcontrol.check.change import changes
from drugcontrol.check.survey import Survey
from drugcontrol.cli import options
from drugcontrol.report.survey import change_row, print_changes
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("earlier", type=options.Day())
@click.argument("later", type=options.Day())
@options.places_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@options.language_option
@options.law_option
def diff(earlier: date, later: date, places: str, as_json: bool, language: Language, edition: Path | None) -> None:
    """Show what became controlled, what ceased and what moved from the law of one day to that of a later day."""
    if later < earlier:
        raise click.UsageError(f"{later} is before {earlier}: give the earlier day first.")
    law = options.open_law(edition)
    changed = list(changes(Survey(Checker.of(law)), earlier, later, options.read_places(law, places)))
    if as_json:
        rows = [change_row(row) for row in changed]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    print_changes(changed, Words.of(language), options.console())
