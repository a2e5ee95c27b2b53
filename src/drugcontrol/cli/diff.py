"""``drugcontrol diff``: what became of the registered substances between two days."""

from datetime import date
from pathlib import Path

import click

from drugcontrol.check import Checker
from drugcontrol.check.change import changes
from drugcontrol.check.question import read_places
from drugcontrol.check.survey import Survey
from drugcontrol.cli import options
from drugcontrol.law.rows import Family
from drugcontrol.report.changes import changes_answer, not_held_whole, print_changes
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("earlier", type=options.Day())
@click.argument("later", type=options.Day())
@options.places_option
@options.family_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@options.language_option
@options.law_option
def diff(
    earlier: date,
    later: date,
    places: str,
    family: Family | None,
    as_json: bool,
    language: Language,
    edition: Path | None,
) -> None:
    """Show what became controlled, what ceased and what moved from the law of one day to that of a later day.

    The answers of "check" on both days, compared: registered substances by place, under the acts that made the
    difference.
    """
    if later < earlier:
        raise click.UsageError(f"{later} is before {earlier}: give the earlier day first.")
    law = options.open_law(edition)
    asked = read_places(law, places)
    survey = Survey(Checker.of(law))
    if as_json:
        options.print_json(changes_answer(survey, (earlier, later), asked, family))
        return
    changed = changes(survey, earlier, later, asked, family)
    in_part = not_held_whole(law, (earlier, later), asked, family)
    print_changes(changed, (earlier, later), asked, in_part, Words.of(language), options.console())
