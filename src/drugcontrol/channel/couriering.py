"""Couriers: a third authority holds a sealed message for a recipient that does not take it from the sender (E3, X2).

A courier sees who wrote to whom and when, and cannot open the content.
"""

from dataclasses import replace
from datetime import datetime

from drugcontrol.channel import proofs, store
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.exchange import Exchange, of_message
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.noting import checked
from drugcontrol.channel.receiving import check_sent
from drugcontrol.channel.records import write_record
from drugcontrol.channel.statement import Statement, read_statement, verify
from drugcontrol.errors import SignatureError, UsageError


def take(authority: Authority, exchange: Exchange, now: datetime) -> Exchange:
    """Take a message to hold for its recipients, and give the receipt for its sender.

    Raises
    ------
    SignatureError
        With the reason why it is not taken, as for `receive`.
    """
    statement = _judged(authority, exchange, now)
    with authority.register() as register:
        contents = [statement.data, exchange.sealed or b""]
        proofs.enter(register, Event.COURIERED, statement.message_id, contents, now)
        own = proofs.prove(authority, register, [statement.message_id], now)
    store.remember(authority, replace(exchange, proofs=of_message(exchange.proofs, statement.message_id)))
    return Exchange(statement.data, None, None, (own,))


def refuse(authority: Authority, exchange: Exchange, note: str, now: datetime) -> Exchange:
    """Refuse to hold a message, and give the signed refusal for its sender.

    Parameters
    ----------
    note : str
        Why, in a short line.
    """
    statement = _judged(authority, exchange, now)
    record = write_record(Event.COURIER_REFUSED, note=checked(note))
    with authority.register() as register:
        if proofs.events(register, statement.message_id):
            raise UsageError("This message was taken or refused before.", "See: notice list")
        proofs.enter(register, Event.COURIER_REFUSED, statement.message_id, [record], now)
        own = proofs.prove(authority, register, [statement.message_id], now)
    return Exchange(statement.data, None, None, (own,))


def give(authority: Authority, message_id: bytes, now: datetime) -> Exchange:
    """Write the file of a message that is held here, as its sender wrote it, for a recipient to receive.

    Raises
    ------
    UsageError
        When it is not held here.
    """
    with authority.register() as register:
        held = register.position(message_id, Event.COURIERED.value) is not None
        known = store.known(authority, register, message_id, now)
    issuer = read_statement(known.statement).header.issuer
    if not held or known.sealed is None:
        raise UsageError("This message is not held here for another.", "See: notice list")
    return replace(known, proofs=tuple(part for part in known.proofs if part.origin == issuer))


def _judged(authority: Authority, exchange: Exchange, now: datetime) -> Statement:
    statement = read_statement(exchange.statement)
    header, keys = statement.header, authority.keyring()
    if authority.name == header.issuer or authority.name in {recipient.name for recipient in header.to}:
        raise UsageError("A courier is neither sender nor recipient of the message.", "Use: drugcontrol receive")
    if exchange.sealed is None:
        raise SignatureError("bad_payload", "The file carries no content: there is nothing to hold.")
    verify(statement, keys, now)
    check_sent(authority, statement, exchange, keys, now)
    return statement
