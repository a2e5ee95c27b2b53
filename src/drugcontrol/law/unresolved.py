"""Registered substances whose structure is not known, or not from two independent witnesses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from drugcontrol.law.model import Law, Substance

Lack = Literal["none", "single", "skeleton"]
"""No structure; one witness only; two witnesses for the skeleton and one for the stereochemistry."""

LACKS: tuple[Lack, ...] = ("none", "single", "skeleton")


@dataclass(frozen=True)
class Unresolved:
    """A registered substance with what its structure lacks.

    Attributes
    ----------
    witnesses : tuple of str
        The lists and data sets that agree with the structure.
    outvoted : tuple of str
        Those that print another one.
    named_in : tuple of str
        Codes of the jurisdictions in whose lists it is named, now or in the past.
    """

    substance: Substance
    lack: Lack
    witnesses: tuple[str, ...]
    outvoted: tuple[str, ...]
    named_in: tuple[str, ...]


def unresolved(law: Law, places: Collection[str] | None = None) -> list[Unresolved]:
    """Give every substance whose structure is missing or does not rest on two independent witnesses.

    Parameters
    ----------
    places : collection of str, optional
        Only substances that lists of these jurisdictions name; None for every registered one.
    """
    rows = [
        _row(law, substance, lack) for substance in law.substances.values() if (lack := _lack(substance)) is not None
    ]
    wanted = [row for row in rows if places is None or not set(places).isdisjoint(row.named_in)]
    return sorted(wanted, key=lambda row: (LACKS.index(row.lack), row.substance.id))


def _lack(substance: Substance) -> Lack | None:
    if substance.structure is None:
        return "none"
    grade = substance.structure.grade
    return None if grade == "full" else grade


def _row(law: Law, substance: Substance, lack: Lack) -> Unresolved:
    witnesses = substance.structure.witnesses if substance.structure else ()
    speaking = [witness for witness in witnesses if witness.printed or witness.inchikey]
    named_in = {listing.instrument.jurisdiction for listing in law.listings_of(substance.id)}
    return Unresolved(
        substance=substance,
        lack=lack,
        witnesses=tuple(dict.fromkeys(witness.list for witness in speaking if not witness.outvoted)),
        outvoted=tuple(dict.fromkeys(witness.list for witness in speaking if witness.outvoted)),
        named_in=tuple(place for place in law.jurisdictions if place in named_in),
    )
