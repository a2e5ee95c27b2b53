"""Changes of the law over time as plain values, and what is said of class rules beside a substance."""

from collections.abc import Iterable, Mapping, Sequence

from drugcontrol.check.classes import ClassHit
from drugcontrol.law.history import Event
from drugcontrol.law.model import Law, Listing, Substance
from drugcontrol.report.words import Standing

EventRow = dict[str, str | bool]


def standings(law: Law, substance: Substance, hits: Iterable[ClassHit]) -> dict[str, tuple[Standing, ...]]:
    """Say of the class rules that take in a substance which give way to its listing, and which are open to review."""
    naming = {listing.instrument.id for listing in law.listings_of(substance.id)}
    found: dict[str, tuple[Standing, ...]] = {}
    for hit in hits:
        gives_way: tuple[Standing, ...] = () if naming.isdisjoint(hit.rule.row.gives_way_to) else ("gives_way",)
        found[hit.rule.id] = (*gives_way, "review") if hit.questions else gives_way
    return found


def event_row(event: Event) -> EventRow:
    """Give a change as flat values, for JSON."""
    return {**event_values(event)}


def event_values(event: Event) -> dict[str, str]:
    """Give a change as flat texts, for CSV."""
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


def history_rows(events: Iterable[Event], standing: Mapping[str, Sequence[Standing]]) -> list[EventRow]:
    """Give the changes of one substance as flat values, each with what is said of its class rule."""
    rows = []
    for event in events:
        said = standing.get(event.control.id, ())
        rows.append(event_row(event) | {"review": "review" in said, "gives_way": "gives_way" in said})
    return rows
