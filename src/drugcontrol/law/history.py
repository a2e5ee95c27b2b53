"""Changes of the law over time: of one substance, and those still to come."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from drugcontrol.dates import LegalDate, Period
from drugcontrol.law.control import Provision
from drugcontrol.law.model import ClassRule, Law, Listing
from drugcontrol.law.rows import InstrumentRow

Change = Literal["begins", "continues", "ends", "removed", "membership_ends"]


@dataclass(frozen=True)
class Event:
    """Something that changed the control of a substance, or of a class, in a place.

    Attributes
    ----------
    change : {"begins", "continues", "ends", "removed", "membership_ends"}
        ``begins``: control starts, or starts again after a gap. ``continues``: a new provision takes over or extends.
        ``ends``: temporary control ran out; `on` is the last day. ``removed``: taken out; `on` is the first day
        without it.
        ``membership_ends``: the last day on which law of the group was law of the place.
    """

    jurisdiction: str
    on: LegalDate
    change: Change
    control: Listing | ClassRule
    provision: Provision | None


def history(law: Law, controls: Iterable[Listing | ClassRule], jurisdictions: Collection[str]) -> list[Event]:
    """Give every change that listings and class rules of one substance brought, by place, oldest first."""
    events = [event for control in controls for place in jurisdictions for event in _events(law, control, place)]
    order = {place: index for index, place in enumerate(jurisdictions)}
    return sorted(events, key=lambda event: (order[event.jurisdiction], event.on.earliest, event.control.id))


def upcoming(law: Law, jurisdictions: Collection[str], today: date, days: int) -> list[Event]:
    """Give the changes from the day after `today` within a number of days, soonest first.

    Law is taken as public on `today`: an act that was not yet decided or published then is left out. Ends of temporary
    control are given unless the control goes on by another provision.
    """
    horizon = today + min(timedelta(days=days), date.max - today)
    events = []
    controls: list[Listing | ClassRule] = [*law.listings, *law.rules]
    for place in jurisdictions:
        reaching = {row.id for row in law.instruments.values() if _own(row, place) or law.membership(row, place)}
        for control in controls:
            if control.instrument.id not in reaching:
                continue
            for event in _events(law, control, place):
                to_come = today < event.on.earliest <= horizon
                public = event.provision is None or event.provision.public_on(today)
                if to_come and public:
                    events.append(event)
    return sorted(events, key=lambda event: (event.on.earliest, event.jurisdiction, event.control.id))


def _events(law: Law, control: Listing | ClassRule, place: str) -> Iterator[Event]:
    memberships = law.membership(control.instrument, place)
    if _own(control.instrument, place):
        yield from _own_events(control, place)
    for membership in memberships:
        yield from _member_events(control, place, membership)


def _own(instrument: InstrumentRow, place: str) -> bool:
    return instrument.jurisdiction == place or place in instrument.applies_in


def _own_events(control: Listing | ClassRule, place: str) -> Iterator[Event]:
    previous: Period | None = None
    for provision, period in zip(control.chain, control.periods, strict=True):
        if previous is not None and previous.last is not None and _gap(previous.last, period.first):
            yield Event(place, previous.last, "ends", control, None)
            previous = None
        change: Change = "begins" if previous is None else "continues"
        yield Event(place, period.first, change, control, provision)
        if (
            previous is None
            or previous.last is None
            or period.last is None
            or period.last.latest > previous.last.latest
        ):
            previous = period
    if previous is not None and previous.last is not None:
        if control.removed_by is not None:
            yield Event(place, control.removed_by.effective, "removed", control, control.removed_by)
        else:
            yield Event(place, previous.last, "ends", control, None)


def _member_events(control: Listing | ClassRule, place: str, membership: Period) -> Iterator[Event]:
    for event in _own_events(control, place):
        ended = membership.last is not None and event.on.earliest > membership.last.latest
        if ended:
            break
        if event.on.latest < membership.first.earliest and event.change == "begins":
            yield Event(place, membership.first, event.change, control, event.provision)
        elif event.on.latest >= membership.first.earliest:
            yield event
    last = membership.last
    if last is not None and any(period.covers(last.latest).value != "no" for period in control.periods):
        yield Event(place, last, "membership_ends", control, None)


def _gap(last: LegalDate, first: LegalDate) -> bool:
    return first.earliest > last.day_after().latest
