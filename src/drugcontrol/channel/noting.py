"""What went wrong or another way, entered by the sender: failed attempts (X1), paper served (X2), overdue (X3).

These are the sender's own word, signed and dated by its register. They count beside what couriers and witnesses say.
"""

from datetime import datetime

from drugcontrol.channel import instant, proofs, store
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.exchange import Exchange
from drugcontrol.channel.ladder import NOTICES, Event, Way
from drugcontrol.channel.records import MAX_NOTE, write_record
from drugcontrol.channel.register import Register
from drugcontrol.channel.statement import Statement
from drugcontrol.errors import UsageError

MAX_ATTEMPTS = 99


def failed(authority: Authority, message_id: bytes, way: Way, note: str, now: datetime) -> Exchange:
    """Enter an attempt to deliver that failed (X1), and give the receipts.

    Parameters
    ----------
    way : Way
        One of ``ATTEMPTS``.
    note : str
        What happened, in a short line.
    """
    with authority.register() as register:
        _own(authority, register, message_id)
        before = [name for name in proofs.events(register, message_id) if name.startswith(Event.ATTEMPT_FAILED)]
        if len(before) >= MAX_ATTEMPTS:
            raise UsageError(f"{MAX_ATTEMPTS} failed attempts are entered already.", "Give it to a courier.")
        record = write_record(Event.ATTEMPT_FAILED, way=way, note=checked(note))
        return _entered(authority, register, Event.ATTEMPT_FAILED, message_id, record, now)


def notified(authority: Authority, message_id: bytes, way: Way, note: str, now: datetime) -> Exchange:
    """Enter that the recipient was told of a message by another way (X2), as its sender or courier.

    Parameters
    ----------
    way : Way
        ``paper`` was served, it came back ``stamped``, or a courier ``listed`` it to the recipient.
    """
    with authority.register() as register:
        statement = store.statement_of(register, message_id)
        sender = statement is not None and statement.header.issuer == authority.name
        carried = register.position(message_id, Event.COURIERED.value) is not None
        if not (sender and way in NOTICES[:2]) and not (carried and way in NOTICES):
            raise UsageError("Only the sender or a courier of the message can say this.", "See: notice list")
        record = write_record(Event.NOTIFIED_OTHERWISE, way=way, note=checked(note))
        return _entered(authority, register, Event.NOTIFIED_OTHERWISE, message_id, record, now)


def overdue(authority: Authority, message_id: bytes, now: datetime) -> Exchange:
    """Enter that the deadline passed without an answer that is known here (X3).

    Raises
    ------
    UsageError
        When there is no deadline, it has not passed, or every recipient has answered.
    """
    with authority.register() as register:
        header = _own(authority, register, message_id).header
        if header.respond_by is None or now < header.respond_by:
            due = "none" if header.respond_by is None else instant.text(header.respond_by)
            raise UsageError(f"The deadline has not passed; it is {due}.")
        known = store.known(authority, register, message_id, now)
        answered = {
            part.origin for part in known.proofs for proof in part.proofs if proof.entry.event == Event.ANSWERED
        }
        if answered >= {recipient.name for recipient in header.to}:
            raise UsageError("It was answered.", "The bundle shows when: drugcontrol evidence")
        record = write_record(Event.OVERDUE, due=instant.seconds(header.respond_by))
        return _entered(authority, register, Event.OVERDUE, message_id, record, now)


def checked(note: str) -> str:
    """Expect a short line.

    Raises
    ------
    UsageError
    """
    note = note.strip()
    if not note or len(note) > MAX_NOTE or not note.isprintable():
        raise UsageError(f"A note is one line of 1 to {MAX_NOTE} characters.", "Say what happened.")
    return note


def _own(authority: Authority, register: Register, message_id: bytes) -> Statement:
    statement = store.statement_of(register, message_id)
    if statement is None or statement.header.issuer != authority.name:
        raise UsageError("This message was not sent from here.", "Only its sender can say this; see: notice list")
    return statement


def _entered(
    authority: Authority, register: Register, event: Event, message_id: bytes, record: bytes, now: datetime
) -> Exchange:
    if event != Event.ATTEMPT_FAILED and register.position(message_id, event.value) is not None:
        raise UsageError(f"“{event}” is entered already.", "See: notice list")
    proofs.enter(register, event, message_id, [record], now)
    own = proofs.prove(authority, register, [message_id], now)
    statement = store.statement_of(register, message_id)
    assert statement is not None  # noqa: S101 - for the reader; the callers looked it up
    return Exchange(statement.data, None, None, (own,))
