"""Claims as plain values: JSON for programs, and ClaimReview (JSON-LD) for fact-check tools."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from drugcontrol.dates import LegalDate
from drugcontrol.law import Law
from drugcontrol.report.claims import outcome, remark, sentence
from drugcontrol.report.figure_values import row_values
from drugcontrol.report.words import Words
from drugcontrol.situation.claims import Checked, CheckedReading, Claim, Judged
from drugcontrol.situation.claims.outcome import (
    CountFact,
    Evidence,
    Fact,
    FigureFact,
    LawFact,
    MeasureFact,
    Revised,
    StatusFact,
    Step,
)


def claim_row(claim: Claim) -> dict[str, Any]:
    """Give a claim as plain values."""
    statement = claim.statement
    source = claim.source
    return {
        "id": claim.id,
        "kind": claim.row.kind,
        "words": claim.row.words,
        "said_by": statement.said_by,
        "said_on": statement.said_on,
        "place": statement.place,
        "said_in": statement.said_in,
        "reported_in": statement.reported_in,
        "words_note": statement.words_note,
        "source": {"title": source.title, "address": source.address, "published": source.published},
        "statement": statement.id,
        "why_not_checked": claim.row.why,
        "readings": [{"id": row.id, "says": row.says} for row in claim.row.readings],
    }


def checked_row(item: Checked, law: Law, words: Words) -> dict[str, Any]:
    """Give a checked claim as plain values: codes with their values, the sentence, rows used, remarks."""
    return {
        **claim_row(item.claim),
        "as_of": item.as_of.isoformat(),
        "law_edition": law.edition_name,
        "readings": [
            {
                "id": reading.row.id,
                "says": reading.row.says,
                "then": _judged(reading.then, item.claim.said_on, law, words),
                "now": _judged(reading.now, item.as_of, law, words),
            }
            for reading in item.readings
        ],
        "notice": words("claim_word", "notice"),
    }


def claim_review(checked: Sequence[Checked], law: Law, words: Words) -> dict[str, Any]:
    """Give a ClaimReview of schema.org for each reading; a rating has words and no number.

    References
    ----------
    https://schema.org/ClaimReview
    """
    reviews = [_review(item, reading, law, words) for item in checked for reading in item.readings]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(item: Checked, reading: CheckedReading, law: Law, words: Words) -> dict[str, Any]:
    claim = item.claim
    now = words("claim_word", "now", date=item.as_of.isoformat())
    then = words("claim_word", "then", date=claim.said_on.isoformat())
    explained = [f"{then}: {outcome(reading.then, words)}. {sentence(reading.then, law, words)}"]
    explained.append(f"{now}: {outcome(reading.now, words)}. {sentence(reading.now, law, words)}")
    address = claim.source.address
    return {
        "@type": "ClaimReview",
        "identifier": f"{claim.id}/{reading.row.id}",
        "inLanguage": words.language,
        "datePublished": item.as_of.isoformat(),
        "author": {"@type": "Organization", "name": "drugcontrol"},
        "claimReviewed": words.text(claim.row.words),
        "reviewAspect": words.text(reading.row.says),
        "reviewBody": " ".join(explained),
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": words.text(claim.statement.said_by)},
            "datePublished": claim.statement.said_on,
            "appearance": {"@type": "CreativeWork", "url": address, "name": claim.source.title},
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": outcome(reading.then, words),
            "ratingExplanation": " ".join(explained),
        },
        "disambiguatingDescription": words("claim_word", "no_mark"),
    }


def _judged(judged: Judged, day: date, law: Law, words: Words) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "outcome": judged.outcome,
        "code": judged.code,
        "params": {key: _plain(value) for key, value in judged.params.items()},
        "sentence": sentence(judged, law, words),
        "rows": [_fact(fact) for fact in judged.facts],
        "remarks": [
            {
                "code": item.code,
                "params": {key: _plain(value) for key, value in item.params.items()},
                "sentence": remark(item, law, words),
            }
            for item in judged.remarks
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    match fact:
        case FigureFact():
            return {"type": "figure", **row_values(fact.series, fact.row)}
        case LawFact():
            return {
                "type": "law",
                "place": fact.place,
                "instrument": fact.instrument,
                "text": fact.text,
                "item": fact.item,
                "act": fact.act,
                "from": fact.first.text,
                "to": fact.last.text if fact.last else "",
                "term": fact.term,
                "known": fact.known,
                "address": fact.address,
            }
        case CountFact():
            return {
                "type": "count",
                "place": fact.place,
                "on": fact.on.isoformat(),
                "named": fact.named,
                "by_class": fact.by_class,
                "review": fact.review,
                "coverage": fact.coverage,
            }
        case StatusFact():
            return {
                "type": "status",
                "substance": fact.substance,
                "place": fact.place,
                "on": fact.on.isoformat(),
                "scheduled": fact.scheduled,
                "since": fact.since,
                "acts": fact.acts,
            }
        case MeasureFact(measure=measure):
            return {
                "type": "measure",
                "id": measure.row.id,
                "place": measure.place,
                "kind": measure.row.kind,
                "title": measure.row.title,
                "instrument": measure.row.instrument.name,
                "on": measure.on.text,
                "until": measure.until.text if measure.until else "",
                "known": measure.row.known,
                "address": measure.row.instrument.address,
            }
        case Evidence():
            return {
                "type": "evidence",
                "name": fact.name,
                "message_id": fact.message_id,
                "message_type": fact.type,
                "sender": fact.sender,
                "delivered": {place: day.isoformat() for place, day in fact.delivered.items()},
            }


def _plain(value: object) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case LegalDate():
            return value.text
        case Step():
            return {"first": value.first, "last": value.last, "percent": _plain(value.percent)}
        case Revised():
            return {"period": value.period, "before": _plain(value.before), "after": _plain(value.after)}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value
