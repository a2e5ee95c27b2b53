"""Keys of an authority: making, keeping and naming them. All cryptography is that of ``cryptography``."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from drugcontrol.channel.encoding import encode
from drugcontrol.errors import ReadError, SignatureError, UsageError

Algorithm = Literal["Ed25519", "ML-DSA-44", "ML-KEM-768/X25519"]
"""Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204) sign; the hybrid of ML-KEM-768 (FIPS 203) and X25519 receives."""

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)

# A key is one part or, for the hybrid, two: the classes of its parts and the length of each public part in bytes.
_SECRET: dict[Algorithm, tuple[Any, ...]] = {
    "Ed25519": (Ed25519PrivateKey,),
    "ML-DSA-44": (MLDSA44PrivateKey,),
    "ML-KEM-768/X25519": (MLKEM768PrivateKey, X25519PrivateKey),
}
_PUBLIC: dict[Algorithm, tuple[tuple[Any, int], ...]] = {
    "Ed25519": ((Ed25519PublicKey, 32),),
    "ML-DSA-44": ((MLDSA44PublicKey, 1312),),
    "ML-KEM-768/X25519": ((MLKEM768PublicKey, 1184), (X25519PublicKey, 32)),
}
_PEM = re.compile(rb"-----BEGIN [A-Z ]+-----\n[A-Za-z0-9+/=\n]+-----END [A-Z ]+-----\n")
_MAX_FILE_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, checked on construction.

    Attributes
    ----------
    algorithm : Algorithm
    raw : bytes
        Its parts as their standards encode them, one after the other.

    Raises
    ------
    ReadError
        When the bytes are no key of the algorithm.
    """

    algorithm: Algorithm
    raw: bytes
    parts: tuple[Any, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shape = _PUBLIC.get(self.algorithm)
        if shape is None or len(self.raw) != sum(length for _, length in shape):
            raise ReadError("The bytes are no public key of a kind used here.", f"Kinds: {', '.join(ALGORITHMS)}.")
        parts, start = [], 0
        for kind, length in shape:
            piece = self.raw[start : start + length]
            try:
                parts.append(kind.from_public_bytes(piece))
            except (ValueError, UnsupportedAlgorithm) as error:
                raise ReadError(f"The bytes are no {self.algorithm} public key: {error}.") from None
            start += length
        object.__setattr__(self, "parts", tuple(parts))

    @property
    def key_id(self) -> bytes:
        """SHA-256 over algorithm and key, 32 bytes: the same key under another algorithm has another id."""
        return hashlib.sha256(encode([self.algorithm, self.raw])).digest()

    def verify(self, signature: bytes, data: bytes) -> None:
        """Check a signature.

        Raises
        ------
        SignatureError
            ``bad_signature`` when it does not hold, ``wrong_algorithm`` when this key cannot sign at all.
        """
        if len(self.parts) != 1:
            raise SignatureError("wrong_algorithm", f"A key of kind {self.algorithm} signs nothing.")
        try:
            self.parts[0].verify(signature, data)
        except (InvalidSignature, ValueError):
            raise SignatureError("bad_signature", f"The {self.algorithm} signature does not hold.") from None


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A secret key; its text form shows nothing of it."""

    algorithm: Algorithm
    parts: tuple[Any, ...] = field(repr=False)

    @classmethod
    def generate(cls, algorithm: Algorithm) -> "SecretKey":
        """Make a new key from the system's randomness."""
        return cls(algorithm, tuple(kind.generate() for kind in _SECRET[algorithm]))

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.algorithm, b"".join(part.public_key().public_bytes_raw() for part in self.parts))

    def sign(self, data: bytes) -> bytes:
        """Sign; for keys of kind Ed25519 and ML-DSA-44.

        Raises
        ------
        UsageError
            When the key only receives.
        """
        if len(self.parts) != 1:
            raise UsageError(f"A key of kind {self.algorithm} signs nothing.", "Use the statement or register key.")
        signature: bytes = self.parts[0].sign(data)
        return signature


def save_secret(key: SecretKey, path: Path, passphrase: bytes | None = None) -> None:
    """Write a secret key as PKCS #8 in PEM, readable by its owner only; the hybrid is two blocks.

    Raises
    ------
    UsageError
        When the file exists: a key is never written over.
    """
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    content = b"".join(part.private_bytes(*form) for part in key.parts)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{path} exists; a key is never written over.", "Choose another file name.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def load_secret(path: Path, passphrase: bytes | None = None) -> SecretKey:
    """Read a secret key, only where nobody but its owner may.

    Raises
    ------
    ReadError
        When others than the owner may read or write the file, the passphrase is wrong, or it holds no key used here.
    """
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ReadError(f"Others than the owner may use {path}.", f"Run: chmod 600 {path}")
        with path.open("rb") as file:
            content = file.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.") from None
    blocks = _PEM.findall(content)
    if not blocks or b"".join(blocks) != content or len(blocks) > 2:
        raise ReadError(f"{path} is no key file.", "It must hold PEM blocks and nothing else.")
    try:
        parts = tuple(serialization.load_pem_private_key(block, passphrase) for block in blocks)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ReadError(f"{path} does not open.", "Check the passphrase; the file may be damaged.") from None
    for algorithm, kinds in _SECRET.items():
        if len(kinds) == len(parts) and all(map(isinstance, parts, kinds)):
            return SecretKey(algorithm, parts)
    raise ReadError(f"{path} holds a key of another kind.", f"Kinds: {', '.join(ALGORITHMS)}.")
