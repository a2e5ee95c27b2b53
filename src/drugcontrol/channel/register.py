"""The register: an append-only Merkle tree in SQLite, one transaction an entry, on disk before anything is said of it.

Tables: ``entry`` (the leaves), ``node`` (full subtrees, so that a proof reads O(log n) rows), ``checkpoint`` (signed
states) and ``kept`` (bytes that entries speak of, by digest; they may be erased, which leaves every proof whole).
Triggers refuse changes in the first three. A trigger is no defence against who owns the file: that is what the audit,
checkpoints held by others and witnesses are for.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from drugcontrol.channel import merkle
from drugcontrol.channel.checkpoint import Checkpoint, read_checkpoint
from drugcontrol.channel.entry import Entry
from drugcontrol.errors import ReadError, RegisterError, UsageError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS register (origin TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS entry (
    position INTEGER PRIMARY KEY, event TEXT NOT NULL, message_id BLOB NOT NULL,
    record BLOB NOT NULL, leaf BLOB NOT NULL,
    UNIQUE (message_id, event)
) STRICT;
CREATE TABLE IF NOT EXISTS node (
    level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS kept (digest BLOB PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS entry_next BEFORE INSERT ON entry
    WHEN NEW.position != (SELECT coalesce(max(position) + 1, 0) FROM entry)
    BEGIN SELECT raise(ABORT, 'entries are made one after the other'); END;
CREATE TRIGGER IF NOT EXISTS node_new BEFORE INSERT ON node
    WHEN EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND position = NEW.position)
    BEGIN SELECT raise(ABORT, 'the register is append-only'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_new BEFORE INSERT ON checkpoint
    WHEN NEW.size <= (SELECT max(size) FROM checkpoint)
    BEGIN SELECT raise(ABORT, 'checkpoints only grow'); END;
"""
_GUARDED = ("register", "entry", "node", "checkpoint")
_GUARD = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {what} ON {table}
    BEGIN SELECT raise(ABORT, 'the register is append-only'); END;
"""
_VERSION = 1
_SCHEMA_ROWS = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"


class Connection(Protocol):
    """What is used of a database connection: that of ``sqlite3`` without implicit transactions, or one like it."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Run one statement and give its rows."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def close(self) -> None:
        """Close the connection."""


class Register:
    """A register on an open connection; see `open_register`.

    Parameters
    ----------
    connection : Connection
    origin : str
        Name of the register in checkpoints and receipts: that of its authority.
    synchronous : {"FULL", "NORMAL"}
        NORMAL loses acknowledged entries in a power cut and exists for the test that shows this.

    Raises
    ------
    RegisterError
        When the file is the register of another authority or version, or the database does not keep its promises.
    """

    def __init__(self, connection: Connection, origin: str, synchronous: str = "FULL") -> None:
        self.origin = origin
        self._connection = connection
        with _told():
            (mode,) = self._row("PRAGMA journal_mode=WAL")
            level = {"FULL": 2, "NORMAL": 1}[synchronous]
            connection.execute(f"PRAGMA synchronous={level}")
            if mode != "wal" or self._row("PRAGMA synchronous") != (level,):
                raise RegisterError("The database does not write ahead and wait for the disk.", "Use a local disk.")
            with self._transaction():
                _create(connection)
                if self._row("SELECT 1 FROM register") is None:
                    connection.execute("INSERT INTO register VALUES (?, ?)", (origin, _VERSION))
            named = self._row("SELECT origin, version FROM register")
        if named != (origin, _VERSION):
            raise RegisterError(
                f"The file is the register of {named[0]}, version {named[1]}.", "Open it under that name."
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        with _told():
            (size,) = self._row("SELECT coalesce(max(position) + 1, 0) FROM entry")
        return int(size)

    def enter(self, entry: Entry, kept: Sequence[bytes] = ()) -> int:
        """Make an entry and give its position, once it is on disk.

        An event that was entered before for the same message is not entered again: its first position is given.

        Parameters
        ----------
        entry : Entry
        kept : sequence of bytes
            What the entry speaks of, stored in the same transaction; the digest of the entry must be that of the first.

        Raises
        ------
        RegisterError
            When the same event of the same message was entered about other bytes, or the database refuses.
        """
        if kept and hashlib.sha256(kept[0]).digest() != entry.digest:
            raise RegisterError("The stored bytes are not those that the entry speaks of.")
        with _told(), self._transaction():
            known = self._row("SELECT position, record FROM entry WHERE (message_id, event) = (?, ?)", *_key(entry))
            if known is not None:
                if Entry.read(known[1]).digest != entry.digest:
                    raise RegisterError(
                        f"“{entry.event}” of this message was entered before about other bytes.",
                        "Keep both: together they are evidence.",
                    )
                return int(known[0])
            for content in kept:
                self._connection.execute(
                    "INSERT OR IGNORE INTO kept VALUES (?, ?)", (hashlib.sha256(content).digest(), content)
                )
            return self._append(entry)

    def entry(self, position: int) -> Entry:
        """Give an entry.

        Raises
        ------
        UsageError
            When there is none at the position.
        RegisterError
            When it is damaged.
        """
        with _told():
            row = self._row("SELECT record FROM entry WHERE position = ?", position)
            if row is None:
                raise UsageError(f"There is no entry {position} in the register.")
            return Entry.read(row[0])

    def position(self, message_id: bytes, event: str) -> int | None:
        """Give the position of an event of a message, or None when it was not entered."""
        with _told():
            row = self._row("SELECT position FROM entry WHERE (message_id, event) = (?, ?)", message_id, event)
        return None if row is None else int(row[0])

    def positions(self, message_id: bytes) -> list[int]:
        """Give the positions of all entries about a message, in order."""
        rows = "SELECT position FROM entry WHERE message_id = ? ORDER BY position"
        with _told():
            return [int(position) for (position,) in self._connection.execute(rows, (message_id,))]

    def kept(self, digest: bytes) -> bytes | None:
        """Give stored bytes by their SHA-256, or None when none are held or they were erased."""
        with _told():
            row = self._row("SELECT content FROM kept WHERE digest = ?", digest)
        return None if row is None else bytes(row[0])

    def erase(self, digest: bytes) -> None:
        """Erase stored bytes; entries and proofs stay as they are."""
        with _told(), self._transaction():
            self._connection.execute("DELETE FROM kept WHERE digest = ?", (digest,))

    def state(self, size: int | None = None) -> Checkpoint:
        """Give the unsigned state now, or when the register had `size` entries."""
        self._settled()
        with _told():
            size = len(self) if size is None else size
            if not 0 <= size <= len(self):
                raise UsageError(f"The register never had {size} entries yet.")
            return Checkpoint(self.origin, size, merkle.root(size, self.subtree))

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """Give the inclusion proof of an entry in the first `size` entries."""
        self._settled()
        with _told():
            return merkle.inclusion_proof(position, min(size, len(self)), self.subtree)

    def consistency(self, old_size: int, size: int) -> list[bytes]:
        """Give the proof that the first `old_size` entries are the same in the first `size`."""
        self._settled()
        with _told():
            return merkle.consistency_proof(old_size, min(size, len(self)), self.subtree)

    def keep_checkpoint(self, text: str) -> None:
        """Store a signed checkpoint of this register.

        Raises
        ------
        RegisterError
            When it is not a state of this register, or older than one that is stored.
        """
        checkpoint = read_checkpoint(text).checkpoint
        if checkpoint.size > len(self) or checkpoint != self.state(checkpoint.size):
            raise RegisterError("The checkpoint is no state of this register.")
        with _told(), self._transaction():
            self._connection.execute("INSERT INTO checkpoint VALUES (?, ?)", (checkpoint.size, text))

    def checkpoints(self, newest: int = -1) -> Iterator[tuple[int, str]]:
        """Give the stored checkpoints, oldest first, as size and text; only that many of the newest unless -1."""
        rows = "SELECT size, text FROM checkpoint ORDER BY size DESC LIMIT ?"
        with _told():
            for size, text in self._connection.execute(f"SELECT * FROM ({rows}) ORDER BY size", (newest,)):  # noqa: S608
                yield int(size), str(text)

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Give all rows of a table in order, for `drugcontrol.channel.audit`."""
        order = {"entry": "position", "kept": "digest"}[table]
        with _told():
            yield from self._connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - from the dict

    def nodes(self) -> int:
        """Give the number of stored hashes of full subtrees."""
        with _told():
            (count,) = self._row("SELECT count(*) FROM node")
        return int(count)

    def subtree(self, level: int, index: int) -> bytes:
        """Give the stored hash of a full subtree.

        Raises
        ------
        RegisterError
            When it is missing.
        """
        with _told():
            if level:
                row = self._row("SELECT hash FROM node WHERE level = ? AND position = ?", level, index)
            else:
                row = self._row("SELECT leaf FROM entry WHERE position = ?", index)
        if row is None:
            raise RegisterError(f"The register lacks the hash of level {level} at {index}.", "Run the audit.")
        return bytes(row[0])

    def check_file(self) -> None:
        """Ask SQLite whether tables, indexes and pages agree, and whether tables and triggers are those made here.

        Raises
        ------
        RegisterError
        """
        with _told():
            (said,) = self._row("PRAGMA integrity_check")
            schema = self._connection.execute(_SCHEMA_ROWS).fetchall()
            made = sqlite3.connect(":memory:")
            _create(made)
            expected = made.execute(_SCHEMA_ROWS).fetchall()
            made.close()
        if schema != expected:
            raise RegisterError("Tables or triggers of the register were changed.", "Do not use the file.")
        if said != "ok":
            raise RegisterError("SQLite finds the file of the register damaged.", str(said).splitlines()[0])

    def _append(self, entry: Entry) -> int:
        position, leaf = len(self), merkle.leaf_hash(entry.record)
        message_id, event = _key(entry)
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?)", (position, event, message_id, entry.record, leaf)
        )
        for level, index, value in merkle.completed(leaf, position, self.subtree):
            if level:
                self._connection.execute("INSERT INTO node VALUES (?, ?, ?)", (level, index, value))
        return position

    def _row(self, sql: str, *parameters: object) -> Any:
        return self._connection.execute(sql, parameters).fetchone()

    def _settled(self) -> None:
        if self._connection.in_transaction:
            raise RegisterError("Nothing is proven about entries that are not on disk yet.", "Commit first.")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def open_register(path: Path, origin: str) -> Register:
    """Open the register in a file, or begin one.

    Raises
    ------
    RegisterError
        When the file is no register, or that of another authority.
    """
    with _told():
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        return Register(connection, origin)
    except RegisterError:
        connection.close()
        raise


def _create(connection: Connection) -> None:
    for statement in _SCHEMA.split(";\n"):
        # A trigger holds semicolons of its own, none of them at the end of a line.
        if statement.strip():
            connection.execute(statement)
    for table in _GUARDED:
        for what in ("UPDATE", "DELETE"):
            connection.execute(_GUARD.format(table=table, what=what))


def _key(entry: Entry) -> tuple[bytes, str]:
    return entry.message_id, entry.event


@contextmanager
def _told() -> Iterator[None]:
    """Turn what SQLite says, and entries that cannot be read, into an error of the register."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RegisterError(f"The database of the register says: {error}.", "Run the audit before going on.") from None
    except ReadError as error:
        raise RegisterError(f"An entry of the register is damaged: {error.message}", "Run the audit.") from None
