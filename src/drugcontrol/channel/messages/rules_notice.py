"""Rules of the notice of an incident."""

from collections.abc import Mapping
from typing import Any

from drugcontrol.channel.messages.notice import (
    Asked,
    Equipment,
    Hiding,
    Identification,
    IncidentNotice,
    Origin,
    Payment,
    PaymentMeans,
    SubstanceLine,
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

_OF_SHIPMENTS = {"stopped-shipment", "suspended-shipment", "suspicious-order", "attempted-diversion", "diversion"}
_WITHOUT_PAPERS = {"premises", "person", "none", ""}
_ALLOWS_NAMES = {"named-persons"}


def identification(part: Identification) -> Problems:
    """Check that a confirmed finding says how, by whom and where it is written."""
    if part.state != "confirmed":
        return
    for field in ("methods", "laboratory", "report_number", "reported_on"):
        if not getattr(part, field):
            yield field, "It is missing, and the identification is confirmed", "Write it, or say presumptive"


def substance(part: SubstanceLine) -> Problems:
    """Check shares and the name that the law engine was asked with."""
    yield from percent(part.mixture_percent, "mixture_percent")
    yield from percent(part.purity_percent, "purity_percent")
    if part.legal_status.asked not in {part.identified_name, part.inn, part.cas}:
        what = "The legal status is that of another name than this line gives"
        yield "legal_status.asked", what, "Let the law engine fill this in"


def equipment(part: Equipment) -> Problems:
    """Check that there is some."""
    if part.number < 1:
        yield "number", "The number is 0", "Write how many, 1 or more"


def origin(part: Origin) -> Problems:
    """Check that a belief about the origin says what it is and what it rests on."""
    named = part.made_in or part.dispatched_from
    if part.known == "known" or part.known == "in-part":
        if not named:
            yield "made_in", "It is missing, and the origin is known", "Name the country of manufacture or of dispatch"
        if not part.basis:
            yield "basis", "It is missing, and an origin is named", "Say what the belief rests on"
        if not part.confidence:
            yield "confidence", "It is missing, and an origin is named", "Say how sure it is"
    elif named:
        yield "known", "The origin is not known, and a country is named", "Say known or in-part, or leave it out"
    if "other" in part.basis and part.explanation is None:
        yield "explanation", "It is missing, and the basis is none that a code names", "Say what it rests on"


def payment(part: Payment) -> Problems:
    """Check that known means of payment are given, and unknown ones not."""
    known = part.known in ("known", "in-part")
    if known and not part.means:
        yield "means", "It is missing, and the means of payment are known", "Write them (article 12(9)(c))"
    if part.means and not known:
        yield "known", "The means of payment are said not to be known, and some are given", "Say known or in-part"


def payment_means(part: PaymentMeans) -> Problems:
    """Check that an amount has a currency, and a wallet its chain."""
    if (part.amount is None) != (not part.currency):
        yield "currency", "Amount and currency do not go together", "Write both or none"
    if part.wallet and not part.chain:
        yield "chain", "It is missing, and a wallet is given", "Name the chain"


def hiding(part: Hiding) -> Problems:
    """Check that a value has a currency."""
    if (part.declared_value is None) != (not part.currency):
        yield "currency", "Declared value and currency do not go together", "Write both or none"
    if part.method == "misdeclared" and part.declared_goods is None:
        yield "declared_goods", "It is missing, and the goods were misdeclared", "Write what they were declared as"


def asked(part: Asked) -> Problems:
    """Check that a demand that no code names is put into words."""
    if part.action == "other" and part.details is None:
        yield "details", "It is missing, and what is asked is none that a code names", "Say what is asked"


def notice(part: IncidentNotice) -> Problems:
    """Check the notice as a whole."""
    yield from answer_needed(part)
    yield from roles_needed(part.law, ("notifying", "origin", "conventions"))
    yield from status_lines(part.law, (line.legal_status for line in part.substances))
    day = part.found.when.at[:10]
    if exact_day(day) and part.law.as_of != day:
        yield "law.as_of", f"It is not the day of the incident, {day}", "Write that day"
    yield from law_of(part, "notifying", [part.sender.country])
    yield from law_of(part, "origin", [part.origin.made_in, part.origin.dispatched_from])
    yield from _what_was_found(part)
    yield from _how_it_travelled(part)
    if part.persons and part.persons.named and part.handling.code not in _ALLOWS_NAMES:
        yield "handling.code", "Persons are named, and the code does not allow it", "Write named-persons, or no names"


def _what_was_found(part: IncidentNotice) -> Problems:
    if part.kind == "equipment" and not part.equipment:
        yield "equipment", "It is missing, and the notice is about equipment", "Write what was found"
    elif part.kind != "equipment" and not part.substances and not (part.kind == "laboratory" and part.equipment):
        yield "substances", "It is missing", "Write a line for each substance"
    with_papers = part.kind in _OF_SHIPMENTS or (part.kind == "seizure" and part.found.mode not in _WITHOUT_PAPERS)
    for index, line in enumerate(part.substances):
        if with_papers and line.declared_name is None:
            what = "It is missing, and the goods travelled with papers"
            yield f"substances[{index}].declared_name", what, "Write the name as declared, with its language"
        misdeclared = line.hs_declared and line.hs_correct and line.hs_declared != line.hs_correct
        if misdeclared and part.hiding is None:
            what = f"It is missing, and substances[{index}] was declared under another HS code"
            yield "hiding", what, "Say how the goods were misdeclared"


def _how_it_travelled(part: IncidentNotice) -> Problems:
    transport, mode = part.transport, part.found.mode
    if mode in _WITHOUT_PAPERS or part.kind == "suspicious-order":
        return
    if transport is None:
        yield "transport", f"It is missing, and the goods were found in {mode}", "Write what carried them"
        return
    if transport.mode != mode:
        yield "transport.mode", f"It is {transport.mode}, and the goods were found in {mode}", "Find out which is right"
    if mode == "sea-container" and not transport.containers:
        yield "transport.containers", "It is missing, and the goods were in a sea container", "Write its number"
    if mode == "sea-container" and not transport.vessel:
        yield "transport.vessel", "It is missing, and the goods came by sea", "Write the name of the ship"
    if mode == "air-cargo" and not (transport.flight or transport.bills):
        yield "transport.flight", "It is missing, and the goods came by air", "Write the flight or the air waybill"
    if mode in ("post", "express") and not transport.bills:
        yield "transport.bills", "It is missing, and the goods came by mail", "Write the tracking or CN 23 number"


RULES: Mapping[type, tuple[Any, ...]] = {
    Identification: (identification,),
    SubstanceLine: (substance,),
    Equipment: (equipment,),
    Origin: (origin,),
    Payment: (payment,),
    PaymentMeans: (payment_means,),
    Hiding: (hiding,),
    Asked: (asked,),
    IncidentNotice: (notice,),
}
