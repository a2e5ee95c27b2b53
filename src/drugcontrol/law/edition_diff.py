"""Two editions of the law, row by row: what was added, removed and changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from drugcontrol.law.rows import Edition, InstrumentRow

Group = Literal[
    "jurisdiction", "substance", "instrument", "source", "schedule", "provision", "listing", "apart", "coverage", "rule"
]
Kind = Literal["added", "removed", "changed"]
_PARTS: tuple[tuple[Group, str], ...] = (
    ("source", "sources"),
    ("schedule", "schedules"),
    ("provision", "provisions"),
    ("listing", "listings"),
    ("apart", "apart"),
    ("coverage", "coverage"),
)


@dataclass(frozen=True)
class RowChange:
    """One row that differs between two editions.

    Attributes
    ----------
    id : str
        Of the row; behind the id of its instrument where it is unique only there.
    keys : tuple of str
        The keys that differ, of a changed row.
    before, after : mapping or None
        The row as written; None where it is not there.
    """

    kind: Kind
    group: Group
    id: str
    keys: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def edition_changes(earlier: Edition, later: Edition) -> tuple[RowChange, ...]:
    """Compare two editions row by row; a row that only moved to another file or place has not changed."""
    old, new = dict(_rows(earlier)), dict(_rows(later))
    changes = []
    for place in sorted(old.keys() | new.keys()):
        before, after = old.get(place), new.get(place)
        if before == after:
            continue
        kind: Kind = "added" if before is None else "removed" if after is None else "changed"
        changes.append(RowChange(kind, *place, _differing(before, after), before, after))
    return tuple(changes)


def _differing(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    return tuple(sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key)))


def _rows(edition: Edition) -> Iterator[tuple[tuple[Group, str], Mapping[str, Any]]]:
    for jurisdiction in edition.jurisdictions:
        yield ("jurisdiction", jurisdiction.id), msgspec.to_builtins(jurisdiction)
    for substance in edition.substances:
        yield ("substance", substance.id), msgspec.to_builtins(substance)
    for rule in edition.rules:
        yield ("rule", rule.id), msgspec.to_builtins(rule)
    for instrument in edition.instruments:
        yield from _instrument(instrument)


def _instrument(instrument: InstrumentRow) -> Iterator[tuple[tuple[Group, str], Mapping[str, Any]]]:
    row = msgspec.to_builtins(instrument)
    parts = {group: row.pop(key, ()) for group, key in _PARTS}
    yield ("instrument", instrument.id), row
    for group, rows in parts.items():
        for part in rows:
            yield (group, f"{instrument.id}/{_name(group, part)}"), part


def _name(group: Group, row: Mapping[str, Any]) -> str:
    """Name a row within its instrument; coverage and entries set apart have no id and go by what they are about."""
    match group:
        case "coverage":
            return f"{row['schedule']} {'+'.join(row['families'])} {row['from']}"
        case "apart":
            return f"{row['schedule']} {row.get('item', '')} {row['printed']}"
        case _:
            return str(row["id"])
