"""A verdict in words, in English, Spanish or Chinese, from ``data/channel/evidence.yaml``. SIMULATION stands first."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from drugcontrol.channel import instant
from drugcontrol.channel.authority import fingerprint
from drugcontrol.channel.ladder import LADDER, Event
from drugcontrol.channel.statement import Header
from drugcontrol.channel.verdict import Step, Verdict
from drugcontrol.law.files import DATA
from drugcontrol.law.rows import Text
from drugcontrol.law.yamlfile import LinedFile

Language = Literal["en", "es", "zh"]


class EvidenceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``data/channel/evidence.yaml``: texts by key and language."""

    events: dict[str, Text]
    words: dict[str, Text]
    reasons: dict[str, Text]


@cache
def evidence_words() -> EvidenceWords:
    """Read the texts once."""
    return LinedFile(DATA / "channel" / "evidence.yaml").convert(EvidenceWords)


def reason(code: str, language: Language) -> str:
    """Name the reason of a refusal or fault; the code itself where there is no word for it."""
    text = evidence_words().reasons.get(code)
    return text[language] if text else code


def tell(verdict: Verdict, language: Language) -> Iterator[str]:
    """Say what a bundle proves, line by line."""
    statement = verdict.statement
    if verdict.simulation:
        yield _word("simulation", language)
    if verdict.code:
        yield _word("not_as_claimed", language)
        for code, message in verdict.faults:
            yield f"  - {_word('fault', language, reason=reason(code, language), code=code)}"
            yield f"    {message}"
        return
    if statement is None:
        return
    header = statement.header
    yield _word("as_claimed", language)
    if verdict.unpinned:
        yield _word("nobody_pinned", language)
    yield _word("message", language, id=statement.message_id.hex())
    recipients = ", ".join(recipient.name for recipient in header.to)
    parties = {"type": header.type, "issuer": header.issuer, "recipients": recipients, "thread": header.thread}
    yield _word("parties", language, **parties)
    yield _word("basis", language, basis=header.legal_basis, at=instant.text(header.issued_at))
    yield f"\n{_word('proven', language)}"
    yield f"  - {_word('signed', language, name=_named(verdict, header.issuer, language))}"
    yield from (f"  - {_step(verdict, step, language)}" for step in verdict.steps)
    if verdict.content is not None:
        yield f"  - {_word('content_opened', language)}"
    yield f"\n{_word('not_proven', language)}"
    yield from (f"  - {line}" for line in _gaps(verdict, header, language))
    yield f"\n{_word('signers', language)}"
    for name in sorted({header.issuer, verdict.maker, *(step.by for step in verdict.steps)}):
        if name in verdict.unpinned:
            yield f"  - {_word('unpinned', language, name=name, fingerprint=fingerprint(verdict.keys[name]))}"
        else:
            yield f"  - {_word('pinned', language, name=name)}"


def _step(verdict: Verdict, step: Step, language: Language) -> str:
    detail = reason(step.detail, language) if step.event == Event.UNREADABLE else step.detail
    rung = LADDER[step.event]
    told = (
        evidence_words()
        .events[step.event][language]
        .format(by=_named(verdict, step.by, language), at=step.at, detail=detail or "…")
    )
    return f"{told} [{' '.join(filter(None, (rung.number, rung.etsi)))}]"


def _gaps(verdict: Verdict, header: Header, language: Language) -> Iterator[str]:
    """Say what is not proven, party by party, and what no bundle of this kind proves."""
    due = "" if header.respond_by is None else instant.text(header.respond_by)
    if verdict.step(Event.REGISTERED) is None:
        yield _word("no_registered", language, name=_named(verdict, header.issuer, language))
    for recipient in header.to:
        done = {step.event: step for step in verdict.steps if step.by == recipient.name}
        name = _named(verdict, recipient.name, language)
        for event, key in ((Event.DELIVERED, "no_delivered"), (Event.OPENED, "no_opened")):
            if event not in done:
                yield _word(key, language, name=name)
        answer = done.get(Event.ANSWERED)
        if answer is None:
            yield " ".join(
                filter(None, (_word("no_answered", language, name=name), due and _word("deadline", language, due=due)))
            )
        elif due and answer.at >= due:
            yield _word("late", language, name=name, due=due)
    if verdict.content is None:
        yield _word("no_content", language)
    if verdict.printed:
        yield _word("document", language, name=_named(verdict, verdict.maker, language))
    for key in ("no_witness", "clocks", "truth"):
        yield _word(key, language)


def _named(verdict: Verdict, name: str, language: Language) -> str:
    """Name a party; one whose keys nobody pinned only calls itself so."""
    return _word("self_named", language, name=name) if name in verdict.unpinned else name


def _word(key: str, language: Language, **params: str) -> str:
    return evidence_words().words[key][language].format(**params)
