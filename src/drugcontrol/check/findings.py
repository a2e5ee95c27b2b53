"""From what was recognised to findings: extent, dates, destination and precedence, decided once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from drugcontrol.check.classes import ClassHit
from drugcontrol.check.continuity import settled
from drugcontrol.check.index import Match
from drugcontrol.check.reach import reach
from drugcontrol.check.verdict import Citation, Clause, Finding, Reason
from drugcontrol.chem import Relation
from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.law.control import Provision
from drugcontrol.law.model import ClassRule, Law, Listing, weakest
from drugcontrol.law.rows import RuleTextRow


@dataclass(frozen=True)
class Asked:
    """Where, when and for which destination an answer is wanted."""

    place: str
    day: date
    to: str = ""


@dataclass(frozen=True)
class Recognised:
    """What a question was recognised as: registered substances, and classes that its structure is or may be in."""

    matches: tuple[Match, ...] = ()
    classes: tuple[ClassHit, ...] = ()


@dataclass(frozen=True)
class _Grounds:
    """Why a listing or class rule reaches what was asked for; the rest of a finding depends on law and day alone."""

    control: Listing | ClassRule
    code: str
    question: str = ""
    substance: str = ""
    name: str = ""
    forms: tuple[str, ...] = ()
    component: int = 0
    clauses: tuple[Clause, ...] = ()
    rulings: tuple[str, ...] = ()
    only_to: tuple[str, ...] = ()
    wording: str = ""
    conditions: str = ""
    params: dict[str, str] = field(default_factory=dict)


def findings(law: Law, recognised: Recognised, asked: Asked) -> Iterator[Finding]:
    """Give every finding and every pending one, in no order; a class that gives way to a listing is displaced."""
    listed = settled(
        [(item.control, finding) for item in _listed(law, recognised.matches) for finding in _at(law, item, asked)]
    )
    yield from listed
    hits = {(hit.rule.id, hit.component): hit for hit in recognised.classes}
    in_class = [(hit.rule, finding) for hit in recognised.classes for finding in _at(law, _in_class(hit), asked)]
    for finding in settled(in_class):
        yield _placed(finding, hits[finding.listing, finding.component], listed)


def certain_controls(law: Law, recognised: Recognised) -> Iterator[Listing | ClassRule]:
    """Give every listing and class rule, of all days, that reaches what was recognised without a question."""
    for grounds in (*_listed(law, recognised.matches), *map(_in_class, recognised.classes)):
        if not grounds.question and not grounds.only_to:
            yield grounds.control


def other_destinations(law: Law, recognised: Recognised, asked: Asked) -> tuple[str, ...]:
    """Give the destinations, other than the one asked about, to which alone an export is controlled on the day."""
    if not asked.to:
        return ()
    elsewhere = (
        grounds.only_to
        for grounds in _listed(law, recognised.matches)
        if grounds.only_to
        and asked.to not in grounds.only_to
        and law.applies(grounds.control.instrument, asked.place, asked.day) is not Certainty.NO
        and grounds.control.in_force(asked.day)[0] is not Certainty.NO
    )
    return tuple(dict.fromkeys(code for codes in elsewhere for code in codes))


def _listed(law: Law, matches: Sequence[Match]) -> Iterator[_Grounds]:
    same = {match.substance.id for match in matches if match.relation is Relation.SAME}
    named = _named_itself(law, matches)
    for match in matches:
        for listing in law.listings_of(match.substance.id):
            if "tautomer" in match.forms and (listing.instrument.id, match.component) in named:
                continue
            reached = reach(listing, match)
            if not reached.reached or not same.isdisjoint(listing.row.excludes):
                continue
            row = listing.row
            by_words_only = "" if same.isdisjoint(row.doubtful) else "by_words_only"
            by_name = "named_for_destination" if listing.only_to else "named"
            yield _Grounds(
                control=listing,
                code="by_wording" if row.wording else by_name,
                question=match.question or reached.question or by_words_only,
                substance=match.substance.id,
                name=match.substance.name,
                forms=(*match.forms, *filter(None, [reached.form])),
                component=match.component,
                only_to=listing.only_to,
                wording=row.wording,
                conditions=row.conditions,
            )


def _named_itself(law: Law, matches: Sequence[Match]) -> set[tuple[str, int]]:
    """Give the instruments that name the substance itself, at any time: to them a tautomer of it is another one."""
    return {
        (listing.instrument.id, match.component)
        for match in matches
        if match.relation is Relation.SAME and "tautomer" not in match.forms
        for listing in law.listings_of(match.substance.id)
    }


def _in_class(hit: ClassHit) -> _Grounds:
    return _Grounds(
        control=hit.rule,
        code="class_by_ruling" if hit.closed else "class",
        question=hit.questions[0] if hit.questions else "",
        substance=hit.substance,
        forms=hit.forms,
        component=hit.component,
        clauses=tuple(Clause(id=clause.id, says=clause.says) for clause in hit.clauses),
        rulings=hit.closed,
        params={"rulings": "; ".join(hit.closed)},
    )


def _placed(finding: Finding, hit: ClassHit, listed: Sequence[Finding]) -> Finding:
    """Mark a class finding as displaced where a listing to which the rule gives way stands that day."""
    displaced = any(
        own.status == "controlled" and own.instrument in hit.rule.row.gives_way_to and own.component == hit.component
        for own in listed
    )
    if not displaced:
        return finding
    code = "class_displaced" if finding.reason.code == "class" else finding.reason.code
    reason = msgspec.structs.replace(finding.reason, code=code)
    return msgspec.structs.replace(finding, role="displaced", reason=reason)


def _at(law: Law, grounds: _Grounds, asked: Asked) -> Iterator[Finding]:
    """Give the finding of a place and day, if the law stands there or is to come."""
    control = grounds.control
    applies = law.applies(control.instrument, asked.place, asked.day)
    if applies is Certainty.NO:
        return
    if grounds.only_to and asked.to and asked.to not in grounds.only_to:
        return
    in_force, provisions = control.in_force(asked.day)
    if in_force is Certainty.NO:
        yield from _pending(law, grounds, asked)
        return
    question = _first(
        grounds.question,
        "date_in_doubt" if Certainty.OPEN in (in_force, applies) else "",
        "destination_not_given" if grounds.only_to and not asked.to else "",
    )
    span = _within(control.span(asked.day), law.membership(control.instrument, asked.place), asked.day)
    yield _finding(law, grounds, provisions, span, question)


def _pending(law: Law, grounds: _Grounds, asked: Asked) -> Iterator[Finding]:
    control = grounds.control
    for provision, period in zip(control.chain, control.periods, strict=True):
        to_come = period.first.earliest > asked.day
        not_removed = period.last is None or period.last.latest >= period.first.earliest
        if to_come and not_removed and provision.public_on(asked.day):
            yield _finding(law, grounds, (provision,), period, "", pending=True)
            return


def _finding(
    law: Law,
    grounds: _Grounds,
    provisions: tuple[Provision, ...],
    span: Period,
    question: str,
    *,
    pending: bool = False,
) -> Finding:
    control = grounds.control
    instrument, schedule, row = control.instrument, control.schedule, control.row
    cited = dict.fromkeys([*row.sources, *(source for provision in provisions for source in provision.row.sources)])
    acts = tuple(provision.row.act for provision in provisions)
    params = {
        **_names(law, grounds),
        "act": "; ".join(acts),
        "since": span.first.text,
        "until": span.last.text if span.last else "",
        "wording": grounds.wording,
        "destinations": ", ".join(grounds.only_to),
        **grounds.params,
    }
    return Finding(
        status="pending" if pending else "review" if question else "controlled",
        basis="class" if isinstance(control, ClassRule) else "listing",
        kind=schedule.kind,
        substance=grounds.substance,
        listing=control.id,
        law_of=instrument.jurisdiction,
        instrument=instrument.id,
        instrument_title=instrument.title,
        schedule=schedule.id,
        schedule_name=row.title if isinstance(row, RuleTextRow) else schedule.name,
        item=row.item,
        clauses=grounds.clauses,
        rulings=grounds.rulings,
        question=question,
        provisions=acts,
        since=span.first.text,
        until=span.last.text if span.last else "",
        forms=grounds.forms,
        component=grounds.component,
        only_to=grounds.only_to,
        wording=grounds.wording,
        conditions=grounds.conditions,
        known=weakest([row.known, *(provision.row.known for provision in provisions)]),
        citations=tuple(_citation(law, control, source) for source in cited),
        reason=Reason(
            code="pending" if pending else question or grounds.code,
            params={key: value for key, value in params.items() if value},
        ),
    )


def _names(law: Law, grounds: _Grounds) -> dict[str, str]:
    """Give what the finding is about: the substance as each language names it, else the class."""
    if not grounds.substance:
        row = grounds.control.row
        return {"substance": row.title["en"] if isinstance(row, RuleTextRow) else ""}
    substance = law.substances[grounds.substance]
    others = {f"substance_{language}": names[0] for language, names in substance.names.items() if language != "en"}
    return {"substance": grounds.name or substance.name, **others}


def _citation(law: Law, control: Listing | ClassRule, source_id: str) -> Citation:
    source = law.source(control.instrument, source_id)
    return Citation(title=source.title, address=source.address, read=source.read)


def _within(span: Period, memberships: tuple[Period, ...], day: date) -> Period:
    """Cut a time of control to the time in which the group's law is law of the place."""
    membership = next((item for item in memberships if item.covers(day) is not Certainty.NO), None)
    if membership is None:
        return span
    first = max(span.first, membership.first, key=lambda item: item.earliest)
    ends: list[LegalDate] = [end for end in (span.last, membership.last) if end is not None]
    return Period(first, min(ends, key=lambda item: item.latest) if ends else None)


def _first(*questions: str) -> str:
    return next((question for question in questions if question), "")
