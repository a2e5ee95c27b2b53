"""``drugcontrol first``: who controlled a family as a class first."""

from datetime import date
from pathlib import Path

import click

from drugcontrol.check.question import FAMILIES, today
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.law.first import first_controls, without_class_control
from drugcontrol.law.rows import Family
from drugcontrol.report.first import first_answer, print_first
from drugcontrol.report.timeline import of_first, svg
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("family", type=click.Choice(FAMILIES))
@picture_option("Draw class control of the family on one axis of time, a row for each place.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@options.day_option
@options.language_option
@options.law_option
def first(
    family: Family, picture: Path | None, as_json: bool, day: date | None, language: Language, edition: Path | None
) -> None:
    """Show which places controlled FAMILY as a class, in order, under each reading of "class control".

    With --date only what had begun on that day counts; else what has begun up to today.
    """
    law, day, words = options.open_law(edition), day or today(), Words.of(language)
    if picture is not None:
        title = words("reading", "any", family=words("family", family))
        save(picture, svg(title, of_first(law, family, day, words), day, law.edition_name, words))
    if as_json:
        options.print_json(first_answer(law, family, day))
        return
    found = first_controls(law, family, day)
    print_first(family, found, without_class_control(law, family, day), words, options.console())
