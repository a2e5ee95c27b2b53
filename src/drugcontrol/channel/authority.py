"""An authority: a directory of its own with keys, key history, peers, register and settings.

::

    settings.json        name, country, whether it is an exercise
    keys/                secret keys, readable by their owner only
    key-history.json     the public keys, for peers: they compare the fingerprint by another way, then add the file
    peers/               key histories of peers and the newest state of their registers that was seen
    register.sqlite      see drugcontrol.channel.register
    calendars/           working days that deadlines are counted in (XB.yaml)
    counted/             the days that deadlines were counted with, by digest
    policy.json          which witnesses are asked to sign the states of the register, and how many must
    witnessed/           states of the register with the signatures of witnesses
    messages/            what is known of each message, to make evidence from
"""

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from drugcontrol.channel import files
from drugcontrol.channel.history import KeyHistory, KeyRecord, KeyRing, Purpose, read_history, write_history
from drugcontrol.channel.keys import Algorithm, PublicKey, SecretKey, load_secret, save_secret
from drugcontrol.channel.policy import Policy, read_policy
from drugcontrol.channel.register import Register, open_register
from drugcontrol.errors import ReadError, SignatureError, UsageError

KEYS: dict[str, tuple[Purpose, Algorithm]] = {
    "statement": ("statement", "Ed25519"),
    "register-ed25519": ("register", "Ed25519"),
    "register-ml-dsa-44": ("register", "ML-DSA-44"),
    "encryption": ("encryption", "ML-KEM-768/X25519"),
    "witness": ("witness", "ML-DSA-44"),
}
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9:._-]{1,120}")
_FICTIONAL = re.compile(r"X[A-Z]|Q[M-Z]|AA")
_MAX_HISTORY = 1024 * 1024


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an authority is called, where it is, and whether everything it does is an exercise."""

    version: int
    name: str
    country: str
    simulation: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority whose directory was opened; see `open_authority`."""

    directory: Path
    settings: Settings
    history: KeyHistory
    passphrase: bytes | None = None

    @property
    def name(self) -> str:
        """Its name in statements, receipts and checkpoints."""
        return self.settings.name

    def secret(self, key: str) -> SecretKey:
        """Read the newest secret key: ``statement``, ``register-ed25519``, ``encryption`` or another of `KEYS`."""
        return load_secret(key_file(self.directory, newest(self.history, key).key), self.passphrase)

    def opening_key(self, key_ids: Container[bytes]) -> SecretKey:
        """Read the encryption key among some, which may be an older one; the newest where there is none of them."""
        for row in self.history.records:
            path = key_file(self.directory, row.key)
            if row.purpose == "encryption" and row.key.key_id in key_ids and path.exists():
                return load_secret(path, self.passphrase)
        return self.secret("encryption")

    @property
    def policy(self) -> Policy:
        """The witnesses that are asked."""
        path = self.directory / "policy.json"
        return read_policy(files.read(path, _MAX_HISTORY)) if path.exists() else Policy()

    def peers(self) -> dict[str, KeyHistory]:
        """Give the key histories of the peers that were added, by name."""
        found = [read_history_file(path) for path in sorted((self.directory / "peers").glob("*.keys.json"))]
        return {history.owner: history for history in found}

    def keyring(self) -> KeyRing:
        """Give all key histories that this authority believes: those of its peers and its own."""
        return {**self.peers(), self.name: self.history}

    @contextmanager
    def register(self) -> Iterator[Register]:
        """Open the register, alone: a second process waits until this one is done."""
        lock = sqlite3.connect(self.directory / "lock.sqlite", timeout=60, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            register = open_register(self.directory / "register.sqlite", self.name)
            try:
                yield register
            finally:
                register.close()
        except sqlite3.OperationalError as error:
            raise ReadError(f"{self.directory} is in use or cannot be written: {error}.", "Try again.") from None
        finally:
            lock.close()


def init_authority(
    directory: Path,
    name: str,
    country: str,
    simulation: bool,
    now: datetime,
    years: int = 2,
    passphrase: bytes | None = None,
) -> Authority:
    """Make the directory of a new authority, whole or not at all.

    Parameters
    ----------
    name : str
        A URN, for instance ``urn:dcx:authority:XA:precursor-office``.
    country : str
        ISO 3166 code; in a simulation one that no State has (XA, XB ...), and only there.
    now : datetime
        UTC; from here on its keys hold, for `years` years.

    Raises
    ------
    UsageError
        When name or country do not fit, or the directory exists.
    """
    if not _URN.fullmatch(name):
        raise UsageError(f"“{name}” is no URN.", "Write it as urn:dcx:authority:XA:precursor-office.")
    if not re.fullmatch("[A-Z]{2}", country) or bool(_FICTIONAL.fullmatch(country)) != simulation:
        raise UsageError(
            f"“{country}” does not fit.", "In a simulation a code that no State has (XA, XB ...), else that of a State."
        )
    if directory.exists():
        raise UsageError(f"{directory} exists.", "Name a directory that does not; keys are never written over.")
    beside = directory.with_name(f".{directory.name}.{os.getpid()}.part")
    try:
        for part in ("", "keys", "peers", "calendars", "counted", "messages", "witnessed"):
            (beside / part).mkdir(mode=0o700, parents=part == "")
        history = KeyHistory(name, tuple(new_key(beside, kind, now, years, passphrase) for kind in KEYS))
        settings = Settings(version=1, name=name, country=country, simulation=simulation)
        files.write(beside / "key-history.json", write_history(history).encode())
        files.write(beside / "settings.json", json.dumps(msgspec.to_builtins(settings), indent=2).encode() + b"\n")
        open_register(beside / "register.sqlite", name).close()
        (beside / "register.sqlite").chmod(0o600)
        beside.rename(directory)
        files.sync_directory(directory.parent)
    except OSError as error:
        raise ReadError(f"{directory} cannot be made: {error.strerror}.", "Check the directory above it.") from None
    return open_authority(directory, passphrase)


def new_key(directory: Path, kind: str, now: datetime, years: int, passphrase: bytes | None) -> KeyRecord:
    """Make and keep a key of one of `KEYS`, and give its row for the key history."""
    purpose, algorithm = KEYS[kind]
    key = SecretKey.generate(algorithm)
    save_secret(key, key_file(directory, key.public), passphrase)
    end = now.replace(year=now.year + years, day=min(now.day, 28))
    return KeyRecord(key=key.public, purpose=purpose, valid_from=now, valid_until=end)


def newest(history: KeyHistory, kind: str) -> KeyRecord:
    """Give the row of the newest key of one of `KEYS`."""
    purpose, algorithm = KEYS[kind]
    rows = [row for row in history.records if (row.purpose, row.key.algorithm) == (purpose, algorithm)]
    return max(rows, key=lambda row: row.valid_from)


def key_file(directory: Path, key: PublicKey) -> Path:
    """Give the path of a secret key."""
    return directory / "keys" / f"{key.key_id.hex()[:32]}.pem"


def open_authority(directory: Path, passphrase: bytes | None = None) -> Authority:
    """Open the directory of an authority, only where nobody but its owner may.

    Raises
    ------
    ReadError
    """
    if not (directory / "settings.json").is_file():
        raise ReadError(f"{directory} is no authority.", "Make one with: drugcontrol authority init DIR")
    if os.name == "posix" and directory.stat().st_mode & 0o077:
        raise ReadError(f"Others than the owner may use {directory}.", f"Run: chmod 700 {directory}")
    try:
        settings = msgspec.json.decode(files.read(directory / "settings.json", 64 * 1024), type=Settings)
    except msgspec.MsgspecError as error:
        raise ReadError(f"{directory / 'settings.json'} cannot be read: {error}.") from None
    history = read_history_file(directory / "key-history.json")
    if history.owner != settings.name or settings.version != 1:
        raise ReadError(f"{directory} holds the keys of {history.owner} and the settings of {settings.name}.")
    return Authority(directory, settings, history, passphrase)


def read_history_file(path: Path) -> KeyHistory:
    """Read a key history from a file."""
    try:
        return read_history(files.read(path, _MAX_HISTORY).decode())
    except UnicodeDecodeError:
        raise ReadError(f"{path} is no key history.", "Use the key-history.json of the peer.") from None


def add_peer(authority: Authority, history: KeyHistory) -> None:
    """Believe a peer's key history from now on; a newer one may add, end or report keys, and takes nothing back.

    Raises
    ------
    UsageError
        When it is the authority's own, lacks a key that was believed before, or gives one more time.
    """
    if history.owner == authority.name:
        raise UsageError("An authority is no peer of itself.")
    known = authority.peers().get(history.owner)
    new = {record.key.key_id: record for record in history.records}
    for record in known.records if known else ():
        later = new.get(record.key.key_id)
        if later is None:
            raise UsageError(
                f"The history lacks a key of {history.owner} that was believed before; a key history only grows.",
                "Ask the peer by another way; do not take this file.",
            )
        same = (later.purpose, later.valid_from) == (record.purpose, record.valid_from)
        if not same or later.valid_until > record.valid_until:
            raise UsageError(
                f"The history gives a key of {history.owner} another period or purpose than before.",
                "Ask the peer by another way; do not take this file.",
            )
        if record.compromised_since is not None and later.compromised_since != record.compromised_since:
            raise UsageError(
                f"The history takes back that a key of {history.owner} was stolen.",
                "Ask the peer by another way; do not take this file.",
            )
    files.write(peer_file(authority, history.owner, "keys.json"), write_history(history).encode())


def peer_file(authority: Authority, peer: str, kind: str) -> Path:
    """Give the path of a file about a peer; a name makes no path."""
    return authority.directory / "peers" / f"{hashlib.sha256(peer.encode()).hexdigest()[:32]}.{kind}"


def fingerprint(history: KeyHistory) -> str:
    """Give the fingerprint of a key history: SHA-256 of its file, in groups of four to read aloud."""
    digest = hashlib.sha256(write_history(history).encode()).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, 64, 4))


def encryption_key(history: KeyHistory, at: datetime) -> PublicKey:
    """Give the newest key that content for an authority is sealed with.

    Raises
    ------
    SignatureError
        ``expired_key`` when none holds at the instant.
    """
    rows = [record for record in history.records if record.purpose == "encryption"]
    for record in sorted(rows, key=lambda row: row.valid_from, reverse=True):
        if record.valid_from <= at < record.valid_until and record.compromised_since is None:
            return record.key
    raise SignatureError("expired_key", f"{history.owner} has no encryption key that holds now.", "Ask it for one.")
