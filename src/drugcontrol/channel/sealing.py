"""Sealing: content for the recipients' eyes only, tied to the header it was sent under.

The content and a random salt are encrypted with AES-256-GCM under a fresh key; that key is encrypted to each recipient
with HPKE over the hybrid ML-KEM-768/X25519, which holds while either of the two does. The hash of the header goes into
``info`` of HPKE, so a seal does not open under another header, for another recipient or in another thread. The header
carries the commitment SHA-256(salt, content): recipients compare it, and either side can later open it to a court
without any key.

References
----------
RFC 9180 (HPKE); draft-ietf-hpke-pq (MLKEM768-X25519); both as ``cryptography`` has them.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.keys import PublicKey, SecretKey
from drugcontrol.errors import ReadError, SignatureError, UsageError

MAX_CONTENT = 16 * 1024 * 1024
"""Longest content that is sealed in one piece, in bytes."""

_MAX_SEALED = MAX_CONTENT + 1024 * 1024
_SALT_BYTES = 32
_NONCE = bytes(12)  # each content key encrypts once
_LABEL = b"drugcontrol sealing 1\n"
_COMMITMENT_LABEL = b"drugcontrol commitment 1\n"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HYBRID = "ML-KEM-768/X25519"


@dataclass(frozen=True, slots=True)
class Opened:
    """Content with the salt that opens its commitment to a third party."""

    content: bytes
    salt: bytes


def new_salt() -> bytes:
    """Give 32 random bytes, so that a commitment to guessable content tells nothing."""
    return os.urandom(_SALT_BYTES)


def commitment(salt: bytes, content: bytes) -> bytes:
    """Give the commitment to content, 32 bytes, for the header of the statement.

    Raises
    ------
    UsageError
        When the salt is not 32 bytes.
    """
    if len(salt) != _SALT_BYTES:
        raise UsageError("A salt has 32 bytes.", "Use new_salt().")
    return hashlib.sha256(_COMMITMENT_LABEL + salt + content).digest()


def check_commitment(opened: Opened, expected: bytes) -> None:
    """Say whether content and salt are those that a header commits to.

    Raises
    ------
    SignatureError
        ``wrong_commitment``.
    """
    if not hmac.compare_digest(commitment(opened.salt, opened.content), expected):
        raise SignatureError("wrong_commitment", "The content is not the one that the signed header commits to.")


def seal(opened: Opened, recipients: Mapping[str, PublicKey], binding: bytes) -> bytes:
    """Seal content for recipients, under a header.

    Parameters
    ----------
    opened : Opened
        Content and salt; the header must carry their commitment.
    recipients : mapping
        Encryption keys by name; add the sender's own, or it cannot read what it sent.
    binding : bytes
        `Header.binding` of the statement.

    Raises
    ------
    UsageError
        When the content is too long, nobody is named, or a key is of another kind.
    """
    if len(opened.content) > MAX_CONTENT or len(opened.salt) != _SALT_BYTES:
        raise UsageError(f"The content is longer than {MAX_CONTENT} bytes, or the salt is not of 32.")
    if not recipients or any(key.algorithm != _HYBRID for key in recipients.values()):
        raise UsageError(f"Content is sealed for at least one recipient, each with a key of kind {_HYBRID}.")
    content_key = AESGCM.generate_key(256)
    ciphertext = AESGCM(content_key).encrypt(_NONCE, opened.salt + opened.content, _LABEL + binding)
    wrapped = [
        [name, key.key_id, _SUITE.encrypt(content_key, MLKEM768X25519PublicKey(*key.parts), _info(name, binding))]
        for name, key in recipients.items()
    ]
    return encode([1, wrapped, ciphertext])


def unseal(sealed: bytes, name: str, key: SecretKey, binding: bytes, expected: bytes) -> Opened:
    """Open sealed content as one of its recipients.

    Parameters
    ----------
    sealed : bytes
    name : str
        Of the recipient.
    key : SecretKey
        Its encryption key.
    binding, expected : bytes
        `Header.binding` and the commitment of the statement, which must be verified before.

    Raises
    ------
    ReadError
        When the bytes are no sealed content.
    SignatureError
        ``not_sealed_for``, ``bad_seal`` or ``wrong_commitment``.
    """
    if key.algorithm != _HYBRID:
        raise UsageError(f"A key of kind {key.algorithm} opens nothing.", "Use the encryption key.")
    wrapped, ciphertext = _read(sealed)
    wanted = (name, key.public.key_id)
    envelope = next((box for owner, key_id, box in wrapped if (owner, key_id) == wanted), None)
    if envelope is None:
        raise SignatureError("not_sealed_for", f"The content is not sealed for this key of {name}.")
    try:
        content_key = _SUITE.decrypt(envelope, MLKEM768X25519PrivateKey(*key.parts), _info(name, binding))
        plain = AESGCM(content_key).decrypt(_NONCE, ciphertext, _LABEL + binding)
    except (InvalidTag, ValueError):
        raise SignatureError(
            "bad_seal", "The seal does not open under this header.", "The header or the content was changed or swapped."
        ) from None
    if len(plain) < _SALT_BYTES:
        raise SignatureError("bad_seal", "The sealed content carries no salt.")
    opened = Opened(plain[_SALT_BYTES:], plain[:_SALT_BYTES])
    check_commitment(opened, expected)
    return opened


def sealed_for(sealed: bytes) -> list[tuple[str, bytes]]:
    """Give the recipients of sealed content: name and key id, as the sender wrote them.

    Raises
    ------
    ReadError
        When the bytes are no sealed content.
    """
    return [(name, key_id) for name, key_id, _ in _read(sealed)[0]]


def _read(sealed: bytes) -> tuple[list[tuple[str, bytes, bytes]], bytes]:
    match decode(sealed, _MAX_SEALED):
        case [1, list(rows), bytes(ciphertext)] if rows:
            wrapped = []
            for row in rows:
                match row:
                    case [str(name), bytes(key_id), bytes(box)]:
                        wrapped.append((name, key_id, box))
                    case _:
                        raise ReadError("A recipient of the sealed content is not given as name, key and envelope.")
            return wrapped, ciphertext
    raise ReadError("The bytes are no sealed content.")


def _info(name: str, binding: bytes) -> bytes:
    return _LABEL + encode([name, binding])
