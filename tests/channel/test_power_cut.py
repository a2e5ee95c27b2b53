"""What a register has acknowledged is there after a power cut, wherever it comes; and the test can tell."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

import apsw
import pytest

from drugcontrol.channel.audit import audit
from drugcontrol.channel.receipt import issue_receipt, verify_receipt
from drugcontrol.channel.register import Register
from drugcontrol.errors import RegisterError
from tests.channel.fixtures import KEYS, NOW, XA, XA_REGISTER
from tests.channel.power import Disk, PowerLost
from tests.channel.test_register import content, entry

ENTRIES = 8
Synchronous = Literal["FULL", "NORMAL"]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the power is off every call fails; those that SQLite makes while it cleans up have nobody to tell."""
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)


@contextmanager
def opened(disk: Disk, synchronous: str) -> Iterator[Register]:
    connection = apsw.Connection("register.db", vfs=disk.name)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # write-ahead without shared memory, which the disk has not
        connection.execute("PRAGMA wal_autocheckpoint=12")  # several checkpoints in a short test
        yield Register(connection, XA, synchronous)
    finally:
        with suppress(PowerLost, apsw.Error):
            connection.close(True)


def run_until_the_cut(disk: Disk, synchronous: str) -> dict[int, bytes]:
    """Enter, and give the receipts that left the house before the power went."""
    receipts: dict[int, bytes] = {}
    try:
        with opened(disk, synchronous) as register:
            for number in range(ENTRIES):
                position = register.enter(entry(number), [content(number)])
                receipts[number] = issue_receipt(register, position, XA_REGISTER, NOW)
    except (PowerLost, apsw.Error, RegisterError):
        assert disk.cut
    return receipts


def lost(disk: Disk, receipts: dict[int, bytes], synchronous: str, luck: random.Random | None) -> int:
    """Open what is left, and count acknowledged entries that are not there."""
    with opened(Disk(files=disk.after(luck)), synchronous) as register:
        found = audit(register, KEYS)
        missing = 0
        for number, receipt in receipts.items():
            position = register.position(entry(number).message_id, "registered")
            if position is None or register.kept(entry(number).digest) != content(number):
                missing += 1
                continue
            verified = verify_receipt(receipt, register.entry(position), KEYS)
            assert register.state(verified.state.size) == verified.state
        assert found.state.size >= len(receipts) - missing
        return missing


def losses(synchronous: Synchronous, lucky: bool) -> tuple[int, int]:
    """Cut at every point; give the number of points and of those where something acknowledged was lost."""
    whole = Disk()
    assert len(run_until_the_cut(whole, synchronous)) == ENTRIES
    points = 0
    for cut in range(1, whole.points + 1):
        disk = Disk(cut)
        receipts = run_until_the_cut(disk, synchronous)
        points += lost(disk, receipts, synchronous, random.Random(cut) if lucky else None) > 0
    return whole.points, points


@pytest.mark.parametrize("lucky", [False, True], ids=["unsynced writes gone", "some unsynced writes there"])
def test_no_acknowledged_entry_is_lost_wherever_the_power_is_cut(lucky: bool) -> None:
    points, with_losses = losses("FULL", lucky)
    assert points > 100
    assert with_losses == 0


def test_the_same_test_shows_losses_when_the_database_does_not_wait_for_the_disk() -> None:
    points, with_losses = losses("NORMAL", lucky=False)
    assert with_losses > points // 4
