"""Rules of the pre-export notification and of what follows it."""

from collections.abc import Mapping
from typing import Any

from drugcontrol.channel.messages.pen import (
    ExportedSubstance,
    PenArrival,
    PenOutcome,
    PenReply,
    PreExportNotification,
)
from drugcontrol.channel.messages.rules_parts import (
    Problems,
    answer_needed,
    exact_day,
    law_of,
    percent,
    roles_needed,
    status_lines,
)

_NET = {"net", "anhydrous-base"}
_WITH_REASONS = {"suspend", "object", "stop-in-transit"}
_ABOUT_ANOTHER = {"amendment", "cancellation"}


def exported(part: ExportedSubstance) -> Problems:
    """Check shares, the net quantity and the name that the law engine was asked with."""
    yield from percent(part.mixture_percent, "mixture_percent")
    if part.net.basis not in _NET:
        yield "net.basis", f"The net quantity is given as {part.net.basis}", "Write net or anhydrous-base"
    if part.gross is not None and part.gross.basis != "gross":
        yield "gross.basis", f"The gross quantity is given as {part.gross.basis}", "Write gross"
    if part.legal_status.asked not in {part.name, part.cas}:
        what = "The legal status is that of another name than this line gives"
        yield "legal_status.asked", what, "Let the law engine fill this in"


def notification(part: PreExportNotification) -> Problems:
    """Check the notification as a whole."""
    yield from answer_needed(part)
    yield from roles_needed(part.law, ("exporting", "importing", "conventions"))
    yield from status_lines(part.law, (line.legal_status for line in part.substances))
    yield from law_of(part, "exporting", [part.sender.country])
    yield from law_of(part, "importing", [recipient.country for recipient in part.recipients])
    yield from _parties(part)
    yield from _scope(part)
    simplified = part.kind == "simplified"
    if simplified != (part.months in (6, 12)) or (part.months and not simplified):
        yield "months", "A simplified notification is for 6 or 12 months, another for one shipment", "Write 6, 12 or 0"
    if part.kind in _ABOUT_ANOTHER and part.about is None:
        yield "about", f"It is missing, and this is an {part.kind} of a notification", "Write its message id"
    if part.transit and not part.transit_authorities:
        yield "transit_authorities", "It is missing, and the goods pass through another State", "Name its authority"
    leaves, arrives = exact_day(part.dispatch_on), exact_day(part.arrival_on)
    if leaves and arrives and arrives < leaves:
        yield "arrival_on", "The goods arrive before they leave", "Compare both days"


def _parties(part: PreExportNotification) -> Problems:
    for role in ("exporter", "importer"):
        if all(party.role != role for party in part.parties):
            yield "parties", f"There is no {role}", "Write name and address (article 12(10)(a)(i))"
    for index, party in enumerate(part.parties):
        for field in ("address", "country"):
            if party.role in ("exporter", "importer", "consignee") and not getattr(party, field):
                what = f"It is missing for the {party.role}"
                yield f"parties[{index}].{field}", what, "Write it (article 12(10)(a)(i))"


def _scope(part: PreExportNotification) -> Problems:
    """Check "scheduled under article 12, or voluntary" against what the law engine found under the conventions."""
    answers = [
        answer.scheduled
        for line in part.substances
        for place in line.legal_status.places
        if place.place == "UN"
        for answer in place.kinds
        if answer.kind == "precursor"
    ]
    if part.scope == "voluntary" and "yes" in answers:
        yield "scope", "A substance stands in Table I or II of the 1988 Convention", "Write article-12"
    if part.scope == "article-12" and answers and all(answer == "no" for answer in answers):
        yield "scope", "No substance stands in Table I or II of the 1988 Convention", "Write voluntary"


def reply(part: PenReply) -> Problems:
    """Check that each status says what it needs."""
    if part.status == "more-time" and part.answer_by is None:
        yield "answer_by", "It is missing, and more time is asked for", "Write the new time"
    if part.status == "more-information" and not part.questions:
        yield "questions", "It is missing, and more information is asked for", "Write the coded questions"
    if part.status == "not-competent" and part.forward_to is None:
        yield "forward_to", "It is missing, and another authority is competent", "Name it"
    if part.status in _WITH_REASONS and not part.reasons:
        yield "reasons", f"It is missing, and the reply is {part.status}", "Write the reasons"
    if "other" in part.reasons and part.explanation is None:
        yield "explanation", "It is missing, and a reason is none that a code names", "Put it into words"
    if "importer-denies-order" in part.reasons and not part.proposes_notice:
        what = "The importer denies the order, and no notice is proposed"
        yield "proposes_notice", what, "Write true: an incident notice follows"


def outcome(part: PenOutcome) -> Problems:
    """Check that a shipment that left says when and how much, and one that did not says why."""
    for field in ("left_on", "quantities"):
        given = bool(getattr(part, field))
        if part.outcome == "left" and not given:
            yield field, "It is missing, and the shipment left", "Write it"
        if part.outcome != "left" and given:
            yield field, "It is given, and the shipment did not leave", "Leave it out"
    if part.outcome == "denied-release" and not part.reasons:
        yield "reasons", "It is missing, and release was denied", "Write the reasons"
    if "other" in part.reasons and part.explanation is None:
        yield "explanation", "It is missing, and a reason is none that a code names", "Put it into words"


def arrival(part: PenArrival) -> Problems:
    """Check that a shipment that arrived says when, where and how much."""
    arrived = part.arrival != "not-arrived"
    for field in ("arrived_on", "place", "quantities"):
        given = bool(getattr(part, field))
        if arrived and not given:
            yield field, "It is missing, and the shipment arrived", "Write it"
        if not arrived and given:
            yield field, "It is given, and the shipment did not arrive", "Leave it out"
    if (part.arrival == "arrived-with-discrepancy") != bool(part.discrepancies):
        yield "discrepancies", "Arrival and discrepancies do not go together", "Write what differs, or say arrived"


RULES: Mapping[type, tuple[Any, ...]] = {
    ExportedSubstance: (exported,),
    PreExportNotification: (notification,),
    PenReply: (reply,),
    PenOutcome: (outcome,),
    PenArrival: (arrival,),
}
