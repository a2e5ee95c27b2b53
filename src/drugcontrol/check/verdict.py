"""The shape of an answer. These types are the JSON that the package prints; their schema ships with it."""

from typing import Literal, Self

import msgspec

from drugcontrol.law.rows import Kind, Known, SubstanceRow, Text

Status = Literal["controlled", "review", "not_listed", "not_held"]
State = Literal["complete", "partial", "none"]


class Part(msgspec.Struct, frozen=True):
    """Base of all parts of an answer."""


class Reason(Part, frozen=True, kw_only=True):
    """Why a finding says what it says: a code and what to fill in, put into words by :mod:`drugcontrol.report`."""

    code: str
    params: dict[str, str] = {}


class Citation(Part, frozen=True, kw_only=True):
    """What a finding rests on."""

    title: str
    address: str
    read: str


class Clause(Part, frozen=True, kw_only=True):
    """A clause of a class rule that the structure meets, in our words."""

    id: str
    says: Text


class Finding(Part, frozen=True, kw_only=True):
    """One rule of law that reaches the substance, or may.

    Attributes
    ----------
    status : {"controlled", "review", "pending"}
        ``pending``: decided or published by the day asked about, not yet in force.
    role : {"governs", "also", "displaced"}
        ``displaced``: a class that by its own words gives way to the listing that governs.
    basis : {"listing", "class"}
    substance : str
        Id of the registered substance; empty for a structure that only a class takes in.
    listing : str
        Id of the listing or of the class rule.
    clauses : tuple of Clause
        The clauses of a class rule that are met.
    rulings : tuple of str
        Acts by which an authority or court closed a question that the text of a class leaves open.
    kind : Kind
        Kind of control.
    since, until : str
        Unbroken time of control around the day, last day included; ``until`` is empty while no end is known.
        ``from`` in JSON.
    forms : tuple of str
        As which form of the listed substance: salt, hydrate, isotope, tautomer, stereoisomer, mixture.
    question : str
        Code of the open question of a ``review``, else empty.
    component : int
        Which part of a structure of several, counted from 1; 0 when it is all of it.
    known : Known
        The weakest fact that matters on the day.
    """

    status: Literal["controlled", "review", "pending"]
    role: Literal["governs", "also", "displaced"] = "also"
    basis: Literal["listing", "class"] = "listing"
    kind: Kind
    substance: str
    listing: str
    law_of: str
    instrument: str
    instrument_title: Text
    schedule: str
    schedule_name: Text
    item: str = ""
    clauses: tuple[Clause, ...] = ()
    rulings: tuple[str, ...] = ()
    question: str = ""
    provisions: tuple[str, ...]
    since: str = msgspec.field(name="from")
    until: str = ""
    forms: tuple[str, ...] = ()
    component: int = 0
    only_to: tuple[str, ...] = ()
    wording: str = ""
    conditions: str = ""
    known: Known
    citations: tuple[Citation, ...]
    reason: Reason


class ListState(Part, frozen=True, kw_only=True):
    """One list of a place and how much of it is held."""

    kind: Kind
    instrument: str
    schedule: str
    name: Text
    state: State
    text_of: str
    missing: tuple[Text, ...]


class Coverage(Part, frozen=True, kw_only=True):
    """What an answer rests on: the lists of the place that day.

    Attributes
    ----------
    state : {"complete", "partial", "none"}
        Complete only if every list of the kinds asked about is.
    by_kind : dict
        The same for each kind of control.
    """

    state: State
    by_kind: dict[str, State]
    lists: tuple[ListState, ...]


class Verdict(Part, frozen=True, kw_only=True):
    """The answer for one place on one day.

    Attributes
    ----------
    controlled_since : str
        Since when it has been controlled without a break, from list to list; empty when it is not controlled.
    """

    jurisdiction: str
    name: Text
    status: Status
    controlled_since: str = ""
    findings: tuple[Finding, ...]
    pending: tuple[Finding, ...]
    coverage: Coverage
    notes: tuple[Text, ...]

    @property
    def shown_status(self) -> str:
        """Give the status, with a negative from a partial list told apart: it is no "no"."""
        partial = self.status == "not_listed" and self.coverage.state != "complete"
        return "not_listed_partial" if partial else self.status


class SubstanceShown(Part, frozen=True, kw_only=True):
    """A registered substance, as answers show it."""

    id: str
    name: str
    names: dict[str, tuple[str, ...]]
    cas: tuple[str, ...]
    families: tuple[str, ...]
    inchikey: str
    structure_grade: str

    @classmethod
    def of(cls, row: SubstanceRow) -> Self:
        """Show a row of the register."""
        return cls(
            id=row.id,
            name=row.name,
            names=row.names,
            cas=row.cas,
            families=row.families,
            inchikey=row.structure.inchikey if row.structure else "",
            structure_grade=row.structure.grade if row.structure else "",
        )


class Query(Part, frozen=True, kw_only=True):
    """What was asked and how it was read. ``text`` is empty for structures: they stay out of logs and files."""

    text: str
    read_as: Literal["name", "cas", "customs_code", "inchikey", "smiles", "inchi", "molfile"]
    to: str = ""
    kinds: tuple[Kind, ...] = ()


class Answer(Part, frozen=True, kw_only=True):
    """The whole answer: one substance, one day, every place asked about."""

    query: Query
    as_of: str
    edition: str
    substance: SubstanceShown | None
    verdicts: tuple[Verdict, ...]
    notice: Text
