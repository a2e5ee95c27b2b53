"""Official lists that are at hand as tables, put into the rows that official files are read into."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialFile, OfficialRow, compare

LISTS = Path(__file__).parent / "lists"
SHARED = Path(__file__).parents[3] / "shared/sources"
"""The collection from which the lists were copied; the copies are used where it is not at hand."""


def table(name: str, whole: str) -> list[dict[str, str]]:
    path = SHARED / whole if (SHARED / whole).exists() else LISTS / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def official(instrument: str, day: str, rows: Iterable[OfficialRow]) -> OfficialFile:
    """Give a list as if a reader had read it, with every heading that it has."""
    read = tuple(rows)
    return OfficialFile(
        format="table",
        title=instrument,
        address="",
        instruments=(instrument,),
        text_of=date.fromisoformat(day),
        rows=read,
        schedules=frozenset(row.schedule for row in read),
    )


def differences(law: Law, file: OfficialFile) -> set[tuple[str, str]]:
    """Compare both ways: what one side has and the other not, other items, other days."""
    told = set()
    for change in compare(law, file):
        entry = change.row.printed if change.row else change.listing.id if change.listing else change.apart.printed  # type: ignore[union-attr]
        told.add((change.reason, entry))
    return told
