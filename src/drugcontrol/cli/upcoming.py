"""``drugcontrol upcoming``: law enacted and not yet in force, temporary control about to end."""

from datetime import date
from pathlib import Path

import click
import msgspec

from drugcontrol.cli import options
from drugcontrol.cli.history import event_row
from drugcontrol.law.history import upcoming as changes_to_come
from drugcontrol.report.text import print_upcoming
from drugcontrol.report.words import Language, Words


@click.command()
@click.option("--within", "days", type=click.IntRange(1, 36_500), default=365, show_default=True, help="Days ahead.")
@options.day_option
@options.places_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@options.language_option
@options.law_option
def upcoming(days: int, day: date | None, places: str, as_json: bool, language: Language, edition: Path | None) -> None:
    """Show law that is enacted but not yet in force, and temporary control that is about to end."""
    law = options.open_law(edition)
    events = changes_to_come(law, options.read_places(law, places), day or options.today(), days)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode([event_row(event) for event in events]), indent=2).decode())
        return
    print_upcoming(events, Words.of(language), options.console())
