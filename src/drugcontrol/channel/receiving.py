"""Receiving: a message is judged, stored, entered, and only then receipted; then it is opened and judged again."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drugcontrol.channel import instant, proofs, store
from drugcontrol.channel.agreement import differing
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.exchange import Exchange, RegisterProof, of_message
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.ladder import Event, event_of, may_say
from drugcontrol.channel.messages import decode
from drugcontrol.channel.records import write_record
from drugcontrol.channel.register import Register
from drugcontrol.channel.statement import Statement, check_follows, check_payload, read_statement, verify
from drugcontrol.errors import MessageError, ReadError, SignatureError, UsageError

CLOCK_ERROR = timedelta(minutes=10)
"""How far the clocks of two authorities may differ."""

BACK_DATED = timedelta(days=1)
"""How long after the time it claims a statement may be entered in the sender's register."""

_MAX_OFFICER = 200
_JUDGED = {Event.READABLE, Event.UNREADABLE}


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file.

    Attributes
    ----------
    statement : Statement
    receipts : Exchange or None
        The receipt file for the sender; None when the file held receipts for an own message.
    failure : str
        Why the content could not be read, as a word; empty when it could. Also in the signed receipt.
    """

    statement: Statement
    receipts: Exchange | None
    failure: str = ""


def receive(authority: Authority, exchange: Exchange, now: datetime) -> Received:
    """Receive a message, or receipts for a message that was sent from here.

    Raises
    ------
    SignatureError
        With the reason why nothing was entered: ``unknown_issuer``, ``bad_signature``, ``wrong_recipient``, ``replay``,
        ``gap``, ``equivocation``, ``back_dated``, ``not_registered``, ``simulation_mismatch`` and others.
    """
    statement = read_statement(exchange.statement)
    keys = authority.keyring()
    if statement.header.issuer == authority.name:
        with authority.register() as register:
            _take_receipts(authority, register, exchange.proofs, keys)
        return Received(statement, None)
    sealed = _judge(authority, statement, exchange, keys, now)
    with authority.register() as register:
        last = next((s for s in store.backwards(register, Event.DELIVERED) if s.header.issuer == _of(statement)), None)
        if register.position(statement.message_id, Event.DELIVERED.value) is not None:
            raise SignatureError("replay", "This message was received before.", "Its receipt: notice receipt FILE")
        check_follows(statement, authority.name, last)
        if last is not None and statement.header.issued_at < last.header.issued_at:
            raise SignatureError("back_dated", "The message claims to be older than the one that it follows.")
        _take_receipts(authority, register, exchange.proofs, keys)
        proofs.enter(register, Event.DELIVERED, statement.message_id, [statement.data, sealed], now)
        failure = _read_content(authority, register, statement, sealed, now)
        own = proofs.prove(authority, register, [statement.message_id], now)
    store.remember(authority, replace(exchange, proofs=of_message(exchange.proofs, statement.message_id)))
    return Received(statement, Exchange(statement.data, None, None, (own,)), failure)


def receipts(authority: Authority, message_id: bytes, now: datetime) -> Exchange:
    """Write the receipts for a message that was received, or the own receipt for one that was sent, again.

    Where a power cut came between E4 and E5, the content is judged now.
    """
    with authority.register() as register:
        statement = store.statement_of(register, message_id)
        sealed = register.kept(statement.header.payload_digest) if statement else None
        entered = set(proofs.events(register, message_id))
        if statement is not None and sealed is not None and Event.DELIVERED in entered and not entered & _JUDGED:
            _read_content(authority, register, statement, sealed, now)
        everything = store.known(authority, register, message_id, now)
    own = tuple(part for part in everything.proofs if part.origin == authority.name)
    return Exchange(everything.statement, None, None, own)


def open_message(authority: Authority, message_id: bytes, officer: str, now: datetime) -> bytes:
    """Open a message, as an officer whose name is recorded the first time, and give its content.

    The register holds the hash of the record; the name itself can be erased.

    Parameters
    ----------
    officer : str
        Who opens; may be empty when the message was sent from here or was opened before.
    """
    with authority.register() as register:
        statement = store.statement_of(register, message_id)
        sealed = register.kept(statement.header.payload_digest) if statement else None
        if statement is None or sealed is None:
            raise UsageError("This message was neither sent nor received here.", "Receive it first.")
        if statement.header.issuer != authority.name:
            if register.position(message_id, Event.READABLE.value) is None:
                raise UsageError("The content of this message could not be read when it came.")
            if register.position(message_id, Event.OPENED.value) is None:
                if not officer.strip() or len(officer) > _MAX_OFFICER or not officer.isprintable():
                    raise UsageError("Nobody opened this message yet.", "Name the officer: --open NAME")
                record = write_record(Event.OPENED, by=officer.strip())
                proofs.enter(register, Event.OPENED, message_id, [record], now)
        return store.open_content(authority, statement, sealed).content


def _of(statement: Statement) -> str:
    return statement.header.issuer


def _judge(authority: Authority, statement: Statement, exchange: Exchange, keys: KeyRing, now: datetime) -> bytes:
    """Say whether a message may be received at all, and give its sealed content."""
    verify(statement, keys, now, authority.name)
    if exchange.sealed is None:
        raise SignatureError("bad_payload", "The file carries no content: it is a receipt of another's message.")
    check_sent(authority, statement, exchange, keys, now)
    return exchange.sealed


def check_sent(authority: Authority, statement: Statement, exchange: Exchange, keys: KeyRing, now: datetime) -> None:
    """Say whether a message carries its content, and stands in its sender's register at the time that it claims.

    Raises
    ------
    SignatureError
    """
    header = statement.header
    check_payload(statement, exchange.sealed or b"")
    if header.simulation != authority.settings.simulation:
        raise SignatureError(
            "simulation_mismatch", "An authority of exercises receives only exercises, and another none."
        )
    entered = None
    for part in exchange.proofs:
        if part.origin != header.issuer:
            raise SignatureError("wrong_register", "The file carries receipts of others than its sender.")
        proofs.check(part, keys)
        for proof in part.proofs:
            if proof.entry.event == Event.REGISTERED and proof.entry.message_id == statement.message_id:
                entered = proof.entry
    if entered is None or entered.digest != hashlib.sha256(statement.data).digest():
        raise SignatureError("not_registered", "The sender did not enter the message in its own register.")
    if header.issued_at > entered.recorded_at + CLOCK_ERROR or entered.recorded_at > now + CLOCK_ERROR:
        raise SignatureError("from_the_future", "The message claims a time that has not come.", "Compare the clocks.")
    if entered.recorded_at - header.issued_at > BACK_DATED:
        raise SignatureError(
            "back_dated",
            f"The message claims {instant.text(header.issued_at)} and was entered {instant.text(entered.recorded_at)}.",
            "Keep the file: what its sender claims and what its register says do not agree.",
        )


def _read_content(authority: Authority, register: Register, statement: Statement, sealed: bytes, now: datetime) -> str:
    """Open and judge the content and enter what came of it; give the reason of a failure."""
    try:
        content = store.open_content(authority, statement, sealed).content
        wrong = differing(statement.header, content)
        if wrong:
            raise SignatureError("header_mismatch", f"Header and content differ in {', '.join(wrong)}.")
        decode(content)
    except MessageError:
        failure = "not_valid"
    except SignatureError as error:
        failure = error.reason
    except ReadError:
        failure = "not_readable"
    else:
        record = write_record(Event.READABLE, type=statement.header.type)
        proofs.enter(register, Event.READABLE, statement.message_id, [record], now)
        return ""
    record = write_record(Event.UNREADABLE, reason=failure)
    proofs.enter(register, Event.UNREADABLE, statement.message_id, [record], now)
    return failure


def _take_receipts(authority: Authority, register: Register, parts: tuple[RegisterProof, ...], keys: KeyRing) -> None:
    """Check receipts of others, compare their registers with what was seen before, and keep them by message."""
    for part in parts:
        if part.origin == authority.name:
            continue
        proofs.check(part, keys)
        proofs.remember(authority, part)
        for message_id in dict.fromkeys(proof.entry.message_id for proof in part.proofs):
            statement = store.statement_of(register, message_id)
            if statement is not None and statement.header.issuer == authority.name:
                header = statement.header
                names = {recipient.name for recipient in header.to}
                rows = [proof.entry for proof in part.proofs if proof.entry.message_id == message_id]
                if not all(may_say(event_of(row.event), part.origin, header.issuer, names) for row in rows):
                    raise SignatureError("wrong_register", f"{part.origin} cannot say this of the message.")
                store.remember(authority, Exchange(statement.data, None, None, of_message([part], message_id)))
