"""``drugcontrol compare``: what one place controls and another does not."""

from datetime import date
from pathlib import Path

import click

from drugcontrol.check import Checker
from drugcontrol.check.compare import compare as compared
from drugcontrol.check.question import today
from drugcontrol.check.survey import Survey
from drugcontrol.cli import options
from drugcontrol.law.rows import Family
from drugcontrol.report.comparison import comparison_row, print_comparison
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("first", metavar="PLACE")
@click.argument("second", metavar="PLACE")
@options.day_option
@options.family_option
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@options.language_option
@options.law_option
def compare(
    first: str,
    second: str,
    day: date | None,
    family: Family | None,
    as_json: bool,
    language: Language,
    edition: Path | None,
) -> None:
    """Compare two places over the registered substances: by count, by list, class rules on top.

    A count says "at least" where lists are held in part, and names what is missing. What is under review is counted
    apart.
    """
    law = options.open_law(edition)
    places = (law.place(first), law.place(second))
    comparison = compared(Survey(Checker.of(law)), *places, day or today(), family)
    if as_json:
        row = {"edition": law.edition_name, **comparison_row(comparison)}
        options.print_json(row)
        return
    print_comparison(comparison, law.edition_name, Words.of(language), options.console())
