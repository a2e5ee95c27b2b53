"""``drugcontrol diff``: what became of the registered substances between two days."""

from datetime import date
from pathlib import Path

import click
import msgspec

from drugcontrol.check import NOTICE, Checker
from drugcontrol.check.change import changes
from drugcontrol.check.survey import Survey
from drugcontrol.cli import options
from drugcontrol.law.coverage import held_whole
from drugcontrol.law.rows import Family
from drugcontrol.report.changes import change_row, print_changes
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
    asked = options.read_places(law, places)
    changed = list(changes(Survey(Checker.of(law)), earlier, later, asked, family))
    families = None if family is None else (family,)
    in_part = [place for place in asked for day in (earlier, later) if not held_whole(law, place, day, families)]
    if as_json:
        row = {
            "edition": law.edition_name,
            "from": earlier.isoformat(),
            "to": later.isoformat(),
            "family": family or "",
            "places": [{"jurisdiction": place, "at_least": place in in_part} for place in asked],
            "changes": [change_row(item) for item in changed],
            "notice": NOTICE,
        }
        click.echo(msgspec.json.format(msgspec.json.encode(row), indent=2).decode())
        return
    print_changes(changed, (earlier, later), asked, in_part, Words.of(language), options.console())
