"""Receipts: a register's signed word that an entry stands in it, in the form of a COSE receipt.

A receipt is a COSE_Sign1 with the root of the tree as detached payload and the inclusion proof beside it. The root
alone does not fix the size of the tree, so the size is signed as well, under a private label that readers who know only
the standard may skip. Whoever holds a checkpoint of that size or a later one can compare it, and so rest the receipt on
an ML-DSA-44 signature too.

References
----------
RFC 9942 (COSE Receipts), RFC 9162 (RFC9162_SHA256), RFC 9943 (SCITT: iss, sub and kid in a receipt).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drugcontrol.channel import instant, merkle, sign1
from drugcontrol.channel.checkpoint import Checkpoint
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.keys import SecretKey
from drugcontrol.channel.register import Register
from drugcontrol.errors import ReadError, SignatureError

VDS, VDP = 395, 396
RFC9162_SHA256 = 1
INCLUSION = -1
TREE_SIZE = -70002
"""Private label: the size of the tree, signed. Always there, and not marked critical, so that others can verify."""

MAX_BYTES = 8 * 1024

_LABELS = {sign1.ALG, sign1.KID, sign1.CWT_CLAIMS, VDS, TREE_SIZE}


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was verified.

    Attributes
    ----------
    state : Checkpoint
        The state of the register that the entry stands in.
    position : int
    entry : Entry
    issued_at : datetime
        UTC; when the register signed, as it claims.
    """

    state: Checkpoint
    position: int
    entry: Entry
    issued_at: datetime


def issue_receipt(register: Register, position: int, key: SecretKey, at: datetime) -> bytes:
    """Sign a receipt for an entry that is on disk, against the state of now.

    Parameters
    ----------
    key : SecretKey
        The Ed25519 register key.
    at : datetime
        UTC time of signing.

    Raises
    ------
    UsageError
        When there is no such entry.
    RegisterError
        When a transaction is open: nothing is acknowledged before it is committed.
    """
    state = register.state()
    entry = register.entry(position)
    path = register.inclusion(position, state.size)
    header = {
        sign1.CWT_CLAIMS: {
            sign1.ISS: register.origin,
            sign1.SUB: entry.message_id.hex(),
            sign1.IAT: instant.seconds(at),
        },
        VDS: RFC9162_SHA256,
        TREE_SIZE: state.size,
    }
    proof = encode([state.size, position, path])
    return sign1.sign(key, header, state.root, {VDP: {INCLUSION: [proof]}})


def verify_receipt(receipt: bytes, entry: Entry, keys: KeyRing, at: datetime | None = None) -> Receipt:
    """Say whether a register signed that an entry stands in it.

    Parameters
    ----------
    keys : mapping
        Key histories by authority.
    at : datetime, optional
        UTC; when the receipt is known to have existed, for instance the time of a witness. The key must be good then
        and at the signed time; without it only the signed time counts.

    Raises
    ------
    ReadError
        When the bytes are no receipt.
    SignatureError
        ``unknown_critical_header``, ``unknown_issuer``, ``bad_proof``, ``wrong_message``, ``wrong_algorithm``,
        ``bad_signature`` or what `KeyHistory.key` says.
    """
    signed = sign1.read(receipt, MAX_BYTES)
    labels = signed.header
    if sign1.CRIT in labels:
        raise SignatureError("unknown_critical_header", "The receipt marks fields as critical; none of its kind are.")
    if set(labels) != _LABELS or labels[VDS] != RFC9162_SHA256 or type(labels[VDS]) is not int:
        raise ReadError("The bytes are no receipt over a tree of kind RFC9162_SHA256.")
    key_id = labels[sign1.KID]
    if not isinstance(key_id, bytes):
        raise ReadError("The receipt does not name its key by bytes.")
    issuer, subject, issued_at = _claims(labels[sign1.CWT_CLAIMS])
    size, position, path = _proof(signed.unprotected)
    if size != labels[TREE_SIZE] or type(labels[TREE_SIZE]) is not int:
        raise SignatureError("bad_proof", "The proof is over another tree than the one signed.")
    if subject != entry.message_id.hex():
        raise SignatureError("wrong_message", "The receipt is for another message.")
    history = keys.get(issuer)
    if history is None or history.owner != issuer:
        raise SignatureError("unknown_issuer", f"No key of the register {issuer} is known here.")
    key = history.key(key_id, "register", issued_at)
    if at is not None:
        history.key(key_id, "register", at)
    root = merkle.root_from_inclusion(merkle.leaf_hash(entry.record), position, size, path)
    signed.check(key, root)
    return Receipt(Checkpoint(issuer, size, root), position, entry, issued_at)


def check_against(receipt: Receipt, checkpoint: Checkpoint, consistency: list[bytes] | None = None) -> None:
    """Say whether a verified receipt and a verified checkpoint speak of one history.

    Parameters
    ----------
    checkpoint : Checkpoint
        Of the same size as the state of the receipt, or later.
    consistency : list of bytes, optional
        Proof between the two; empty for the same size.

    Raises
    ------
    SignatureError
        ``wrong_register`` or ``bad_proof``. Two signed states that do not fit are evidence of a rewritten register.
    """
    state = receipt.state
    if state.origin != checkpoint.origin:
        raise SignatureError("wrong_register", f"The checkpoint is that of {checkpoint.origin}, not of {state.origin}.")
    merkle.check_consistency(state.size, checkpoint.size, consistency or [], state.root, checkpoint.root)


def _claims(claims: Any) -> tuple[str, str, datetime]:
    match claims:
        case {sign1.ISS: str(issuer), sign1.SUB: str(subject), sign1.IAT: int(issued_at)} if len(claims) == 3:
            return issuer, subject, instant.from_seconds(issued_at)
    raise ReadError("The receipt must claim register, message and time, and nothing else.")


def _proof(unprotected: dict[Any, Any]) -> tuple[int, int, list[bytes]]:
    match unprotected:
        case {396: {-1: [bytes(proof)], **others}, **more} if not others and not more:
            match decode(proof):
                case [int(size), int(position), list(path)] if bool not in (type(size), type(position)):
                    return size, position, path
    raise ReadError("The receipt must hold one inclusion proof.")
