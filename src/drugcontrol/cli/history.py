"""``drugcontrol history``: every change of the status of one substance."""

from pathlib import Path

import click
import msgspec

from drugcontrol.check.identify import identify
from drugcontrol.check.index import StructureIndex
from drugcontrol.cli import options
from drugcontrol.errors import UnknownName
from drugcontrol.law.history import Event
from drugcontrol.law.history import history as changes
from drugcontrol.law.model import Law, Substance
from drugcontrol.law.names import NameIndex
from drugcontrol.report.text import print_history
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("substance")
@options.places_option
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@options.language_option
@options.law_option
def history(substance: str, places: str, as_json: bool, language: Language, edition: Path | None) -> None:
    """Show every change of the control of a registered SUBSTANCE, place by place, oldest first."""
    law = options.open_law(edition)
    found = _registered(law, substance)
    events = changes(law, found.id, options.read_places(law, places))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode([event_row(event) for event in events]), indent=2).decode())
        return
    print_history(found.name, events, Words.of(language), options.console())


def event_row(event: Event) -> dict[str, str]:
    """Give a change as flat values, for JSON."""
    return {
        "jurisdiction": event.jurisdiction,
        "on": event.on.text,
        "change": event.change,
        "substance": event.listing.substance.id,
        "kind": event.listing.schedule.kind,
        "instrument": event.listing.instrument.id,
        "schedule": event.listing.schedule.id,
        "item": event.listing.row.item,
        "act": event.provision.row.act if event.provision else "",
        "known": event.provision.row.known if event.provision else "",
    }


def _registered(law: Law, text: str) -> Substance:
    asked = identify(text, NameIndex.of(law))
    if asked.substance is not None:
        return asked.substance
    matches = StructureIndex.of(law).matches(asked.molecule) if asked.molecule is not None else []
    if not matches:
        message = "This structure is no registered substance. This is no clearance."
        raise UnknownName(message, "Use “check” for structures.")
    return matches[0].substance
