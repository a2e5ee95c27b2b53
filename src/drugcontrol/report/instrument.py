"""An instrument as it stands on a day, entry by entry, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from drugcontrol.check import NOTICE
from drugcontrol.dates import Certainty, Period
from drugcontrol.law.model import Law, Listing, weakest
from drugcontrol.law.rows import InstrumentRow, Known, ScheduleRow


@dataclass(frozen=True)
class Entry:
    """A listing that stands on a day.

    Attributes
    ----------
    run : Period
        The unbroken time of control around the day.
    known : Known
        The weakest of what the entry and its acts rest on.
    """

    listing: Listing
    run: Period
    known: Known


def entries_on(law: Law, instrument: InstrumentRow, day: date) -> Iterator[tuple[ScheduleRow, list[Entry], int]]:
    """Give each schedule with its entries of a day, by name, and the number of those of all times."""
    listings = [item for item in law.listings if item.instrument is instrument]
    for schedule in instrument.schedules:
        own = [item for item in listings if item.schedule is schedule]
        standing = [entry for item in own for entry in _standing(item, day)]
        yield schedule, sorted(standing, key=lambda entry: entry.listing.substance.name.casefold()), len(own)


def _standing(item: Listing, day: date) -> Iterator[Entry]:
    _, provisions = item.in_force(day)
    known = weakest([item.row.known, *(provision.row.known for provision in provisions)])
    yield from (Entry(item, run, known) for run in item.runs() if run.covers(day) is not Certainty.NO)


def entry_values(entry: Entry) -> dict[str, str]:
    """Give an entry as flat texts, for CSV and JSON."""
    row, run = entry.listing.row, entry.run
    return {
        "schedule": entry.listing.schedule.id,
        "item": row.item,
        "substance": entry.listing.substance.id,
        "name": entry.listing.substance.name,
        "listing": entry.listing.id,
        "from": run.first.text,
        "until": run.last.text if run.last else "",
        "known": entry.known,
    }


def instrument_answer(law: Law, instrument: InstrumentRow, day: date) -> Mapping[str, Any]:
    """Give an instrument of a day as plain values."""
    return {
        "edition": law.edition_name,
        "as_of": day.isoformat(),
        "id": instrument.id,
        "jurisdiction": instrument.jurisdiction,
        "title": instrument.title,
        "official_id": instrument.official_id,
        "official_address": instrument.official_address,
        "entries": [entry_values(entry) for _, entries, _ in entries_on(law, instrument, day) for entry in entries],
        "notice": NOTICE,
    }
