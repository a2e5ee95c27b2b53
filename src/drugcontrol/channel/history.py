"""Key history: which key an authority used for what, from when to when, and since when one is known to be stolen.

A history only grows. Old public keys stay in it, so that an old statement can be checked for ever.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from drugcontrol.channel import instant
from drugcontrol.channel.keys import ALGORITHMS, Algorithm, PublicKey
from drugcontrol.errors import ReadError, SignatureError

Purpose = Literal["statement", "register", "encryption", "witness"]
"""One key, one purpose: statements; checkpoints and receipts of a register; sealed content; states of others."""

_ALLOWED: dict[Purpose, tuple[Algorithm, ...]] = {
    "statement": ("Ed25519",),
    "register": ("Ed25519", "ML-DSA-44"),
    "encryption": ("ML-KEM-768/X25519",),
    "witness": ("ML-DSA-44",),
}
_FIELDS = {"algorithm", "compromised_since", "key", "key_id", "purpose", "valid_from", "valid_until"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """One key in a history.

    Attributes
    ----------
    key : PublicKey
    purpose : Purpose
    valid_from, valid_until : datetime
        UTC; the first instant of use and the first after it.
    compromised_since : datetime or None
        From this instant on, nothing signed with the key counts.
    """

    key: PublicKey
    purpose: Purpose
    valid_from: datetime
    valid_until: datetime
    compromised_since: datetime | None = None

    def __post_init__(self) -> None:
        if self.key.algorithm not in _ALLOWED.get(self.purpose, ()):
            raise ReadError(f"A key of kind {self.key.algorithm} cannot serve the purpose “{self.purpose}”.")
        for moment in (self.valid_from, self.valid_until, self.compromised_since or self.valid_from):
            instant.seconds(moment)
        if not self.valid_from < self.valid_until:
            raise ReadError("A key ends before it begins.", "Check valid_from and valid_until.")


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """All keys of one authority.

    Attributes
    ----------
    owner : str
        Name of the authority as statements give it.
    records : tuple of KeyRecord
    """

    owner: str
    records: tuple[KeyRecord, ...]

    def __post_init__(self) -> None:
        ids = [record.key.key_id for record in self.records]
        if len(set(ids)) != len(ids):
            raise ReadError(
                f"The key history of {self.owner} names a key twice.", "One key has one purpose and period."
            )

    def key(self, key_id: bytes, purpose: Purpose, at: datetime) -> PublicKey:
        """Give the key with an id, if it may serve the purpose at an instant.

        Raises
        ------
        SignatureError
            ``unknown_key``, ``wrong_purpose``, ``key_not_yet_valid``, ``expired_key`` or ``compromised_key``.
        """
        record = next((record for record in self.records if record.key.key_id == key_id), None)
        shown = f"key {key_id.hex()[:16]} of {self.owner}"
        if record is None:
            raise SignatureError(
                "unknown_key", f"The {shown} is not in its key history.", "Ask the authority for its newest history."
            )
        if record.purpose != purpose:
            raise SignatureError("wrong_purpose", f"The {shown} is for “{record.purpose}”, not for “{purpose}”.")
        if at < record.valid_from:
            raise SignatureError("key_not_yet_valid", f"The {shown} begins {instant.text(record.valid_from)}.")
        if at >= record.valid_until:
            raise SignatureError("expired_key", f"The {shown} ended {instant.text(record.valid_until)}.")
        if record.compromised_since is not None and at >= record.compromised_since:
            raise SignatureError(
                "compromised_key",
                f"The {shown} is reported stolen since {instant.text(record.compromised_since)}.",
                "Ask for a confirmation signed with a newer key.",
            )
        return record.key


KeyRing = Mapping[str, KeyHistory]
"""Key histories by the name of their owner: whom a verifier believes to be who."""


def write_history(history: KeyHistory) -> str:
    """Write a key history as JSON."""
    rows = [
        {
            "key_id": record.key.key_id.hex(),
            "algorithm": record.key.algorithm,
            "purpose": record.purpose,
            "key": base64.b64encode(record.key.raw).decode(),
            "valid_from": instant.text(record.valid_from),
            "valid_until": instant.text(record.valid_until),
            "compromised_since": record.compromised_since and instant.text(record.compromised_since),
        }
        for record in history.records
    ]
    return json.dumps({"owner": history.owner, "keys": rows}, indent=2, ensure_ascii=False) + "\n"


def read_history(text: str) -> KeyHistory:
    """Read a key history from JSON.

    Raises
    ------
    ReadError
        When a field is missing, unknown or wrong, or a key id is not that of its key.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise ReadError("The key history is no JSON.") from None
    if not isinstance(document, dict) or set(document) != {"owner", "keys"} or not isinstance(document["owner"], str):
        raise ReadError("The key history must hold “owner” and “keys”.")
    if not document["owner"] or not document["owner"].isprintable() or not isinstance(document["keys"], list):
        raise ReadError("The key history must name an owner and list keys.")
    return KeyHistory(document["owner"], tuple(_record(row) for row in document["keys"]))


def _record(row: Any) -> KeyRecord:
    if not isinstance(row, dict) or set(row) != _FIELDS:
        raise ReadError(
            "A row of the key history has other fields than it must.", f"Fields: {', '.join(sorted(_FIELDS))}."
        )
    if row["algorithm"] not in ALGORITHMS or row["purpose"] not in get_args(Purpose):
        raise ReadError("A row of the key history has an unknown algorithm or purpose.")
    try:
        raw = base64.b64decode(row["key"], validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise ReadError("A key in the key history is not in Base 64.") from None
    key = PublicKey(row["algorithm"], raw)
    if row["key_id"] != key.key_id.hex():
        raise ReadError("A key id in the key history is not that of its key.", "The file was changed or damaged.")
    return KeyRecord(
        key=key,
        purpose=row["purpose"],
        valid_from=instant.parse(row["valid_from"]),
        valid_until=instant.parse(row["valid_until"]),
        compromised_since=None if row["compromised_since"] is None else instant.parse(row["compromised_since"]),
    )
