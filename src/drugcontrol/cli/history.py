"""``drugcontrol history``: every change of the status of one substance."""

from collections.abc import Collection, Iterable
from pathlib import Path

import click
import msgspec

from drugcontrol.check import Checker, identify
from drugcontrol.check.classes import ClassHit
from drugcontrol.check.findings import Recognised
from drugcontrol.cli import options
from drugcontrol.cli.pictures import picture_option, save
from drugcontrol.errors import UnknownName
from drugcontrol.law.history import Event
from drugcontrol.law.history import history as changes
from drugcontrol.law.model import ClassRule, Law, Listing, Substance
from drugcontrol.report.text import print_history
from drugcontrol.report.timeline import of_controls, svg
from drugcontrol.report.words import Language, Standing, Words


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
    asked, words, today = options.read_places(law, places), Words.of(language), options.today()
    standing = standings(law, found, recognised.classes)
    events = changes(law, controls, asked)
    if picture is not None:
        drawn = {(event.jurisdiction, event.control.id): event.control for event in events}
        rows = [(place, control) for (place, _), control in drawn.items()]
        spans = of_controls(rows, standing, today, words)
        save(picture, svg(found.name, spans, today, law.edition_name, words))
    if as_json:
        shown = [event_row(event) | _flags(standing.get(event.control.id, ())) for event in events]
        click.echo(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
        return
    print_history(found.name, events, standing, words, options.console())


def standings(law: Law, substance: Substance, hits: Iterable[ClassHit]) -> dict[str, tuple[Standing, ...]]:
    """Say of the class rules that take in a substance which give way to its listing, and which are open to review."""
    naming = {listing.instrument.id for listing in law.listings_of(substance.id)}
    found: dict[str, tuple[Standing, ...]] = {}
    for hit in hits:
        gives_way: tuple[Standing, ...] = () if naming.isdisjoint(hit.rule.row.gives_way_to) else ("gives_way",)
        found[hit.rule.id] = (*gives_way, "review") if hit.questions else gives_way
    return found


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


def _flags(standing: Collection[Standing]) -> dict[str, str | bool]:
    return {"review": "review" in standing, "gives_way": "gives_way" in standing}


def _registered(checker: Checker, text: str) -> tuple[Substance, Recognised]:
    asked = identify(text, checker.names)
    recognised = checker.recognise(asked)
    if asked.substance is not None:
        return asked.substance, recognised
    if not recognised.matches:
        message = "This structure is no registered substance. This is no clearance."
        raise UnknownName(message, "Use “check” for structures.")
    return recognised.matches[0].substance, recognised
