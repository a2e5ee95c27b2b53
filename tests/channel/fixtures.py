"""Two fictional authorities, XA and XB (SIMULATION), and what they sign. Keys are made from fixed seeds."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from drugcontrol.channel.history import KeyHistory, KeyRecord
from drugcontrol.channel.keys import SecretKey
from drugcontrol.channel.statement import Header, Recipient

XA, XB, XC = "urn:dcx:XA", "urn:dcx:XB", "urn:dcx:XC"
NOW = datetime(2026, 3, 24, 12, 0, tzinfo=UTC)
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def ed25519(name: str) -> SecretKey:
    return SecretKey("Ed25519", (Ed25519PrivateKey.from_private_bytes(seed(name)),))


def mldsa(name: str) -> SecretKey:
    return SecretKey("ML-DSA-44", (MLDSA44PrivateKey.from_seed_bytes(seed(name)),))


XA_STATEMENT, XB_STATEMENT, XC_STATEMENT = ed25519("XA statement"), ed25519("XB statement"), ed25519("XC statement")
XA_REGISTER, XA_REGISTER_PQ = ed25519("XA register"), mldsa("XA register")
XA_ENCRYPTION, XB_ENCRYPTION = (SecretKey.generate("ML-KEM-768/X25519") for _ in range(2))


def record(key: SecretKey, purpose: Any) -> KeyRecord:
    return KeyRecord(key=key.public, purpose=purpose, valid_from=START, valid_until=END)


KEYS = {
    XA: KeyHistory(
        XA,
        (
            record(XA_STATEMENT, "statement"),
            record(XA_REGISTER, "register"),
            record(XA_REGISTER_PQ, "register"),
            record(XA_ENCRYPTION, "encryption"),
        ),
    ),
    XB: KeyHistory(XB, (record(XB_STATEMENT, "statement"), record(XB_ENCRYPTION, "encryption"))),
    XC: KeyHistory(XC, (record(XC_STATEMENT, "statement"),)),
}
PAYLOAD = b"sealed content"


def header(**changes: Any) -> Header:
    fields: dict[str, Any] = {
        "issuer": XA,
        "to": (Recipient(XB, 1, None),),
        "thread": "urn:dcx:XA:2026:SN:000001",
        "type": "notice.incident",
        "issued_at": NOW,
        "legal_basis": "1988-12-9c",
        "respond_by": datetime(2026, 4, 7, 16, 0, tzinfo=UTC),
        "simulation": True,
        "media_type": "application/json",
        "commitment": seed("commitment"),
        "payload_digest": hashlib.sha256(PAYLOAD).digest(),
    }
    return Header(**(fields | changes))
