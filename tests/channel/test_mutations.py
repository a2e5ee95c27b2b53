"""Not one changed bit of a statement, receipt, checkpoint, bundle or register passes.

Every single bit is flipped; beyond that, DRUGCONTROL_MUTATIONS sets the number of larger random changes of each kind.
"""

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drugcontrol.channel import verifier, witnessing
from drugcontrol.channel.audit import audit
from drugcontrol.channel.checkpoint import Checkpoint, sign_checkpoint, verify_checkpoint
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.policy import Policy
from drugcontrol.channel.receipt import issue_receipt, verify_receipt
from drugcontrol.channel.register import open_register
from drugcontrol.channel.statement import read_statement, sign_statement, verify
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError, RegisterError, SignatureError
from tests.channel.fixtures import KEYS, NOW, XA, XA_REGISTER, XA_REGISTER_PQ, XA_STATEMENT, XB, header, seed
from tests.channel.offices import answered, hours, offices
from tests.channel.test_register import entry, filled

MUTATIONS = int(os.environ.get("DRUGCONTROL_MUTATIONS", "2000"))
Accept = Callable[[bytes], object]


def flips(data: bytes) -> Iterator[bytes]:
    """Flip every bit, one at a time."""
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def changes(data: bytes, number: int) -> Iterator[bytes]:
    """Cut, double, swap, overwrite and insert at random places, always the same ones."""
    luck = random.Random(number)
    for _ in range(number):
        start, end = sorted(luck.sample(range(len(data) + 1), 2))
        piece = data[start:end]
        place = luck.randrange(len(data) + 1)
        changed = luck.choice(
            [
                data[:start] + data[end:],
                data[:end] + piece + data[end:],
                data[:start] + luck.randbytes(end - start) + data[end:],
                data[:start] + luck.randbytes(luck.randint(1, 8)) + data[start:],
                data[:start] + piece[::-1] + data[end:],
                data[:place] + bytes([luck.randrange(256)]) + data[place + 1 :],
            ]
        )
        if changed != data:
            yield changed


def accepted(accept: Accept, data: bytes) -> list[bytes]:
    accept(data)  # the thing itself holds
    passed = []
    for changed in (*flips(data), *changes(data, MUTATIONS)):
        try:
            accept(changed)
        except (ReadError, SignatureError):
            continue
        passed.append(changed)
    return passed


def test_no_changed_statement_is_accepted() -> None:
    def accept(data: bytes) -> None:
        verify(read_statement(data), KEYS, NOW, XB)

    assert accepted(accept, sign_statement(header(), XA_STATEMENT).data) == []


def test_no_changed_receipt_is_accepted(tmp_path: Path) -> None:
    register = open_register(tmp_path / "register.db", XA)
    for number in range(21):
        register.enter(entry(number))
    for position in (0, 20):
        receipt = issue_receipt(register, position, XA_REGISTER, NOW)
        assert accepted(lambda data, at=position: verify_receipt(data, entry(at), KEYS), receipt) == []  # type: ignore[misc]


def test_no_changed_checkpoint_is_accepted() -> None:
    def accept(data: bytes) -> None:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise ReadError("no text") from None
        verify_checkpoint(text, KEYS, NOW)

    text = sign_checkpoint(Checkpoint(XA, 21, seed("root")), XA_REGISTER, XA_REGISTER_PQ, NOW)
    assert accepted(accept, text.encode()) == []


def test_no_changed_bundle_is_accepted_by_either_verifier(checker: Checker, tmp_path: Path) -> None:
    """Witnessed, so that every kind of member is in it; `test_verifiers` changes members under a whole manifest."""
    xa, xb, xc = offices(tmp_path, "XA", "XB", "XC")
    witnessing.choose(xa, Policy((xc.name,), 1))
    sent = answered(xa, xb, checker)
    witnessing.take(xa, witnessing.cosign(xc, witnessing.ask(xa, 0, hours(1)), hours(1)))
    whole = make_bundle(xa, sent.message_id, hours(2))
    assert (verify_bundle(whole).code, verifier.verdict(whole, [])[0]) == (0, 0)
    for data in changes(whole, MUTATIONS):
        try:
            first = verify_bundle(data).code
        except ReadError:
            first = 2
        assert first == verifier.verdict(data, [])[0] != 0


VALUES = {
    "record": ("entry", "position"),
    "leaf": ("entry", "position"),
    "message_id": ("entry", "position"),
    "event": ("entry", "position"),
    "hash": ("node", "level, position"),
    "text": ("checkpoint", "size"),
    "content": ("kept", "digest"),
}


@pytest.mark.parametrize("column", VALUES)
def test_a_flipped_bit_in_a_stored_value_is_found(tmp_path: Path, column: str) -> None:
    path = tmp_path / "register.db"
    filled(path, 11).close()
    table, key = VALUES[column]
    luck = random.Random(column)
    register, owner = open_register(path, XA), sqlite3.connect(path, isolation_level=None)
    rows = owner.execute(f"SELECT {column}, {key} FROM {table}").fetchall()
    for _ in range(max(40, MUTATIONS // 100)):
        value, *where = luck.choice(rows)
        data = bytearray(value.encode() if isinstance(value, str) else value)
        data[luck.randrange(len(data))] ^= 1 << luck.randrange(7)
        for new, whole in [
            (data.decode(errors="replace") if isinstance(value, str) else bytes(data), False),
            (value, True),
        ]:
            _set_unguarded(
                owner, f"UPDATE {table} SET {column} = ? WHERE ({key}) = ({', '.join('?' * len(where))})", (new, *where)
            )
            if whole:
                audit(register, KEYS)
            else:
                with pytest.raises(RegisterError):
                    audit(register, KEYS)
    register.close()
    owner.close()


def _set_unguarded(owner: sqlite3.Connection, sql: str, parameters: tuple[object, ...]) -> None:
    """Change a row as the owner of the file can: without the triggers, which are put back."""
    guards = owner.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    owner.execute("BEGIN")
    for name, _ in guards:
        owner.execute(f"DROP TRIGGER {name}")
    owner.execute(sql, parameters)
    for _, trigger in guards:
        owner.execute(trigger)
    owner.execute("COMMIT")


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    filled(path, 11).close()
    whole, before = path.read_bytes(), dump(path)
    luck = random.Random(11)
    found = 0
    for _ in range(max(300, MUTATIONS // 10)):
        changed = bytearray(whole)
        changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
        path.write_bytes(changed)
        try:
            register = open_register(path, XA)
        except RegisterError:
            found += 1
            continue
        try:
            audit(register, KEYS)
        except RegisterError:
            found += 1
            continue
        finally:
            register.close()
        assert dump(path) == before
    assert found > 50
