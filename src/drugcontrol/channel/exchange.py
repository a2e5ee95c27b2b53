"""The file that offices exchange (``.dcx``): a statement, its sealed content if it goes along, and receipts.

A message file carries the sealed content; a receipt file carries none. Both are CBOR in one form, and nothing in them
is believed before it was verified.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from drugcontrol.channel.checkpoint import read_checkpoint
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.sealing import MAX_CONTENT
from drugcontrol.channel.statement import read_statement
from drugcontrol.errors import ReadError

MAX_FILE = MAX_CONTENT + 4 * 1024 * 1024
MAX_RECEIPTS = 256
_FIELDS = {"calendar", "dcx", "proofs", "sealed", "statement"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt with what it is about.

    Attributes
    ----------
    entry : Entry
    receipt : bytes
    detail : bytes or None
        The bytes whose digest the entry carries; None for the statement of the file itself.
    """

    entry: Entry
    receipt: bytes
    detail: bytes | None


@dataclass(frozen=True, slots=True)
class RegisterProof:
    """What one register says: a signed state, receipts at that state, and that older states are part of it.

    Attributes
    ----------
    origin : str
    checkpoint : str
    proofs : tuple of Proof
    older : tuple of (int, tuple of bytes)
        Consistency proofs from older sizes.
    witnessed : tuple of (str, tuple of bytes), optional
        A state that witnesses signed, and the consistency proof from it to the state above.
    """

    origin: str
    checkpoint: str
    proofs: tuple[Proof, ...]
    older: tuple[tuple[int, tuple[bytes, ...]], ...] = ()
    witnessed: tuple[str, tuple[bytes, ...]] | None = None

    @property
    def size(self) -> int:
        """Number of entries in the register at that state."""
        return read_checkpoint(self.checkpoint).checkpoint.size


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file as read.

    Attributes
    ----------
    calendar : bytes or None
        The days that the deadline was counted with.
    """

    statement: bytes
    sealed: bytes | None
    calendar: bytes | None
    proofs: tuple[RegisterProof, ...]

    @property
    def message_id(self) -> bytes:
        """The message id of the statement."""
        return read_statement(self.statement).message_id


def write_exchange(exchange: Exchange) -> bytes:
    """Write the bytes of a file."""
    return encode(
        {
            "dcx": 1,
            "statement": exchange.statement,
            "sealed": exchange.sealed,
            "calendar": exchange.calendar,
            "proofs": [
                [
                    part.origin,
                    part.checkpoint,
                    [[proof.entry.record, proof.receipt, proof.detail] for proof in part.proofs],
                    [[size, list(path)] for size, path in part.older],
                    None if part.witnessed is None else [part.witnessed[0], list(part.witnessed[1])],
                ]
                for part in exchange.proofs
            ],
        }
    )


def read_exchange(data: bytes) -> Exchange:
    """Read a file without believing it.

    Raises
    ------
    ReadError
        When it is no file of this kind.
    SignatureError
        When its statement must not be processed, see `read_statement`.
    """
    content = decode(data, MAX_FILE)
    if not isinstance(content, dict) or set(content) != _FIELDS or content["dcx"] != 1:
        raise ReadError("The file is no message or receipt of the channel.", "Ask the sender for the .dcx file.")
    statement, rows = content["statement"], content["proofs"]
    if not isinstance(statement, bytes) or not isinstance(rows, list) or len(rows) > MAX_RECEIPTS:
        raise ReadError("The file carries no statement, or too many receipts.")
    read_statement(statement)
    sealed, calendar = (_optional(content[name]) for name in ("sealed", "calendar"))
    return Exchange(statement, sealed, calendar, tuple(_register_proof(row) for row in rows))


def merge(known: Exchange, new: Exchange) -> Exchange:
    """Add what a file says to what is known of the same message: of each register the newest state is kept."""
    parts = {part.origin: part for part in known.proofs}
    for part in new.proofs:
        if part.origin not in parts or parts[part.origin].size <= part.size:
            parts[part.origin] = part
    return replace(
        known,
        sealed=known.sealed or new.sealed,
        calendar=known.calendar or new.calendar,
        proofs=tuple(parts[origin] for origin in sorted(parts)),
    )


def of_message(parts: Iterable[RegisterProof], message_id: bytes) -> tuple[RegisterProof, ...]:
    """Keep the receipts that are about one message."""
    kept = (
        replace(part, proofs=tuple(proof for proof in part.proofs if proof.entry.message_id == message_id))
        for part in parts
    )
    return tuple(part for part in kept if part.proofs)


def _register_proof(row: object) -> RegisterProof:
    match row:
        case [str(origin), str(checkpoint), list(proofs), list(older), witnessed] if len(proofs) <= MAX_RECEIPTS:
            if read_checkpoint(checkpoint).checkpoint.origin != origin or len(older) > MAX_RECEIPTS:
                raise ReadError("A checkpoint in the file is that of another register.")
            return RegisterProof(
                origin,
                checkpoint,
                tuple(_proof(item) for item in proofs),
                tuple(_older(item) for item in older),
                None if witnessed is None else _witnessed(origin, witnessed),
            )
    raise ReadError("A part of the file is no set of receipts of one register.")


def _proof(row: object) -> Proof:
    match row:
        case [bytes(record), bytes(receipt), None | bytes() as detail]:
            return Proof(Entry.read(record), receipt, detail)
    raise ReadError("A receipt in the file is not given as entry, receipt and what it is about.")


def _older(row: object) -> tuple[int, tuple[bytes, ...]]:
    match row:
        case [int(size), list(path)] if all(isinstance(value, bytes) for value in path):
            return size, tuple(path)
    raise ReadError("A consistency proof in the file is not given as size and path.")


def _witnessed(origin: str, row: object) -> tuple[str, tuple[bytes, ...]]:
    match row:
        case [str(text), list(path)] if all(isinstance(value, bytes) for value in path):
            if read_checkpoint(text).checkpoint.origin == origin:
                return text, tuple(path)
    raise ReadError("A witnessed state in the file is not given as checkpoint and path.")


def _optional(value: object) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    raise ReadError("The sealed content or the calendar of the file are no bytes.")
