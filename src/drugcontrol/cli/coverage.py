"""``drugcontrol coverage``: what is held, from which text, for which days."""

from pathlib import Path

import click

from drugcontrol.check.question import read_places
from drugcontrol.cli import options
from drugcontrol.report.coverage import print_coverage, print_summary
from drugcontrol.report.words import Language, Words


@click.command()
@options.places_option
@click.option("--summary", is_flag=True, help="One line a place.")
@options.language_option
@options.law_option
def coverage(places: str, summary: bool, language: Language, edition: Path | None) -> None:
    """Show which lists are held, for which families and days, how complete and how well known."""
    law = options.open_law(edition)
    screen, words = options.console(), Words.of(language)
    asked = read_places(law, places)
    if summary:
        print_summary(law, asked, words, screen)
        return
    for place in asked:
        print_coverage(law, place, words, screen)
