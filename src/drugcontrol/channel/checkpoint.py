"""Checkpoints: the state of a register, signed twice, in the text form of C2SP.

A checkpoint names the register, its number of entries and its root. The register signs it with Ed25519 and with
ML-DSA-44 under one name; both must hold, so that it proves as much as before when one of them is broken. The ML-DSA-44
signature also signs the time. Lines of witnesses may follow; they are judged by `drugcontrol.channel.witnessing`.

References
----------
https://c2sp.org/tlog-checkpoint; https://c2sp.org/signed-note (type 0x01); https://c2sp.org/tlog-cosignature (0x06).
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from drugcontrol.channel import instant
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.keys import Algorithm, PublicKey, SecretKey
from drugcontrol.channel.merkle import MAX_SIZE
from drugcontrol.errors import ReadError, SignatureError, UsageError

MAX_BYTES = 128 * 1024
MAX_SIGNATURES = 32

_TYPES: dict[Algorithm, bytes] = {"Ed25519": b"\x01", "ML-DSA-44": b"\x06"}
_ORIGIN = re.compile(r"[!-*,-~]{1,255}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+=*)")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a register.

    Attributes
    ----------
    origin : str
        Name of the register; here that of its authority.
    size : int
        Number of entries.
    root : bytes
        Root of the Merkle tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not _ORIGIN.fullmatch(self.origin):
            raise ReadError("The name of a register is 1 to 255 visible ASCII characters without a plus sign.")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != 32:
            raise ReadError("A checkpoint needs a size and a root of 32 bytes.")

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the name, the four bytes of the key id, and the signature."""

    name: str
    key_hint: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint as read, with its signatures in the order of the text; `verify_checkpoint` judges them."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]


def sign_checkpoint(checkpoint: Checkpoint, classical: SecretKey, post_quantum: SecretKey, at: datetime) -> str:
    """Sign a checkpoint with both register keys and give its text.

    Parameters
    ----------
    classical, post_quantum : SecretKey
        Of kind Ed25519 and ML-DSA-44.
    at : datetime
        UTC time of signing.

    Raises
    ------
    UsageError
        When the keys are of other kinds.
    """
    if (classical.algorithm, post_quantum.algorithm) != ("Ed25519", "ML-DSA-44"):
        raise UsageError("A checkpoint is signed with an Ed25519 key and an ML-DSA-44 key, in this order.")
    time = instant.seconds(at)
    values = (
        (classical, classical.sign(checkpoint.body.encode())),
        (post_quantum, timed(checkpoint, checkpoint.origin, post_quantum, time)),
    )
    lines = [signature_line(checkpoint.origin, key.public, value) for key, value in values]
    return checkpoint.body + "\n" + "".join(lines)


def read_checkpoint(text: str) -> SignedCheckpoint:
    """Read the text of a checkpoint without believing it.

    Raises
    ------
    ReadError
        When it is no checkpoint, is too long, or has extension lines, which the ML-DSA-44 signature would not cover.
    """
    body, blank, tail = text.partition("\n\n")
    lines = body.split("\n")
    if len(text) > MAX_BYTES or not blank or len(lines) != 3 or not _SIZE.fullmatch(lines[1]):
        raise ReadError("The text is no checkpoint.", "Three lines, an empty line and signatures are needed.")
    checkpoint = Checkpoint(lines[0], int(lines[1]), _base64(lines[2]))
    rows = tail.split("\n")
    if rows.pop() != "" or not 1 <= len(rows) <= MAX_SIGNATURES:
        raise ReadError(f"A checkpoint ends with 1 to {MAX_SIGNATURES} lines of signatures.")
    signatures = []
    for row in rows:
        match = _LINE.fullmatch(row)
        value = _base64(match[2]) if match else b""
        if match is None or len(value) <= 4 or "+" in match[1]:
            raise ReadError("A line of the checkpoint is no signature.")
        signatures.append(Signature(match[1], value[:4], value[4:]))
    return SignedCheckpoint(checkpoint, tuple(signatures))


def verify_checkpoint(text: str, keys: KeyRing, at: datetime | None = None) -> tuple[Checkpoint, datetime]:
    """Say whether the register that a checkpoint names signed it, twice.

    Parameters
    ----------
    keys : mapping
        Key histories by authority.
    at : datetime, optional
        UTC; when the checkpoint is known to have existed. Both keys must be good then and at the signed time. Without
        it only the signed time counts, which a thief of both keys may choose.

    Returns
    -------
    checkpoint : Checkpoint
    signed_at : datetime
        As the register claims, UTC.

    Raises
    ------
    ReadError
        When the text is no checkpoint.
    SignatureError
        ``unknown_issuer``, ``missing_signature``, ``bad_signature`` or what `KeyHistory.key` says.
    """
    read = read_checkpoint(text)
    checkpoint = read.checkpoint
    history = keys.get(checkpoint.origin)
    if history is None or history.owner != checkpoint.origin:
        raise SignatureError("unknown_issuer", f"No key of the register {checkpoint.origin} is known here.")
    known = {
        (checkpoint.origin, key_hint(checkpoint.origin, record.key)): record.key
        for record in history.records
        if record.purpose == "register"
    }
    found: dict[Algorithm, tuple[PublicKey, Signature]] = {}
    for signature in read.signatures:
        key = known.get((signature.name, signature.key_hint))
        if key is None:
            continue
        if key.algorithm in found:
            raise SignatureError(
                "bad_signature", f"The checkpoint carries two {key.algorithm} signatures of its register."
            )
        found[key.algorithm] = (key, signature)
    if set(found) != set(_TYPES):
        missing = ", ".join(sorted(set(_TYPES) - set(found)))
        raise SignatureError("missing_signature", f"The checkpoint lacks the signature of its register with {missing}.")
    key, signature = found["ML-DSA-44"]
    signed_at = check_timed(checkpoint, signature, key)
    found["Ed25519"][0].verify(found["Ed25519"][1].value, checkpoint.body.encode())
    for key, _ in found.values():
        history.key(key.key_id, "register", signed_at)
        if at is not None:
            history.key(key.key_id, "register", at)
    return checkpoint, signed_at


def key_hint(name: str, key: PublicKey) -> bytes:
    """Give the four bytes by which a signature line names its key."""
    kind = _TYPES.get(key.algorithm)
    if kind is None:
        raise UsageError(f"A key of kind {key.algorithm} signs no checkpoint.")
    return hashlib.sha256(name.encode() + b"\n" + kind + key.raw).digest()[:4]


def signature_line(name: str, key: PublicKey, value: bytes) -> str:
    """Write the line of a signature."""
    return f"— {name} {base64.b64encode(key_hint(name, key) + value).decode()}\n"


def timed(checkpoint: Checkpoint, name: str, key: SecretKey, time: int) -> bytes:
    """Sign a checkpoint and a time with ML-DSA-44, as the register itself or as a witness of that name."""
    return time.to_bytes(8, "big") + key.sign(_cosigned(checkpoint, name, time))


def check_timed(checkpoint: Checkpoint, signature: Signature, key: PublicKey) -> datetime:
    """Say whether an ML-DSA-44 signature holds, and give the time that it signs.

    Raises
    ------
    ReadError, SignatureError
    """
    time = int.from_bytes(signature.value[:8], "big")
    signed_at = instant.from_seconds(time)
    key.verify(signature.value[8:], _cosigned(checkpoint, signature.name, time))
    return signed_at


def _cosigned(checkpoint: Checkpoint, name: str, time: int) -> bytes:
    """Give the structure ``cosigned_message`` of C2SP tlog-cosignature, for the whole tree."""
    signer, origin = (len(text).to_bytes(1, "big") + text.encode() for text in (name, checkpoint.origin))
    numbers = (0).to_bytes(8, "big") + checkpoint.size.to_bytes(8, "big")
    return b"subtree/v1\n\0" + signer + time.to_bytes(8, "big") + origin + numbers + checkpoint.root


def _base64(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if base64.b64encode(value).decode() != text:
        raise ReadError("A line of the checkpoint is not in Base 64.")
    return value
