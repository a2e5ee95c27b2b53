"""``drugcontrol upcoming``: law enacted and not yet in force, temporary control about to end."""

from datetime import date
from pathlib import Path

import click

from drugcontrol.check.question import read_places, today
from drugcontrol.cli import options
from drugcontrol.law.history import upcoming as changes_to_come
from drugcontrol.report.events import event_row
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
    events = changes_to_come(law, read_places(law, places), day or today(), days)
    if as_json:
        options.print_json([event_row(event) for event in events])
        return
    print_upcoming(events, Words.of(language), options.console())
