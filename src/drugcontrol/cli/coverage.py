"""``drugcontrol coverage``: what is held, from which text, for which days."""

from pathlib import Path

import click

from drugcontrol.check import NOTICE
from drugcontrol.check.question import read_places
from drugcontrol.cli import options
from drugcontrol.law.unresolved import unresolved
from drugcontrol.report.coverage import print_coverage, print_summary
from drugcontrol.report.unresolved import print_unresolved, unresolved_row
from drugcontrol.report.words import Language, Words


@click.command()
@options.places_option
@click.option("--summary", is_flag=True, help="One line a place.")
@click.option(
    "--unresolved",
    "only_unresolved",
    is_flag=True,
    help="The substances without a structure, or whose structure rests on one witness, by name and reason.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the unresolved substances as JSON.")
@options.language_option
@options.law_option
def coverage(
    places: str, summary: bool, only_unresolved: bool, as_json: bool, language: Language, edition: Path | None
) -> None:
    """Show which lists are held, for which families and days, how complete and how well known."""
    if summary and only_unresolved:
        raise click.UsageError("--summary and --unresolved are two answers: ask for one.")
    if as_json and not only_unresolved:
        raise click.UsageError("--json goes with --unresolved.")
    law = options.open_law(edition)
    screen, words = options.console(), Words.of(language)
    asked = read_places(law, places)
    if only_unresolved:
        rows = unresolved(law, None if places == "all" else asked)
        if as_json:
            shown = [unresolved_row(row, words) for row in rows]
            answer = {"edition": law.edition_name, "unresolved": shown, "notice": NOTICE}
            options.print_json(answer)
            return
        print_unresolved(law, rows, words, screen)
        return
    if summary:
        print_summary(law, asked, words, screen)
        return
    for place in asked:
        print_coverage(law, place, words, screen)
