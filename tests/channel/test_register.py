"""A register only grows, proves what is on disk, and an audit finds what was changed."""

import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from drugcontrol.channel import merkle
from drugcontrol.channel.audit import audit
from drugcontrol.channel.checkpoint import Checkpoint, sign_checkpoint
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.register import Register, open_register
from drugcontrol.errors import ReadError, RegisterError, UsageError
from tests.channel.fixtures import KEYS, NOW, XA, XA_REGISTER, XA_REGISTER_PQ, XB, mldsa, seed


def content(number: int) -> bytes:
    return f"statement {number}".encode()


def entry(number: int, event: str = "registered") -> Entry:
    digest = hashlib.sha256(content(number)).digest()
    moment = NOW + timedelta(seconds=number)
    return Entry(event=event, message_id=seed(f"message {number}"), digest=digest, recorded_at=moment)


def filled(path: Path, size: int) -> Register:
    register = open_register(path, XA)
    for number in range(size):
        register.enter(entry(number), [content(number)])
        if number % 5 == 4:
            register.keep_checkpoint(sign_checkpoint(register.state(), XA_REGISTER, XA_REGISTER_PQ, NOW))
    return register


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "register.db", 23)


def test_entries_are_found_again_and_the_root_is_that_of_the_tree(register: Register, tmp_path: Path) -> None:
    leaves = [merkle.leaf_hash(entry(number).record) for number in range(23)]
    again = open_register(tmp_path / "register.db", XA)
    assert [again.entry(position) for position in range(23)] == [entry(number) for number in range(23)]
    assert again.position(seed("message 7"), "registered") == 7
    assert again.position(seed("message 7"), "delivered") is None
    assert again.kept(entry(7).digest) == content(7)
    for size in range(1, 24):
        for position in range(size):
            path = again.inclusion(position, size)
            merkle.check_inclusion(leaves[position], position, size, path, register.state(size).root)
    merkle.check_consistency(9, 23, again.consistency(9, 23), again.state(9).root, again.state().root)


def test_the_audit_of_a_whole_register_finds_no_fault(register: Register) -> None:
    found = audit(register, KEYS, [register.state(11)])
    assert found.state == register.state()
    assert (found.checkpoints, found.kept) == (4, 23)


def test_an_empty_register_has_the_root_of_nothing(tmp_path: Path) -> None:
    empty = open_register(tmp_path / "register.db", XA)
    assert empty.state() == Checkpoint(XA, 0, merkle.EMPTY_ROOT)
    assert audit(empty).state.size == 0


def test_the_same_event_is_entered_once(register: Register) -> None:
    later = entry(3)
    assert register.enter(later, [content(3)]) == 3
    assert len(register) == 23
    assert register.enter(entry(3, "delivered")) == 23


def test_the_same_event_about_other_bytes_is_refused(register: Register) -> None:
    other = Entry(event="registered", message_id=entry(3).message_id, digest=seed("other"), recorded_at=NOW)
    with pytest.raises(RegisterError, match="evidence"):
        register.enter(other)
    with pytest.raises(RegisterError, match="not those"):
        register.enter(entry(50), [b"other"])
    assert len(register) == 23


def test_erased_content_leaves_the_proofs_whole(register: Register) -> None:
    before = register.state()
    register.erase(entry(7).digest)
    assert register.kept(entry(7).digest) is None
    assert audit(register, KEYS).state == before


def test_a_file_belongs_to_one_authority(register: Register, tmp_path: Path) -> None:
    assert register.origin == XA
    with pytest.raises(RegisterError, match="register of urn:dcx:XA"):
        open_register(tmp_path / "register.db", XB)
    (tmp_path / "text.db").write_text("no database" * 100)
    with pytest.raises(RegisterError, match="database"):
        open_register(tmp_path / "text.db", XA)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET event = 'opened'",
        "DELETE FROM entry WHERE position = 22",
        "INSERT OR REPLACE INTO entry SELECT position, event, message_id, record, leaf FROM entry WHERE position = 3",
        "INSERT INTO entry SELECT 40, 'opened', message_id, record, leaf FROM entry WHERE position = 3",
        "UPDATE node SET hash = zeroblob(32)",
        "DELETE FROM node",
        "INSERT OR REPLACE INTO node VALUES (1, 0, zeroblob(32))",
        "UPDATE checkpoint SET text = ''",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint VALUES (20, '')",
        "UPDATE register SET origin = 'urn:dcx:XB'",
    ],
)
def test_the_tables_only_grow(register: Register, tmp_path: Path, sql: str) -> None:
    with sqlite3.connect(tmp_path / "register.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    audit(register, KEYS)


def _unguarded(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET event = 'opened' WHERE position = 3",
        "UPDATE entry SET message_id = zeroblob(32) WHERE position = 3",
        "UPDATE entry SET leaf = zeroblob(32) WHERE position = 3",
        "UPDATE entry SET record = (SELECT record FROM entry WHERE position = 4) WHERE position = 3",
        "UPDATE entry SET record = x'00' WHERE position = 3",
        "DELETE FROM entry WHERE position = 3",
        "DELETE FROM entry WHERE position >= 19",
        "DELETE FROM entry",
        "UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND position = 1",
        "DELETE FROM node WHERE level = 1 AND position = 0",
        "INSERT INTO node VALUES (9, 0, zeroblob(32))",
        "UPDATE checkpoint SET text = replace(text, 'XA', 'XB')",
        "UPDATE checkpoint SET text = 'none'",
        "UPDATE checkpoint SET size = 21 WHERE size = 20",
        "UPDATE checkpoint SET text = text || '— a AAAAAAAA\n— b AAAAAAA=\n' WHERE size = 20",
        "UPDATE kept SET content = x'00'",
    ],
)
def test_the_audit_finds_what_the_owner_of_the_file_changed(tmp_path: Path, sql: str) -> None:
    filled(tmp_path / "register.db", 23)
    _unguarded(tmp_path / "register.db", sql)
    register = open_register(tmp_path / "register.db", XA)
    if "— a" in sql:  # lines of witnesses do not change what the register signed
        audit(register, KEYS)
        return
    with pytest.raises(RegisterError):
        audit(register, KEYS)


def test_a_rewritten_register_with_new_checkpoints_disagrees_with_what_others_hold(tmp_path: Path) -> None:
    seen = filled(tmp_path / "one.db", 10).state()
    rewritten = open_register(tmp_path / "two.db", XA)
    for number in (*range(5), *range(6, 12)):
        rewritten.enter(entry(number), [content(number)])
    audit(rewritten)
    with pytest.raises(RegisterError, match="never had"):
        audit(rewritten, KEYS, [seen])


def test_a_restored_old_copy_disagrees_with_what_others_hold(tmp_path: Path) -> None:
    seen = filled(tmp_path / "one.db", 12).state()
    with pytest.raises(RegisterError, match="never had"):
        audit(filled(tmp_path / "two.db", 10), KEYS, [seen])


def test_a_checkpoint_signed_by_another_is_found_with_keys(tmp_path: Path) -> None:
    register = filled(tmp_path / "register.db", 3)
    register.keep_checkpoint(sign_checkpoint(register.state(), XA_REGISTER, mldsa("other"), NOW))
    audit(register)
    with pytest.raises(RegisterError, match="does not hold"):
        audit(register, KEYS)


def test_only_states_of_this_register_are_kept_as_checkpoints(register: Register) -> None:
    for state in (
        Checkpoint(XA, 23, seed("root")),
        Checkpoint(XB, 23, register.state().root),
        Checkpoint(XA, 24, seed("")),
    ):
        with pytest.raises(RegisterError, match="no state"):
            register.keep_checkpoint(sign_checkpoint(state, XA_REGISTER, XA_REGISTER_PQ, NOW))
    with pytest.raises(RegisterError, match="only grow"):
        register.keep_checkpoint(sign_checkpoint(register.state(20), XA_REGISTER, XA_REGISTER_PQ, NOW))


def test_nothing_is_proven_inside_an_open_transaction(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    register = Register(connection, XA)
    register.enter(entry(0))
    connection.execute("BEGIN IMMEDIATE")
    for prove in (register.state, lambda: register.inclusion(0, 1), lambda: register.consistency(1, 1)):
        with pytest.raises(RegisterError, match="not on disk"):
            prove()


def test_there_is_nothing_at_a_position_beyond_the_end(register: Register) -> None:
    for ask in (
        lambda: register.entry(23),
        lambda: register.state(24),
        lambda: register.inclusion(23, 30),
        lambda: register.consistency(24, 30),
    ):
        with pytest.raises(UsageError):
            ask()


def test_a_missing_hash_is_told_when_a_proof_needs_it(tmp_path: Path) -> None:
    filled(tmp_path / "register.db", 23)
    _unguarded(tmp_path / "register.db", "DELETE FROM node WHERE level = 4")
    with pytest.raises(RegisterError, match="lacks the hash"):
        open_register(tmp_path / "register.db", XA).state()


def test_a_damaged_entry_is_told_when_it_is_read(tmp_path: Path) -> None:
    filled(tmp_path / "register.db", 5)
    _unguarded(tmp_path / "register.db", "UPDATE entry SET record = x'00' WHERE position = 3")
    with pytest.raises(RegisterError, match="damaged"):
        open_register(tmp_path / "register.db", XA).entry(3)


def test_a_database_that_cannot_write_ahead_is_refused() -> None:
    with pytest.raises(RegisterError, match="wait for the disk"):
        Register(sqlite3.connect(":memory:", isolation_level=None), XA)


@pytest.mark.parametrize(
    "record",
    [b"", b"\x00", b"\x85\x01\x61a\x40\x40\x00", entry(1).record + b"\x00", b"\x85\xf5" + entry(1).record[2:]],
)
def test_bytes_that_are_no_entry_are_refused(record: bytes) -> None:
    with pytest.raises(ReadError):
        Entry.read(record)


def test_an_event_is_a_code() -> None:
    with pytest.raises(ReadError):
        entry(1, "Two words")


def test_two_writers_do_not_disturb_each_other(tmp_path: Path) -> None:
    one, two = (open_register(tmp_path / "register.db", XA) for _ in range(2))
    positions = [(one, two)[number % 2].enter(entry(number)) for number in range(20)]
    assert positions == list(range(20))
    assert audit(one).state == two.state()
