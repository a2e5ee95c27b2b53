"""``drugcontrol history``: every change of the status of one substance."""

from pathlib import Path

import click

from drugcontrol.check import Checker, identify
from drugcontrol.check.findings import Recognised
from drugcontrol.check.question import read_places, today
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.errors import UnknownName
from drugcontrol.law.model import Substance
from drugcontrol.report.past import past_of
from drugcontrol.report.text import print_history
from drugcontrol.report.timeline import svg
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("substance")
@options.places_option
@picture_option("Draw the times of control on one axis, a row for each list.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@options.language_option
@options.law_option
def history(
    substance: str, places: str, picture: Path | None, as_json: bool, language: Language, edition: Path | None
) -> None:
    """Show every change of the control of a registered SUBSTANCE, place by place, oldest first.

    Class rules that take it in stand beside the listings that name it; it is said of a rule that it gives way to the
    listing, or that it leaves a question open.
    """
    law = options.open_law(edition)
    checker = Checker.of(law)
    found, recognised = _registered(checker, substance)
    words, day = Words.of(language), today()
    past = past_of(law, found, recognised, read_places(law, places), day, words)
    if picture is not None:
        save(picture, svg(found.name, past.spans, day, law.edition_name, words))
    if as_json:
        options.print_json(past.rows())
        return
    print_history(found.name, past.events, past.standing, words, options.console())


def _registered(checker: Checker, text: str) -> tuple[Substance, Recognised]:
    asked = identify(text, checker.names)
    recognised = checker.recognise(asked)
    if asked.substance is not None:
        return asked.substance, recognised
    if not recognised.matches:
        message = "This structure is no registered substance. This is no clearance."
        raise UnknownName(message, "Use “check” for structures.")
    return recognised.matches[0].substance, recognised
