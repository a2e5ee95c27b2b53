"""Signed statements: who told whom what, when, on what legal basis - as hashes, so that a register can hold them.

A statement is a COSE_Sign1 whose payload is the SHA-256 digest of the sealed content. Its protected header carries
every field that two parties may later dispute. The message id is the SHA-256 of what was signed (the Sig_structure), so
one content has one id whatever is attached to it later.

References
----------
RFC 9052 (COSE), RFC 9597 (CWT claims in headers), RFC 9943 (SCITT), draft-ietf-cose-hash-envelope (labels 258, 259).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from drugcontrol.channel import instant, sign1
from drugcontrol.channel.encoding import encode
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.keys import SecretKey
from drugcontrol.errors import ReadError, SignatureError

PAYLOAD_HASH_ALG, PREIMAGE_TYPE = 258, 259
SHA_256 = -16
EXCHANGE = -70001
"""Private label of the map with the fields of the exchange; critical, so that no reader may skip it."""

MAX_RECIPIENTS = 64
MAX_TEXT = 256

_CRITICAL = [EXCHANGE, PAYLOAD_HASH_ALG]
_LABELS = {sign1.ALG, sign1.CRIT, sign1.KID, sign1.CWT_CLAIMS, PAYLOAD_HASH_ALG, PREIMAGE_TYPE, EXCHANGE}
_CLAIMS = {sign1.ISS, sign1.SUB, sign1.IAT}
_FIELDS = {
    "commitment",
    "legal_basis",
    "payload_digest",
    "respond_by",
    "simulation",
    "supersedes",
    "to",
    "type",
    "version",
}
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient and the place of this message in the row of messages to it.

    Attributes
    ----------
    name : str
    sequence : int
        1 for the first message from this issuer to this recipient, then without gaps.
    previous : bytes or None
        Message id of the one before; None for the first.
    """

    name: str
    sequence: int
    previous: bytes | None

    def __post_init__(self) -> None:
        _text(self.name, "a recipient")
        if type(self.sequence) is not int or not 1 <= self.sequence < 2**63:
            raise ReadError("A sequence number is no integer from 1 on.")
        if (self.sequence == 1) != (self.previous is None):
            raise ReadError("The first message names no previous one, and every other does.")
        if self.previous is not None:
            _digest(self.previous, "the previous message id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The fields of a statement, all of them signed and none of them about the case.

    Attributes
    ----------
    issuer : str
        Name of the sending authority.
    to : tuple of Recipient
    thread : str
        Name of the case that the message belongs to, for instance ``urn:dcx:XA:2023:SN:000123``.
    type : str
        Kind of message, for instance ``notice.incident``.
    issued_at : datetime
        UTC, whole seconds; what the issuer claims.
    legal_basis : str
        Code, for instance ``1988-12-9c``.
    respond_by : datetime or None
        UTC; an instant and not a rule, so that a later change of a calendar cannot move it.
    simulation : bool
        True marks an exercise; a reader must say so first.
    media_type : str
        Of the content before sealing.
    commitment : bytes
        Salted commitment to the content, see `drugcontrol.channel.sealing`.
    payload_digest : bytes
        SHA-256 of the sealed content.
    supersedes : bytes or None
        Message id that this one corrects or withdraws.
    """

    issuer: str
    to: tuple[Recipient, ...]
    thread: str
    type: str
    issued_at: datetime
    legal_basis: str
    respond_by: datetime | None
    simulation: bool
    media_type: str
    commitment: bytes
    payload_digest: bytes
    supersedes: bytes | None = None

    def __post_init__(self) -> None:
        for value, what in (
            (self.issuer, "the issuer"),
            (self.thread, "the thread"),
            (self.type, "the type"),
            (self.legal_basis, "the legal basis"),
            (self.media_type, "the media type"),
        ):
            _text(value, what)
        names = [recipient.name for recipient in self.to]
        if not 1 <= len(names) <= MAX_RECIPIENTS or len(set(names)) != len(names) or self.issuer in names:
            raise ReadError(f"A statement has 1 to {MAX_RECIPIENTS} recipients, each once and none its issuer.")
        if type(self.simulation) is not bool:
            raise ReadError("The simulation flag must be true or false.")
        _digest(self.commitment, "the commitment")
        _digest(self.payload_digest, "the payload digest")
        if self.supersedes is not None:
            _digest(self.supersedes, "the superseded message id")
        issued = instant.seconds(self.issued_at)
        if self.respond_by is not None and instant.seconds(self.respond_by) <= issued:
            raise ReadError("The deadline does not lie after the time of issue.")

    def to_cose(self) -> dict[Any, Any]:
        """Give the protected header, without algorithm and key id."""
        return {
            sign1.CRIT: _CRITICAL,
            sign1.CWT_CLAIMS: {
                sign1.ISS: self.issuer,
                sign1.SUB: self.thread,
                sign1.IAT: instant.seconds(self.issued_at),
            },
            PAYLOAD_HASH_ALG: SHA_256,
            PREIMAGE_TYPE: self.media_type,
            EXCHANGE: {
                "version": _VERSION,
                "type": self.type,
                "to": [[recipient.name, recipient.sequence, recipient.previous] for recipient in self.to],
                "legal_basis": self.legal_basis,
                "respond_by": None if self.respond_by is None else instant.seconds(self.respond_by),
                "simulation": self.simulation,
                "commitment": self.commitment,
                "payload_digest": self.payload_digest,
                "supersedes": self.supersedes,
            },
        }

    def binding(self) -> bytes:
        """Give the hash that ties sealed content to this header: over all fields but the digest of that content."""
        fields = self.to_cose()
        exchange = {name: value for name, value in fields[EXCHANGE].items() if name != "payload_digest"}
        return hashlib.sha256(encode({**fields, EXCHANGE: exchange})).digest()

    def recipient(self, name: str) -> Recipient:
        """Give the row of a recipient.

        Raises
        ------
        SignatureError
            ``wrong_recipient`` when the statement is not addressed to it.
        """
        for recipient in self.to:
            if recipient.name == name:
                return recipient
        raise SignatureError(
            "wrong_recipient",
            f"The statement is not addressed to {name}.",
            "It may be a copy sent on by one of its recipients; it proves nothing to others than those it names.",
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as read: its header is what it *says*; `verify` says whether that holds.

    Attributes
    ----------
    header : Header
    key_id : bytes
    message_id : bytes
        SHA-256 of the Sig_structure, 32 bytes.
    data : bytes
        The bytes as received.
    """

    header: Header
    key_id: bytes
    message_id: bytes
    data: bytes
    signed: sign1.Sign1 = field(repr=False, compare=False)


def sign_statement(header: Header, key: SecretKey) -> Statement:
    """Sign a header with the statement key of its issuer."""
    return read_statement(sign1.sign(key, header.to_cose(), header.payload_digest))


def read_statement(data: bytes) -> Statement:
    """Read a statement without believing it.

    Raises
    ------
    ReadError
        When the bytes are no statement.
    SignatureError
        ``unknown_critical_header``, ``wrong_algorithm`` or ``bad_payload`` when it must not be processed.
    """
    signed = sign1.read(data)
    labels = signed.header
    critical = labels.get(sign1.CRIT)
    if critical != _CRITICAL:
        raise SignatureError(
            "unknown_critical_header",
            "The statement marks other fields as critical than this version knows.",
            "Update the package, or ask the sender for the version used here.",
        )
    if type(labels.get(sign1.ALG)) is not int or labels[sign1.ALG] != sign1.EDDSA:
        raise SignatureError("wrong_algorithm", "The statement is not signed with EdDSA.")
    if labels.get(PAYLOAD_HASH_ALG) != SHA_256:
        raise SignatureError("wrong_algorithm", "The payload is not hashed with SHA-256.")
    if signed.payload is not None or signed.unprotected:
        raise SignatureError("bad_payload", "The statement carries a payload or unsigned fields inside.")
    if set(labels) != _LABELS:
        raise ReadError("The statement has other header fields than it must.")
    key_id = _digest(labels[sign1.KID], "the key id")
    header = _header(labels)
    message_id = hashlib.sha256(sign1.sig_structure(signed.protected, header.payload_digest)).digest()
    return Statement(header, key_id, message_id, data, signed)


def verify(statement: Statement, keys: KeyRing, at: datetime, recipient: str | None = None) -> None:
    """Say whether a statement was signed by the issuer it names, and for this recipient.

    Parameters
    ----------
    keys : mapping
        Key histories by issuer; whom the verifier trusts to be who.
    at : datetime
        UTC; when the statement is known to have existed: the time of a receipt or checkpoint, else the time of reading.
        The key must be good then *and* at the claimed time of issue.
    recipient : str, optional
        Who reads it; without it the statement is checked as a third party would.

    Raises
    ------
    SignatureError
        ``unknown_issuer``, ``wrong_recipient``, ``bad_signature`` or what `KeyHistory.key` says.
    """
    header = statement.header
    history = keys.get(header.issuer)
    if history is None or history.owner != header.issuer:
        raise SignatureError(
            "unknown_issuer",
            f"No key of {header.issuer} is known here; the sender only calls itself so.",
            "Compare its key fingerprints with those of the note verbale, then add its key history.",
        )
    history.key(statement.key_id, "statement", header.issued_at)
    key = history.key(statement.key_id, "statement", at)
    statement.signed.check(key, header.payload_digest)
    if recipient is not None:
        header.recipient(recipient)


def check_payload(statement: Statement, payload: bytes) -> None:
    """Say whether sealed content is the one that was signed.

    Raises
    ------
    SignatureError
        ``bad_payload``.
    """
    if not hmac.compare_digest(hashlib.sha256(payload).digest(), statement.header.payload_digest):
        raise SignatureError("bad_payload", "The content is not the one that was signed.")


def check_follows(statement: Statement, recipient: str, last: Statement | None) -> None:
    """Say whether a statement is the next from its issuer to a recipient.

    Parameters
    ----------
    last : Statement or None
        The last one accepted from the same issuer; None when there was none.

    Raises
    ------
    SignatureError
        ``replay`` for an old number, ``equivocation`` for an old number with other content or a row that forks,
        ``gap`` when messages between are missing.
    """
    place = statement.header.recipient(recipient)
    before = last.header.recipient(recipient) if last is not None else None
    known = before.sequence if before else 0
    if last is not None and last.message_id == statement.message_id:
        raise SignatureError("replay", "This message was received before.")
    if place.sequence == known:
        raise SignatureError(
            "equivocation", f"Two different messages carry number {known}.", "Keep both: together they are evidence."
        )
    if place.sequence < known:
        raise SignatureError("replay", f"Message {place.sequence} comes after message {known}.")
    if place.sequence > known + 1:
        raise SignatureError(
            "gap", f"Messages {known + 1} to {place.sequence - 1} are missing.", "Ask the sender for them."
        )
    if place.previous != (last.message_id if last else None):
        raise SignatureError(
            "equivocation", "The message follows another one than that received here.", "Keep both as evidence."
        )


def _header(labels: dict[Any, Any]) -> Header:
    claims, exchange = labels[sign1.CWT_CLAIMS], labels[EXCHANGE]
    if not isinstance(claims, dict) or set(claims) != _CLAIMS:
        raise ReadError("The statement must claim issuer, thread and time, and nothing else.")
    if not isinstance(exchange, dict) or set(exchange) != _FIELDS or type(exchange["version"]) is not int:
        raise ReadError("The statement has other fields of the exchange than it must.")
    if exchange["version"] != _VERSION:
        raise ReadError(f"The statement is of version {exchange['version']}.", "Update the package.")
    rows = exchange["to"]
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        raise ReadError("A recipient is not given as name, number and previous message.")
    respond_by = exchange["respond_by"]
    return Header(
        issuer=claims[sign1.ISS],
        to=tuple(Recipient(*row) for row in rows),
        thread=claims[sign1.SUB],
        type=exchange["type"],
        issued_at=instant.from_seconds(claims[sign1.IAT]),
        legal_basis=exchange["legal_basis"],
        respond_by=None if respond_by is None else instant.from_seconds(respond_by),
        simulation=exchange["simulation"],
        media_type=labels[PREIMAGE_TYPE],
        commitment=exchange["commitment"],
        payload_digest=exchange["payload_digest"],
        supersedes=exchange["supersedes"],
    )


def _text(value: Any, what: str) -> str:
    if (
        not isinstance(value, str)
        or not 1 <= len(value) <= MAX_TEXT
        or not value.isprintable()
        or value != value.strip()
    ):
        raise ReadError(f"The statement does not give {what} as a short line of text.")
    return value


def _digest(value: Any, what: str) -> bytes:
    if not isinstance(value, bytes) or len(value) != 32:
        raise ReadError(f"The statement does not give {what} as 32 bytes.")
    return value
