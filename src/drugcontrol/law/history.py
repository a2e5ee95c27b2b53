"""Changes of the law over time: of one substance, and those still to come."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from drugcontrol.dates import LegalDate, Period
from drugcontrol.law.control import Provision
from drugcontrol.law.model import Law, Listing

Change = Literal["begins", "continues", "ends", "removed", "membership_ends"]


@dataclass(frozen=True)
class Event:
    """Something that changed the control of a substance in a place.

    Attributes
    ----------
    change : {"begins", "continues", "ends", "removed", "membership_ends"}
        ``begins``: control starts, or starts again after a gap. ``continues``: a new provision takes over or extends.
        ``ends``: temporary control ran out; `on` is the last day. ``removed``: taken out; `on` is the last day.
        ``membership_ends``: the last day on which law of the group was law of the place.
    """

    jurisdiction: str
    on: LegalDate
    change: Change
    listing: Listing
    provision: Provision | None


def history(law: Law, substance_id: str, jurisdictions: Collection[str]) -> list[Event]:
    """Give every change of the status of a substance, oldest first."""
    events = [
        event
        for place in jurisdictions
        for listing in law.listings_of(substance_id)
        for event in _events(law, listing, place)
    ]
    return sorted(events, key=lambda event: (event.jurisdiction, event.on.earliest, event.listing.id))


def upcoming(law: Law, jurisdictions: Collection[str], today: date, days: int) -> list[Event]:
    """Give the changes from the day after `today` within a number of days, soonest first.

    Law is taken as public on `today`: an act that was not yet decided or published then is left out. Ends of temporary
    control are given unless the control goes on by another provision.
    """
    horizon = today + timedelta(days=days)
    events = []
    for place in jurisdictions:
        for listing in law.listings:
            for event in _events(law, listing, place):
                to_come = today < event.on.latest and event.on.earliest <= horizon
                public = event.provision is None or event.provision.public_on(today)
                if to_come and public:
                    events.append(event)
    return sorted(events, key=lambda event: (event.on.earliest, event.jurisdiction, event.listing.id))


def _events(law: Law, listing: Listing, place: str) -> Iterator[Event]:
    own = listing.instrument.jurisdiction == place or place in listing.instrument.applies_in
    memberships = law.membership(listing.instrument, place)
    if own:
        yield from _own_events(listing, place)
    for membership in memberships:
        yield from _member_events(listing, place, membership)


def _own_events(listing: Listing, place: str) -> Iterator[Event]:
    previous: Period | None = None
    for provision, period in zip(listing.chain, listing.periods, strict=True):
        if previous is not None and previous.last is not None and _gap(previous.last, period.first):
            yield Event(place, previous.last, "ends", listing, None)
            previous = None
        change: Change = "begins" if previous is None else "continues"
        yield Event(place, period.first, change, listing, provision)
        if (
            previous is None
            or previous.last is None
            or period.last is None
            or period.last.latest > previous.last.latest
        ):
            previous = period
    if previous is not None and previous.last is not None:
        change = "removed" if listing.removed_by is not None else "ends"
        yield Event(place, previous.last, change, listing, listing.removed_by)


def _member_events(listing: Listing, place: str, membership: Period) -> Iterator[Event]:
    for event in _own_events(listing, place):
        ended = membership.last is not None and event.on.earliest > membership.last.latest
        if ended:
            break
        if event.on.latest < membership.first.earliest and event.change == "begins":
            yield Event(place, membership.first, event.change, listing, event.provision)
        elif event.on.latest >= membership.first.earliest:
            yield event
    last = membership.last
    if last is not None and any(period.covers(last.latest).value != "no" for period in listing.periods):
        yield Event(place, last, "membership_ends", listing, None)


def _gap(last: LegalDate, first: LegalDate) -> bool:
    return first.earliest > last.day_after().latest
