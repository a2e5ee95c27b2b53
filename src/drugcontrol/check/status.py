"""The legal status of a substance on a day, place by place: the one door by which other rooms ask about the law.

An answer of :class:`Checker` says everything that is held. What a notice or a claim carries is smaller and fixed in
form: for each place whether the substance was *scheduled* that day, by which entries, and what the answer rests on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from drugcontrol.check.answer import Checker
from drugcontrol.check.findings import Recognised
from drugcontrol.check.identify import Identified, identify
from drugcontrol.check.verdict import Finding, State, Status, Verdict
from drugcontrol.law.rows import Kind, Known, Text

__all__ = ["Checker", "Identified", "PlaceStatus", "Scheduled", "identify", "legal_status"]

Scheduled = Literal["yes", "no", "undecided"]
"""``no`` is said only where every list of that kind is held whole for that day."""


class StatusPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of a legal status: immutable, unknown keys refused."""


class StatusCitation(StatusPart, frozen=True, kw_only=True):
    """What an entry rests on."""

    title: str
    address: str = ""


class StatusClause(StatusPart, frozen=True, kw_only=True):
    """A clause of a class rule that is met, in our words."""

    id: str
    says: Text


class StatusEntry(StatusPart, frozen=True, kw_only=True):
    """One rule of law that reaches the substance that day, or is to.

    Attributes
    ----------
    status : {"controlled", "review", "pending"}
        ``review`` names its ``question``; ``pending``: decided or published by that day, not yet in force.
    gives_way : bool
        A class that by its own words gives way to a listing above: it is shown and decides nothing.
    since, until : str
        Unbroken time of control around the day, in the notation of :mod:`drugcontrol.dates`.
    acts : tuple of str
        By which it stands there.
    """

    status: Literal["controlled", "review", "pending"]
    kind: Kind
    law_of: str
    instrument: str
    instrument_title: Text
    schedule: str
    schedule_name: Text
    item: str = ""
    clauses: tuple[StatusClause, ...] = ()
    question: str = ""
    gives_way: bool = False
    since: str
    until: str = ""
    acts: tuple[str, ...]
    known: Known
    citations: tuple[StatusCitation, ...]


class KindAnswer(StatusPart, frozen=True, kw_only=True):
    """Whether a substance was under one kind of control, and how much of the lists of that kind is held."""

    kind: Kind
    scheduled: Scheduled
    coverage: State


class ListMissing(StatusPart, frozen=True, kw_only=True):
    """A list of the place that is not held whole for that day."""

    kind: Kind
    name: Text
    state: State
    missing: tuple[Text, ...]


class PlaceStatus(StatusPart, frozen=True, kw_only=True):
    """The legal status in one place on one day.

    Attributes
    ----------
    scheduled : Scheduled
        Over all kinds but ``export``: a licence that depends on the destination schedules nothing. ``yes`` as soon as
        one entry controls it; ``no`` only if every kind says no; else ``undecided``.
    coverage : {"complete", "partial", "none"}
        Complete only if every list of the place is.
    missing : tuple of ListMissing
        The lists that are not held whole: what the answer does not rest on.
    edition : str
        Version and digest of the law data that answered.
    """

    place: str
    name: Text
    as_of: str
    scheduled: Scheduled
    status: Status
    kinds: tuple[KindAnswer, ...]
    entries: tuple[StatusEntry, ...]
    pending: tuple[StatusEntry, ...]
    coverage: State
    missing: tuple[ListMissing, ...]
    notes: tuple[Text, ...]
    edition: str


def legal_status(
    checker: Checker, asked: Identified, day: date, places: Sequence[str], recognised: Recognised | None = None
) -> tuple[PlaceStatus, ...]:
    """Say for each place whether a substance was scheduled on a day, and what that rests on.

    Parameters
    ----------
    day : date
        Civil day of the place; effective days begin at 00:00.
    places : sequence of str
        Codes of ISO 3166, ``EU``, or ``UN`` for the conventions.
    recognised : Recognised, optional
        What the law knows the question as, where that was found out before.

    Returns
    -------
    tuple of PlaceStatus
        In the order of `places`.

    Raises
    ------
    UsageError
        When no law of a place is held.
    """
    codes = [checker.law.place(place) for place in places]
    answer = checker.check(asked, day, codes, recognised=recognised)
    return tuple(_place(verdict, answer.as_of, answer.edition) for verdict in answer.verdicts)


def _place(verdict: Verdict, as_of: str, edition: str) -> PlaceStatus:
    kinds = tuple(
        KindAnswer(kind=kind, scheduled=_scheduled(verdict, kind), coverage=verdict.coverage.by_kind.get(kind, "none"))
        for kind in _kinds(verdict)
    )
    return PlaceStatus(
        place=verdict.jurisdiction,
        name=verdict.name,
        as_of=as_of,
        scheduled=_over_all([answer.scheduled for answer in kinds if answer.kind != "export"]),
        status=verdict.status,
        kinds=kinds,
        entries=tuple(_entry(finding) for finding in verdict.findings),
        pending=tuple(_entry(finding) for finding in verdict.pending),
        coverage=verdict.coverage.state,
        missing=tuple(
            ListMissing(kind=held.kind, name=held.name, state=held.state, missing=held.missing)
            for held in verdict.coverage.lists
            if held.state != "complete"
        ),
        notes=verdict.notes,
        edition=edition,
    )


def _kinds(verdict: Verdict) -> list[Kind]:
    """Give the kinds of control of which the place has a list or an entry."""
    return list(dict.fromkeys([held.kind for held in verdict.coverage.lists] + [f.kind for f in verdict.findings]))


def _scheduled(verdict: Verdict, kind: Kind) -> Scheduled:
    found = {finding.status for finding in verdict.findings if finding.kind == kind and finding.role != "displaced"}
    if "controlled" in found:
        return "yes"
    if found or verdict.coverage.by_kind.get(kind) != "complete":
        return "undecided"
    return "no"


def _over_all(answers: Sequence[Scheduled]) -> Scheduled:
    if "yes" in answers:
        return "yes"
    return "no" if answers and all(answer == "no" for answer in answers) else "undecided"


def _entry(finding: Finding) -> StatusEntry:
    return StatusEntry(
        status=finding.status,
        kind=finding.kind,
        law_of=finding.law_of,
        instrument=finding.instrument,
        instrument_title=finding.instrument_title,
        schedule=finding.schedule,
        schedule_name=finding.schedule_name,
        item=finding.item,
        clauses=tuple(StatusClause(id=clause.id, says=clause.says) for clause in finding.clauses),
        question=finding.question,
        gives_way=finding.role == "displaced",
        since=finding.since,
        until=finding.until,
        acts=finding.provisions,
        known=finding.known,
        citations=tuple(StatusCitation(title=cited.title, address=cited.address) for cited in finding.citations),
    )
