"""Sending: from a draft to a signed message that stands in the sender's register."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drugcontrol.channel import files, sealing, store
from drugcontrol.channel.agreement import MEDIA_TYPE, differing, legal_basis
from drugcontrol.channel.authority import Authority, encryption_key
from drugcontrol.channel.exchange import Exchange
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.messages import Message, check_status, decode, read_draft, type_of
from drugcontrol.channel.messages import encode as encode_message
from drugcontrol.channel.messages.control import Closure, Correction, Withdrawal
from drugcontrol.channel.messages.pen import PenReply
from drugcontrol.channel.messages.rfi import Reply
from drugcontrol.channel.proofs import enter, prove
from drugcontrol.channel.records import write_record
from drugcontrol.channel.register import Register
from drugcontrol.channel.statement import Header, Recipient, Statement, read_statement, sign_statement
from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.check.status import Checker
from drugcontrol.errors import FieldProblem, MessageError, UsageError

_ANSWERS = (Reply, PenReply, Closure)
_MAX_CALENDAR = 256 * 1024


def new_message(authority: Authority, draft: Path, checker: Checker, now: datetime) -> bytes:
    """Prepare a draft: legal status and deadline are computed, and everything that does not fit is told at once.

    Returns
    -------
    bytes
        The message as JSON, to be read and then signed.

    Raises
    ------
    MessageError
        With every problem, each with line, field and cure.
    """
    calendars = {path.stem: WorkCalendar.read(path) for path in (authority.directory / "calendars").glob("*.yaml")}
    prepared = read_draft(draft, checker, now, calendars)
    _check_parties(authority, prepared.message, str(draft))
    due = prepared.deadline
    if due is not None and due.calendar_digest:
        files.write(_counted(authority, due.calendar_digest), due.days.encode())
    return encode_message(prepared.message)


def sign_message(authority: Authority, payload: bytes, checker: Checker, now: datetime) -> Exchange:
    """Sign a prepared message, seal it for its recipients and enter it in the register, in one transaction.

    An answer (``rfi.reply``, ``pen.reply``, ``closure``) to a message that was received here is entered as that, too.

    Returns
    -------
    Exchange
        The message file, with the receipt of the own register.

    Raises
    ------
    MessageError
        When the message does not fit, or its legal status is not the one that the law engine computes.
    UsageError
        When it is about a message that is not known here.
    """
    message = decode(payload)
    _check_parties(authority, message, "the message")
    differences = check_status(message, checker).differences
    if differences:
        raise MessageError(
            "the message",
            [
                FieldProblem(item.field, "The law engine does not say this", "Prepare the draft again")
                for item in differences
            ],
        )
    now = now.replace(microsecond=0)
    with authority.register() as register:
        about = _about(register, message)
        opened = sealing.Opened(payload, sealing.new_salt())
        header = _header(authority, register, message, about, opened, now)
        peers = authority.peers()
        keys = {name: encryption_key(peers[name], now) for name in (recipient.name for recipient in header.to)}
        keys[authority.name] = encryption_key(authority.history, now)
        sealed = sealing.seal(opened, keys, header.binding())
        header = replace(header, payload_digest=hashlib.sha256(sealed).digest())
        if wrong := differing(header, payload):
            raise UsageError(f"Header and content would not agree in {', '.join(wrong)}; nothing was signed.")
        statement = sign_statement(header, authority.secret("statement"))
        enter(register, Event.REGISTERED, statement.message_id, [statement.data, sealed], now)
        answered = _enter_answer(authority, register, message, about, statement, now)
        own = prove(authority, register, [statement.message_id, *answered], now)
    exchange = Exchange(statement.data, sealed, _calendar(authority, message), (own,))
    store.remember(authority, replace(exchange, proofs=()))
    return exchange


def message_again(authority: Authority, message_id: bytes, now: datetime) -> Exchange:
    """Write the file of a message that was sent from here again, from the register: the same message, fresh receipts.

    Raises
    ------
    UsageError
        When it was not sent from here, or its content was erased.
    """
    with authority.register() as register:
        known = store.known(authority, register, message_id, now)
    if read_statement(known.statement).header.issuer != authority.name or known.sealed is None:
        raise UsageError("This message was not sent from here, or its content was erased.", "See: notice list")
    return replace(known, proofs=tuple(part for part in known.proofs if part.origin == authority.name))


def _header(
    authority: Authority,
    register: Register,
    message: Message,
    about: Statement | None,
    opened: sealing.Opened,
    now: datetime,
) -> Header:
    due = message.answer_by
    superseded = about is not None and isinstance(message, Correction | Withdrawal)
    return Header(
        issuer=authority.name,
        to=tuple(_recipient(register, authority_.urn) for authority_ in message.recipients),
        thread=about.header.thread if about is not None else f"{authority.name}:{message.reference}",
        type=type_of(message),
        issued_at=now,
        legal_basis=legal_basis(message.legal_basis),
        respond_by=None if due is None else datetime.fromisoformat(due.at),
        simulation=message.simulation,
        media_type=MEDIA_TYPE,
        commitment=sealing.commitment(opened.salt, opened.content),
        payload_digest=bytes(32),
        supersedes=about.message_id if superseded and about is not None else None,
    )


def _recipient(register: Register, name: str) -> Recipient:
    """Give the place of the next message to a recipient in the row of messages to it."""
    for statement in store.backwards(register, Event.REGISTERED):
        for before in statement.header.to:
            if before.name == name:
                return Recipient(name, before.sequence + 1, statement.message_id)
    return Recipient(name, 1, None)


def _about(register: Register, message: Message) -> Statement | None:
    about = getattr(message, "about", None)
    if about is None:
        return None
    statement = store.statement_of(register, bytes.fromhex(about.message_id))
    if statement is None:
        raise UsageError(
            "The message is about one that is not known here.", "Check about.message_id; receive it first."
        )
    return statement


def _enter_answer(
    authority: Authority, register: Register, message: Message, about: Statement | None, reply: Statement, now: datetime
) -> list[bytes]:
    """Enter E7 and E8 about the message that is answered, if it came from another."""
    if about is None or not isinstance(message, _ANSWERS) or about.header.issuer == authority.name:
        return []
    if about.header.issuer not in {recipient.name for recipient in reply.header.to}:
        return []
    refused = isinstance(message, PenReply) and message.status == "not-competent"
    decision = Event.REFUSED if refused else Event.ACCEPTED
    if all(register.position(about.message_id, event.value) is None for event in (Event.ACCEPTED, Event.REFUSED)):
        record = write_record(decision, reply=reply.message_id)
        enter(register, decision, about.message_id, [record], now)
    if register.position(about.message_id, Event.ANSWERED.value) is None:
        enter(register, Event.ANSWERED, about.message_id, [reply.data], now)
    return [about.message_id]


def _check_parties(authority: Authority, message: Message, name: str) -> None:
    """Say which parties of a message do not fit the authority that is to sign it."""
    problems = []
    if message.sender.urn != authority.name:
        problems.append(FieldProblem("sender.urn", f"This authority is {authority.name}", "Write that"))
    if message.simulation != authority.settings.simulation:
        what = "An authority of exercises signs only exercises, and another none"
        problems.append(FieldProblem("simulation", what, f"Write {str(authority.settings.simulation).lower()}"))
    peers = authority.peers()
    for index, recipient in enumerate(message.recipients):
        if recipient.urn not in peers:
            what = f"{recipient.urn} is no peer"
            problems.append(FieldProblem(f"recipients[{index}].urn", what, "Add it: drugcontrol authority peer add"))
    if problems:
        raise MessageError(name, problems)


def _calendar(authority: Authority, message: Message) -> bytes | None:
    digest = message.answer_by.calendar_digest if message.answer_by else ""
    path = _counted(authority, digest)
    return files.read(path, _MAX_CALENDAR) if digest and path.is_file() else None


def _counted(authority: Authority, digest: str) -> Path:
    return authority.directory / "counted" / f"{digest}.txt"
