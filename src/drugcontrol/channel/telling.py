"""A verdict in words, in English, Spanish or Chinese, from ``data/channel/evidence.yaml``. SIMULATION stands first."""

from collections.abc import Iterator

from drugcontrol.channel import instant
from drugcontrol.channel.authority import fingerprint
from drugcontrol.channel.ladder import LADDER, Event, etsi_name
from drugcontrol.channel.statement import Header
from drugcontrol.channel.texts import say, texts
from drugcontrol.channel.verdict import Seen, Step, Verdict
from drugcontrol.law.rows import Language


def reason(code: str, language: Language) -> str:
    """Name the reason of a refusal or fault; the code itself where there is no word for it."""
    text = texts("evidence")["reasons"].get(code)
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
    yield _word("nobody_pinned" if header.issuer in verdict.unpinned else "as_claimed", language)
    yield _word("message", language, id=statement.message_id.hex())
    recipients = ", ".join(recipient.name for recipient in header.to)
    parties = {"type": header.type, "issuer": header.issuer, "recipients": recipients, "thread": header.thread}
    yield _word("parties", language, **parties)
    yield _word("basis", language, basis=header.legal_basis, at=instant.text(header.issued_at))
    yield f"\n{_word('proven', language)}"
    yield f"  - {_word('signed', language, name=_named(verdict, header.issuer, language))}"
    yield from (f"  - {_step(verdict, step, language)}" for step in verdict.steps)
    yield from (f"  - {_posted(verdict, seen, language)}" for seen in verdict.seen if seen.at)
    if verdict.content is not None:
        yield f"  - {_word('content_opened', language)}"
    yield f"\n{_word('not_proven', language)}"
    yield from (f"  - {line}" for line in _gaps(verdict, header, language))
    yield f"\n{_word('signers', language)}"
    witnesses = {name for seen in verdict.seen for name in (*seen.signed, *seen.others)}
    for name in sorted({header.issuer, verdict.maker, *(step.by for step in verdict.steps), *witnesses}):
        if name in verdict.unpinned:
            yield f"  - {_word('unpinned', language, name=name, fingerprint=fingerprint(verdict.keys[name]))}"
        else:
            yield f"  - {_word('pinned', language, name=name)}"


def _step(verdict: Verdict, step: Step, language: Language) -> str:
    detail = reason(step.detail, language) if step.event == Event.UNREADABLE else step.detail
    way = say("evidence", "ways", step.way, language) if step.way else "…"
    named = _named(verdict, step.by, language)
    told = say("evidence", "events", step.event, language, by=named, at=step.at, detail=detail or "…", way=way)
    return f"{told} [{' '.join(filter(None, (LADDER[step.event].number, etsi_name(step.event, step.way))))}]"


def _posted(verdict: Verdict, seen: Seen, language: Language) -> str:
    """Say since when witnesses know a state of a register, who they are, and what it holds of the message."""
    rungs = [step for step in verdict.steps if step.by == seen.by and step.position < seen.size]
    told = say(
        *("evidence", "events", Event.POSTED, language),
        by=_named(verdict, seen.by, language),
        at=seen.at,
        detail=", ".join(f"{_named(verdict, name, language)} {at}" for name, at in seen.signed.items()),
        rungs=", ".join(dict.fromkeys(LADDER[step.event].number for step in rungs)),
    )
    return f"{told} [{LADDER[Event.POSTED].number}]"


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
            yield ("" if language == "zh" else " ").join(
                filter(None, (_word("no_answered", language, name=name), due and _word("deadline", language, due=due)))
            )
        elif due and answer.at >= due:
            yield _word("late", language, name=name, due=due)
    if verdict.content is None:
        yield _word("no_content", language)
    if verdict.printed:
        yield _word("document", language, name=_named(verdict, verdict.maker, language))
    yield from _unseen(verdict, header, language)
    for key in ("clocks", "truth"):
        yield _word(key, language)


def _unseen(verdict: Verdict, header: Header, language: Language) -> Iterator[str]:
    """Say what no third party saw: registers without enough witnesses, witnesses that are parties, stolen keys."""
    parties = {header.issuer, *(recipient.name for recipient in header.to)}
    policy = verdict.policy
    if not policy.witnesses:
        yield _word("no_witness", language)
    elif set(policy.witnesses) <= parties:
        yield _word("inside_witness", language)
    for name in sorted({header.issuer, *(step.by for step in verdict.steps)}):
        seen = next((seen for seen in verdict.seen if seen.by == name), None)
        named = _named(verdict, name, language)
        if policy.witnesses and (seen is None or not seen.at):
            signed = str(len(seen.signed) if seen else 0)
            yield _word("few_witnesses", language, name=named, signed=signed, asked=str(policy.quorum))
        if seen is not None and seen.others:
            yield _word("strange_witness", language, names=", ".join(seen.others))
        since = min((at for row in verdict.keys[name].records if (at := row.compromised_since)), default=None)
        if since is not None and not (seen is not None and seen.at and seen.at < instant.text(since)):
            yield _word("stolen", language, name=named, since=instant.text(since))


def _named(verdict: Verdict, name: str, language: Language) -> str:
    """Name a party; one whose keys nobody pinned only calls itself so."""
    return _word("self_named", language, name=name) if name in verdict.unpinned else name


def _word(key: str, language: Language, **params: str) -> str:
    return say("evidence", "words", key, language, **params)
