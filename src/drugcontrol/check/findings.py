"""From a matched substance and a listing to a finding: extent, dates and destination, decided once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drugcontrol.check.index import Match
from drugcontrol.check.verdict import Citation, Finding, Reason
from drugcontrol.chem import Relation
from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.law.model import Law, Listing, Provision, weakest
from drugcontrol.law.rows import Known


@dataclass(frozen=True)
class Asked:
    """Where, when and for which destination an answer is wanted."""

    place: str
    day: date
    to: str = ""


@dataclass(frozen=True)
class _Reach:
    """Whether a listing reaches a form of its substance: no, or yes with the question that is open, if any."""

    reached: bool
    question: str = ""
    form: str = ""


_NOT_REACHED = _Reach(reached=False)


def findings(law: Law, matches: list[Match], asked: Asked) -> Iterator[Finding]:
    """Give every finding and every pending one for the matched substances, in no order."""
    same = {match.substance.id for match in matches if match.relation is Relation.SAME}
    for match in matches:
        for listing in law.listings_of(match.substance.id):
            if same.isdisjoint(listing.row.excludes):
                yield from _of_listing(law, listing, match, asked)


def _of_listing(law: Law, listing: Listing, match: Match, asked: Asked) -> Iterator[Finding]:
    reach = _reach(listing, match)
    applies = law.applies(listing.instrument, asked.place, asked.day)
    if not reach.reached or applies is Certainty.NO:
        return
    if listing.row.only_to and asked.to and asked.to not in listing.row.only_to:
        return
    in_force, provisions = listing.in_force(asked.day)
    if in_force is Certainty.NO:
        yield from _pending(law, listing, match, asked, reach)
        return
    question = _first(
        match.question,
        "date_in_doubt" if Certainty.OPEN in (in_force, applies) else "",
        reach.question,
        "destination_not_given" if listing.row.only_to and not asked.to else "",
    )
    span = _within(listing.span(asked.day), law.membership(listing.instrument, asked.place), asked.day)
    yield _finding(law, listing, match, reach, provisions, span, question)


def _pending(law: Law, listing: Listing, match: Match, asked: Asked, reach: _Reach) -> Iterator[Finding]:
    for provision, period in zip(listing.chain, listing.periods, strict=True):
        to_come = period.first.earliest > asked.day
        not_removed = period.last is None or period.last.latest >= period.first.earliest
        if to_come and not_removed and provision.public_on(asked.day):
            yield _finding(law, listing, match, reach, (provision,), period, "", pending=True)
            return


def _finding(
    law: Law,
    listing: Listing,
    match: Match,
    reach: _Reach,
    provisions: tuple[Provision, ...],
    span: Period,
    question: str,
    *,
    pending: bool = False,
) -> Finding:
    instrument, schedule, row = listing.instrument, listing.schedule, listing.row
    cited = dict.fromkeys([*row.sources, *(source for provision in provisions for source in provision.row.sources)])
    known: list[Known] = [row.known, *(provision.row.known for provision in provisions)]
    acts = tuple(provision.row.act for provision in provisions)
    code = "pending" if pending else question or ("by_wording" if row.wording else "named")
    params = {
        "substance": listing.substance.name,
        "act": "; ".join(acts),
        "since": span.first.text,
        "until": span.last.text if span.last else "",
        "wording": row.wording,
        "destinations": ", ".join(row.only_to),
    }
    return Finding(
        status="pending" if pending else "review" if question else "controlled",
        kind=schedule.kind,
        substance=listing.substance.id,
        listing=listing.id,
        law_of=instrument.jurisdiction,
        instrument=instrument.id,
        instrument_title=instrument.title,
        schedule=schedule.id,
        schedule_name=schedule.name,
        item=row.item,
        question=question,
        provisions=acts,
        since=span.first.text,
        until=span.last.text if span.last else "",
        forms=(*match.forms, *filter(None, [reach.form])),
        component=match.component,
        only_to=row.only_to,
        wording=row.wording,
        conditions=row.conditions,
        known=weakest(known),
        citations=tuple(_citation(law, listing, source) for source in cited),
        reason=Reason(code=code, params={key: value for key, value in params.items() if value}),
    )


def _citation(law: Law, listing: Listing, source_id: str) -> Citation:
    source = law.source(listing.instrument, source_id)
    return Citation(title=source.title, address=source.address, read=source.read)


def _reach(listing: Listing, match: Match) -> _Reach:
    extent = listing.extent
    if "salt" in match.forms and extent.salts == "excluded":
        return _NOT_REACHED
    if "mixture" in match.forms and extent.preparations == "excluded":
        return _NOT_REACHED
    unclear = match.substance.structure is not None and match.substance.structure.stereo == "unclear"
    match match.relation, extent.stereoisomers:
        case (Relation.SAME, _):
            return _Reach(reached=True)
        case (Relation.WITHIN, _) | (_, "included"):
            return _Reach(reached=True, form="stereoisomer")
        case (Relation.NOT_GIVEN, _):
            return _Reach(reached=True, question="stereo_not_given")
        case (Relation.MIRROR, "optical"):
            return _Reach(reached=True, form="stereoisomer")
        case (Relation.MIRROR, "silent"):
            return _Reach(reached=True, question="isomer_not_named", form="stereoisomer")
        case (_, "silent") if unclear:
            return _Reach(reached=True, question="stereo_unclear", form="stereoisomer")
        case _:
            return _NOT_REACHED


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
