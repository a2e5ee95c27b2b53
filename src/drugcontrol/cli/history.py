"""``drugcontrol history``: every change of the status of one substance."""

from pathlib import Path

import click
import msgspec

from drugcontrol.check import Checker, identify
from drugcontrol.check.findings import Recognised
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.errors import UnknownName
from drugcontrol.law.history import Event
from drugcontrol.law.history import history as changes
from drugcontrol.law.model import ClassRule, Listing, Substance
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

    Class rules that take it in stand beside the listings that name it; what a rule leaves open is marked for review.
    """
    law = options.open_law(edition)
    checker = Checker.of(law)
    found, recognised = _registered(checker, substance)
    open_to_review = {hit.rule.id for hit in recognised.classes if hit.questions}
    controls: list[Listing | ClassRule] = [*law.listings_of(found.id), *(hit.rule for hit in recognised.classes)]
    asked, words = options.read_places(law, places), Words.of(language)
    events = changes(law, controls, asked)
    if picture is not None:
        drawn = {(event.jurisdiction, event.control.id): event.control for event in events}
        spans = of_controls([(place, control) for (place, _), control in drawn.items()], options.today(), words)
        save(picture, svg(f"{found.name} · {words('word', 'edition', edition=law.edition_name)}", spans, words))
    if as_json:
        rows = [event_row(event) | {"review": event.control.id in open_to_review} for event in events]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    print_history(found.name, events, open_to_review, words, options.console())


def event_row(event: Event) -> dict[str, str | bool]:
    """Give a change as flat values, for JSON."""
    control = event.control
    return {
        "jurisdiction": event.jurisdiction,
        "on": event.on.text,
        "change": event.change,
        "basis": "listing" if isinstance(control, Listing) else "class",
        "substance": control.substance.id if isinstance(control, Listing) else "",
        "kind": control.schedule.kind,
        "instrument": control.instrument.id,
        "schedule": control.schedule.id,
        "item": control.row.item,
        "act": event.provision.row.act if event.provision else "",
        "known": event.provision.row.known if event.provision else "",
    }


def _registered(checker: Checker, text: str) -> tuple[Substance, Recognised]:
    asked = identify(text, checker.names)
    recognised = checker.recognise(asked)
    if asked.substance is not None:
        return asked.substance, recognised
    if not recognised.matches:
        message = "This structure is no registered substance. This is no clearance."
        raise UnknownName(message, "Use “check” for structures.")
    return recognised.matches[0].substance, recognised
