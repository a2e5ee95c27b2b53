"""The law beside the figures: the acts by which places brought a family under control, as they were public on a day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drugcontrol.dates import LegalDate
from drugcontrol.law import Law
from drugcontrol.law.history import Change, Event, history
from drugcontrol.law.model import ClassRule, Listing
from drugcontrol.law.rows import Family

By = Literal["name", "class"]


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that an act, or the end of one, did in a place on one day.

    Attributes
    ----------
    by : {"name", "class"}
        Whether substances were named, or a class described.
    count : int
        How many listings, or texts of class rules, it touched.
    act : str
        Its name; empty where control ran out by itself.
    """

    place: str
    on: LegalDate
    by: By
    change: Change
    count: int
    act: str
    address: str


def acts(law: Law, family: Family, places: Collection[str], day: date) -> list[Act]:
    """Give the acts on a family that were in force by a day, place by place, oldest first.

    Acts that were public by `day` and take effect later are left out: the strip stands under figures of the past.
    """
    listings = [item for item in law.listings if family in item.substance.families]
    rules = [item for item in law.rules if item.rule.families[0] == family]
    controls: list[Listing | ClassRule] = [*listings, *rules]
    groups: dict[tuple[str, By, str, str, str], list[Event]] = defaultdict(list)
    for event in history(law, controls, places):
        public = event.provision is None or event.provision.known_from is None or event.provision.public_on(day)
        if event.on.earliest <= day and public:
            by: By = "class" if isinstance(event.control, ClassRule) else "name"
            act = event.provision.row.id if event.provision else ""
            groups[event.jurisdiction, by, event.change, act, event.on.text].append(event)
    found = [_act(events) for events in groups.values()]
    order = {place: index for index, place in enumerate(places)}
    return sorted(found, key=lambda item: (order[item.place], item.on.earliest, item.by, item.change, item.act))


def _act(events: list[Event]) -> Act:
    first = events[0]
    row = first.provision.row if first.provision else None
    return Act(
        place=first.jurisdiction,
        on=first.on,
        by="class" if isinstance(first.control, ClassRule) else "name",
        change=first.change,
        count=len(events),
        act=row.act if row else "",
        address=row.address if row else "",
    )
