"""``drugcontrol history``: every change of the status of one substance."""

from pathlib import Path

import click

from drugcontrol.check import Checker, identify
from drugcontrol.check.findings import Recognised
from drugcontrol.check.question import read_places, today
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.errors import UnknownName
from drugcontrol.law.history import history as changes
from drugcontrol.law.model import ClassRule, Listing, Substance
from drugcontrol.report.events import history_rows, standings
from drugcontrol.report.text import print_history
from drugcontrol.report.timeline import of_controls, svg
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
    controls: list[Listing | ClassRule] = [*law.listings_of(found.id), *(hit.rule for hit in recognised.classes)]
    asked, words, day = read_places(law, places), Words.of(language), today()
    standing = standings(law, found, recognised.classes)
    events = changes(law, controls, asked)
    if picture is not None:
        drawn = {(event.jurisdiction, event.control.id): event.control for event in events}
        rows = [(place, control) for (place, _), control in drawn.items()]
        spans = of_controls(rows, standing, day, words)
        save(picture, svg(found.name, spans, day, law.edition_name, words))
    if as_json:
        options.print_json(history_rows(events, standing))
        return
    print_history(found.name, events, standing, words, options.console())


def _registered(checker: Checker, text: str) -> tuple[Substance, Recognised]:
    asked = identify(text, checker.names)
    recognised = checker.recognise(asked)
    if asked.substance is not None:
        return asked.substance, recognised
    if not recognised.matches:
        message = "This structure is no registered substance. This is no clearance."
        raise UnknownName(message, "Use “check” for structures.")
    return recognised.matches[0].substance, recognised
