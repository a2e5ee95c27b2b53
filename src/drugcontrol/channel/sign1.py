"""COSE_Sign1 (RFC 9052) with Ed25519: one signature over a protected header and a payload.

Statements and receipts are both this. Only what they use is accepted: tag 18, one signature, EdDSA, a key id in the
protected header, deterministic encoding throughout.
"""

from dataclasses import dataclass
from typing import Any

from drugcontrol.channel.encoding import MAX_BYTES, decode, encode
from drugcontrol.channel.keys import PublicKey, SecretKey
from drugcontrol.errors import ReadError, SignatureError, UsageError

ALG, CRIT, CONTENT_TYPE, KID = 1, 2, 3, 4
CWT_CLAIMS = 15
ISS, SUB, IAT = 1, 2, 6
EDDSA = -8

_TAG = b"\xd2"
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Sign1:
    """A COSE_Sign1 as read; nothing in it is believed before `check` has passed.

    Attributes
    ----------
    protected : bytes
        The protected header as signed.
    header : dict
        The same, decoded.
    unprotected : dict
        Not covered by the signature.
    payload : bytes or None
        None when it is detached.
    signature : bytes
    """

    protected: bytes
    header: dict[Any, Any]
    unprotected: dict[Any, Any]
    payload: bytes | None
    signature: bytes

    def check(self, key: PublicKey, payload: bytes | None = None) -> None:
        """Check algorithm and signature; `payload` is the detached one.

        Raises
        ------
        SignatureError
            ``wrong_algorithm``, ``bad_signature`` or ``bad_payload``.
        """
        if (self.payload is None) == (payload is None):
            raise SignatureError("bad_payload", "The payload must be either inside or beside the signature.")
        if self.header.get(ALG) != EDDSA or type(self.header.get(ALG)) is not int or key.algorithm != "Ed25519":
            raise SignatureError("wrong_algorithm", "The signature is not of kind EdDSA with Ed25519.")
        signed = payload if payload is not None else self.payload
        key.verify(self.signature, sig_structure(self.protected, signed or b""))


def sig_structure(protected: bytes, payload: bytes) -> bytes:
    """Give the bytes that are signed (RFC 9052, section 4.4), without external data."""
    return encode(["Signature1", protected, b"", payload])


def sign(key: SecretKey, header: dict[Any, Any], payload: bytes, unprotected: dict[Any, Any] | None = None) -> bytes:
    """Sign a header and a payload and give the COSE_Sign1 with the payload left out.

    Parameters
    ----------
    header : dict
        Protected header; algorithm and key id are added here.

    Raises
    ------
    UsageError
        When the key is not of kind Ed25519.
    """
    if key.algorithm != "Ed25519":
        raise UsageError(f"A key of kind {key.algorithm} signs no COSE_Sign1 here.", "Use an Ed25519 key.")
    protected = encode({ALG: EDDSA, KID: key.public.key_id, **header})
    signature = key.sign(sig_structure(protected, payload))
    return _TAG + encode([protected, unprotected or {}, None, signature])


def read(data: bytes, limit: int = MAX_BYTES) -> Sign1:
    """Read a COSE_Sign1 without believing it.

    Raises
    ------
    ReadError
        When the bytes are none, are longer than `limit`, or not in deterministic encoding.
    """
    if data[:1] != _TAG:
        raise ReadError("The bytes do not begin as a COSE_Sign1.", "Tag 18 must stand first.")
    match decode(data[1:], limit):
        case [bytes(protected), dict(unprotected), None | bytes() as payload, bytes(signature)]:
            header = decode(protected, limit) if protected else {}
        case _:
            raise ReadError(
                "The bytes are no COSE_Sign1.", "Four parts are needed: header, header, payload, signature."
            )
    if not isinstance(header, dict) or len(signature) != _SIGNATURE_BYTES:
        raise ReadError("The bytes are no COSE_Sign1 with an Ed25519 signature.")
    return Sign1(protected, header, unprotected, payload, signature)
