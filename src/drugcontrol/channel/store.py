"""What an authority knows of a message: its own part comes from its register, that of others from files received."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drugcontrol.channel import files
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.exchange import MAX_FILE, Exchange, merge, read_exchange, write_exchange
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.proofs import events, prove
from drugcontrol.channel.records import ABOUT_THE_STATEMENT
from drugcontrol.channel.register import Register
from drugcontrol.channel.sealing import Opened, sealed_for, unseal
from drugcontrol.channel.statement import Statement, check_payload, read_statement
from drugcontrol.errors import UsageError


def statement_of(register: Register, message_id: bytes) -> Statement | None:
    """Give the statement of a message that was sent, received or carried here."""
    for event in ABOUT_THE_STATEMENT:
        position = register.position(message_id, event.value)
        if position is not None:
            data = register.kept(register.entry(position).digest)
            return None if data is None else read_statement(data)
    return None


def known(authority: Authority, register: Register, message_id: bytes, now: datetime) -> Exchange:
    """Give everything that is known of a message, with fresh receipts of the own register.

    Raises
    ------
    UsageError
        When the message was neither sent nor received here.
    """
    statement = statement_of(register, message_id)
    if statement is None:
        raise UsageError("This message was neither sent, received nor carried here.", "Receive it first.")
    own = prove(authority, register, [message_id], now)
    made = Exchange(statement.data, register.kept(statement.header.payload_digest), None, (own,))
    path = message_file(authority, message_id)
    if not path.exists():
        return made
    others = read_exchange(files.read(path, MAX_FILE))
    return merge(others, replace(made, calendar=others.calendar))


def remember(authority: Authority, exchange: Exchange) -> None:
    """Keep what a file says of a message, with what was known before."""
    path = message_file(authority, exchange.message_id)
    if path.exists():
        exchange = merge(read_exchange(files.read(path, MAX_FILE)), exchange)
    files.write(path, write_exchange(replace(exchange, sealed=None)))


def open_content(authority: Authority, statement: Statement, sealed: bytes) -> Opened:
    """Open sealed content as its sender or one of its recipients.

    Raises
    ------
    ReadError, SignatureError
        See `unseal`.
    """
    header = statement.header
    check_payload(statement, sealed)
    key = authority.opening_key({key_id for name, key_id in sealed_for(sealed) if name == authority.name})
    return unseal(sealed, authority.name, key, header.binding(), header.commitment)


def backwards(register: Register, event: Event) -> Iterator[Statement]:
    """Give the statements of an event, newest first."""
    for position in range(len(register) - 1, -1, -1):
        entry = register.entry(position)
        if entry.event == event.value and (data := register.kept(entry.digest)) is not None:
            yield read_statement(data)


def listed(register: Register) -> Iterator[tuple[Statement, list[str]]]:
    """Give every message that was sent or received here, newest first, with what was entered about it."""
    for event in ABOUT_THE_STATEMENT:
        for statement in backwards(register, event):
            yield statement, events(register, statement.message_id)


def message_file(authority: Authority, message_id: bytes) -> Path:
    """Give the path of what is known of a message from others."""
    return authority.directory / "messages" / f"{message_id.hex()}.dcx"
