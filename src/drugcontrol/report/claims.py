"""Claims in words: sentences from codes, rows as lines, and the text that a terminal shows."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.dates import LegalDate
from drugcontrol.law import Law
from drugcontrol.report.figures import number, published, shown
from drugcontrol.report.words import Words
from drugcontrol.situation.claims import Checked, Claim, Judged
from drugcontrol.situation.claims.outcome import (
    CountFact,
    Evidence,
    Fact,
    FigureFact,
    LawFact,
    MeasureFact,
    Param,
    Params,
    Remark,
    Revised,
    StatusFact,
    Step,
)
from drugcontrol.situation.periods import period_label

_SCHEDULED = {"yes": "scheduled_yes", "no": "scheduled_no", "undecided": "scheduled_undecided"}
_PLACES = {"place", "other", "places"}
MARKS = {"supported": "+", "not_supported": "–", "mixed": "±", "undecided": "?"}
"""Signs that stand before an outcome; the word always stands beside them."""


def sentence(judged: Judged, law: Law, words: Words) -> str:
    """Say what a reading came to."""
    return words("claim_said", judged.code, **_filled(judged.params, law, words))


def remark(item: Remark, law: Law, words: Words) -> str:
    """Say what stands beside an outcome."""
    return words("claim_remark", item.code, **_filled(item.params, law, words))


def outcome(judged: Judged, words: Words) -> str:
    """Name an outcome."""
    return words("claim_outcome", judged.outcome)


def said_by(claim: Claim, words: Words) -> str:
    """Say who said it, where and when."""
    statement = claim.statement
    who, place = words.text(statement.said_by), words.text(statement.place)
    return words("claim_word", "said", who=who, place=place, date=statement.said_on)


def quoted(claim: Claim, words: Words) -> str:
    """Give the words, and whether they are those that were reported or our translation."""
    key = "as_reported" if words.language == claim.statement.reported_in else "our_translation"
    return words("claim_word", "quoted", words=words.text(claim.row.words), how=words("claim_word", key))


def labelled(key: str, text: str, words: Words) -> str:
    """Put a label before a text, as the language does it."""
    return words("claim_word", "pair", label=words("claim_word", key), text=text)


def fact_cells(fact: Fact, law: Law, words: Words) -> tuple[str, str, str, str]:
    """Give a row that was used in four cells: what, value, release or act, published or in force."""
    match fact:
        case FigureFact(series=series, row=row) if row.observation is not None:
            item = row.observation
            what = f"{words.text(series.title)}, {period_label(series.pattern.frequency, row.period)}"
            value = f"{shown(series, item.value, words)} {words('unit', series.pattern.unit)}"
            status = words("figure_status", item.status)
            return what, value, f"{item.release.id} ({status})", published(item.release, words)
        case LawFact():
            item_of = f", {words('word', 'item', item=fact.item)}" if fact.item else ""
            what = f"{_place(fact.place, law, words)}: {words.text(fact.text)}{item_of}"
            return what, words("claim_term", fact.term), fact.act, _span(fact.first, fact.last, words)
        case CountFact():
            counts = {"named": str(fact.named), "by_class": str(fact.by_class), "review": str(fact.review)}
            value = words("claim_word", "named", **counts)
            coverage = words("claim_word", "coverage", state=words("state", fact.coverage))
            return _place(fact.place, law, words), value, coverage, fact.on.isoformat()
        case StatusFact():
            value = words("claim_word", _SCHEDULED[fact.scheduled])
            since = words("claim_word", "since", first=fact.since) if fact.since else ""
            what = f"{fact.substance}, {_place(fact.place, law, words)}"
            return what, value, "; ".join(fact.acts), since or fact.on.isoformat()
        case MeasureFact(measure=measure):
            within = f" ({words.text(measure.row.within)})" if measure.row.within else ""
            what = f"{_place(measure.place, law, words)}{within}: {words.text(measure.row.title)}"
            day = _span(measure.on, measure.until, words)
            return what, words("measure_kind", measure.row.kind), measure.row.instrument.name, day
        case Evidence():
            days = ", ".join(f"{place} {day.isoformat()}" for place, day in fact.delivered.items())
            return fact.name, f"{fact.sender} {fact.type}", fact.message_id, words("claim_word", "delivered", days=days)
        case _:
            raise AssertionError("a figure that was used has an observation")


def print_list(claims: Sequence[Claim], words: Words, console: Console) -> None:
    """Print every claim with its kind and its readings."""
    console.print(Text(words("claim_word", "list_title", count=str(len(claims))), style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for key in ("claim", "kind", "readings", "what"):
        table.add_column(words("claim_word", key), no_wrap=key == "claim", overflow="fold")
    for claim in claims:
        kind = words("claim_kind", claim.row.kind)
        cells = (claim.id, kind, str(len(claim.row.readings)), words.text(claim.row.words))
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    for title in dict.fromkeys(said_by(claim, words) for claim in claims):
        console.print(Text(title, style="dim"), soft_wrap=True)


def print_checked(checked: Sequence[Checked], law: Law, words: Words, console: Console) -> None:
    """Print claims with every reading, then and now."""
    for item in checked:
        for line, style in _lines(item, law, words):
            console.print(Text(line, style=style), soft_wrap=True)
        console.print()
    for key, params in (("days", {}), ("no_mark", {}), ("edition", {"edition": law.edition_name}), ("notice", {})):
        console.print(Text(words("claim_word", key, **params), style="dim"), soft_wrap=True)


def _lines(item: Checked, law: Law, words: Words) -> Iterator[tuple[str, str]]:
    claim = item.claim
    yield f"{claim.id} · {words('claim_kind', claim.row.kind)}", "bold"
    yield quoted(claim, words), ""
    yield said_by(claim, words), ""
    yield labelled("source", f"{claim.source.title}, {claim.source.address}", words), "dim"
    if claim.row.why:
        yield labelled("why", words.text(claim.row.why), words), ""
        if item.readings:
            yield words("claim_word", "beside"), ""
    for reading in item.readings:
        yield "", ""
        yield f"  {words.text(reading.row.says)}", "bold"
        for key, judged, day in (("then", reading.then, claim.said_on), ("now", reading.now, item.as_of)):
            mark = MARKS[judged.outcome]
            said = {"label": words("claim_word", key, date=day.isoformat()), "outcome": outcome(judged, words).upper()}
            yield f"  {mark} {words('claim_word', 'line', **said, sentence=sentence(judged, law, words))}", ""
            for other in judged.remarks:
                yield f"      {remark(other, law, words)}", "dim"
            for fact in judged.facts:
                yield f"      · {' · '.join(filter(None, fact_cells(fact, law, words)))}", "dim"


def _filled(params: Params, law: Law, words: Words) -> dict[str, str]:
    return {key: _said(key, value, law, words) for key, value in params.items()}


def _said(key: str, value: Param, law: Law, words: Words) -> str:
    joiner = ("、" if key in _PLACES else "；") if words.language == "zh" else (", " if key in _PLACES else "; ")
    match value:
        case tuple():
            return joiner.join(_part(key, part, law, words) for part in value) or words("claim_word", "none")
        case Decimal():
            return f"{'+' if value > 0 else ''}{number(value, words)}" if key == "percent" else number(value, words)
        case int():
            return number(Decimal(value), words)
        case date():
            return value.isoformat()
        case LegalDate():
            return value.text
        case str():
            return _text(key, value, law, words)


def _text(key: str, value: str, law: Law, words: Words) -> str:
    if key in _PLACES:
        return _place(value, law, words)
    if key in {"reading", "term"}:
        return words(f"claim_{key}", value)
    if key == "kinds":
        return words("measure_kind", value)
    return value


def _part(key: str, part: str | Step | Revised, law: Law, words: Words) -> str:
    match part:
        case Step():
            return _step(part, words)
        case Revised():
            pair = f"{number(part.before, words)} → {number(part.after, words)}"
            return words("claim_word", "pair", label=part.period, text=pair)
        case str():
            return _text(key, part, law, words)


def _step(step: Step, words: Words) -> str:
    percent = "" if step.percent is None else f" ({number(step.percent, words)} %)"
    return f"{step.first} → {step.last}{percent}"


def _place(code: str, law: Law, words: Words) -> str:
    return words.text(law.jurisdictions[code].name) if code in law.jurisdictions else code


def _span(first: LegalDate, last: LegalDate | None, words: Words) -> str:
    if last is None:
        return words("claim_word", "since", first=first.text)
    return words("claim_word", "since_until", first=first.text, last=last.text)
