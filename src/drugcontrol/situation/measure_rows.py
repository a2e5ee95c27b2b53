"""The YAML of measures, as written. ``docs/measures.md`` is its description for people."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from drugcontrol.law.rows import Known, Row, Text

MeasureKind = Literal[
    "treatment",
    "naloxone",
    "drug-checking",
    "supervised-consumption",
    "overdose-help",
    "prevention",
    "possession",
    "prescription",
    "licensing",
    "inspection",
    "reporting",
    "trade",
    "notification",
    "postal",
    "equipment",
    "industry",
    "detection",
    "prohibition",
]
"""What a measure is about; the list is closed, in the order in which kinds are shown."""

Side = Literal["demand", "supply"]
"""``demand``: treatment, harm reduction, prevention. ``supply``: medicines, chemicals, machines, trade, post."""

KINDS: tuple[MeasureKind, ...] = get_args(MeasureKind)

_DEMAND = KINDS[: KINDS.index("prescription")]

SIDES: Mapping[MeasureKind, Side] = {kind: "demand" if kind in _DEMAND else "supply" for kind in KINDS}


class InstrumentRow(Row, frozen=True, kw_only=True):
    """The act that carries a measure.

    Attributes
    ----------
    name : str
        In its own language, or in English.
    number : str
        Official identifier: a number of a gazette, law, order or document; empty where none was read.
    address : str
        Official address: of the act where one is known, else of the authority's collection.
    """

    name: str
    number: str = ""
    address: str


class MeasureRow(Row, frozen=True, kw_only=True):
    """One dated measure of domestic regulation or demand reduction.

    Attributes
    ----------
    decided, published, effective, until : str
        Days in the notation of `drugcontrol.dates`; ``until`` is the last day. One of the first three is given at
        least.
    says : Text
        One sentence in our own words.
    within : Text
        The part of the place to which it is confined, for example a province.
    read : tuple of str
        Addresses of what was read.
    """

    id: str
    kind: MeasureKind
    title: Text
    instrument: InstrumentRow
    decided: str = ""
    published: str = ""
    effective: str = ""
    until: str = ""
    says: Text
    known: Known
    read: tuple[str, ...]
    read_on: str
    within: Text = msgspec.field(default_factory=dict)
    note: Text = msgspec.field(default_factory=dict)


class MeasureFile(Row, frozen=True, kw_only=True):
    """A file of ``data/measures``: one place.

    Attributes
    ----------
    covers : Text
        What was looked for, and that the rest is not held.
    """

    jurisdiction: str
    covers: Text
    measures: tuple[MeasureRow, ...]
