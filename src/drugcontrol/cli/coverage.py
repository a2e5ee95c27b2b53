"""``drugcontrol coverage``: what is held, from which text, for which days."""

from pathlib import Path

import click

from drugcontrol.cli import options
from drugcontrol.report.text import print_coverage
from drugcontrol.report.words import Language, Words


@click.command()
@options.places_option
@options.language_option
@options.law_option
def coverage(places: str, language: Language, edition: Path | None) -> None:
    """Show which lists are held, for which families and days, how complete and how well known."""
    law = options.open_law(edition)
    screen = options.console()
    for place in options.read_places(law, places):
        print_coverage(law, place, Words.of(language), screen)
