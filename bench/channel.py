"""Time the channel: sign, enter, prove, verify - and proofs in large registers.

Machines differ, so each figure is also given as a ratio to one bare Ed25519 signature of ``cryptography`` made in the
same run (minimum of several rounds). Usage: ``python bench/channel.py [ENTRIES ...]``, by default 1000 and 100000.
Filling a large register waits for no disk, since only reading it is measured then; ``enter`` is measured with
synchronous=FULL.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from drugcontrol.channel import merkle
from drugcontrol.channel.audit import audit
from drugcontrol.channel.checkpoint import sign_checkpoint, verify_checkpoint
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.history import KeyHistory, KeyRecord, KeyRing, Purpose
from drugcontrol.channel.keys import SecretKey
from drugcontrol.channel.receipt import issue_receipt, verify_receipt
from drugcontrol.channel.register import Register, open_register
from drugcontrol.channel.sealing import Opened, commitment, new_salt, seal, unseal
from drugcontrol.channel.statement import Header, Recipient, read_statement, sign_statement, verify

XA, XB = "urn:dcx:XA", "urn:dcx:XB"
NOW = datetime(2026, 3, 24, 12, 0, tzinfo=UTC)
ROUNDS = 5


def seconds(action: Callable[[], object], times: int = 200) -> float:
    """Give the seconds of one call: the minimum over rounds of the mean in a round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            action()
        best = min(best, (time.perf_counter() - start) / times)
    return best


def entry(number: int) -> Entry:
    """Give an entry that differs from all others."""
    digest = sha256(number.to_bytes(8, "big")).digest()
    return Entry(event="registered", message_id=digest, digest=digest, recorded_at=NOW + timedelta(seconds=number))


def fill(path: Path, size: int) -> float:
    """Fill a register without waiting for the disk and give the seconds an entry took."""
    connection = sqlite3.connect(path, isolation_level=None)
    register = Register(connection, XA)
    connection.execute("PRAGMA synchronous=OFF")
    start = time.perf_counter()
    for number in range(size):
        register.enter(entry(number))
    taken = time.perf_counter() - start
    connection.close()
    return taken / size


def measure_register(path: Path, size: int, key: SecretKey, keys: KeyRing, show: Callable[[str, float], None]) -> None:
    """Fill a register to a size and print what proofs of it cost."""
    filling = fill(path, size)
    print(f"\n{size:,} entries, {path.stat().st_size / 1e6:,.1f} MB")
    show("  enter, not waiting for the disk", filling)
    show("  open the register", seconds(lambda: open_register(path, XA).close(), 5))
    register = open_register(path, XA)
    picks = ((number * 7919) % size for number in range(10**6))
    show("  root", seconds(register.state))
    show("  inclusion proof", seconds(lambda: register.inclusion(next(picks), size)))
    show("  consistency proof", seconds(lambda: register.consistency(1 + next(picks), size)))
    show("  issue a receipt", seconds(lambda: issue_receipt(register, next(picks), key, NOW)))
    position = size // 3
    receipt, told = issue_receipt(register, position, key, NOW), register.entry(position)
    show("  verify a receipt", seconds(lambda: verify_receipt(receipt, told, keys, NOW)))
    proof, leaf, root = register.inclusion(position, size), merkle.leaf_hash(told.record), register.state().root
    show("  verify an inclusion proof", seconds(lambda: merkle.check_inclusion(leaf, position, size, proof, root)))
    start = time.perf_counter()
    audit(register, keys)
    show("  audit, an entry", (time.perf_counter() - start) / size)
    print(f"  a receipt has {len(receipt):,} bytes")
    register.close()


def main() -> None:
    """Print the table."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [1000, 100_000]
    statement_key, register_key = SecretKey.generate("Ed25519"), SecretKey.generate("Ed25519")
    pq_key, encryption_key = SecretKey.generate("ML-DSA-44"), SecretKey.generate("ML-KEM-768/X25519")

    def record(key: SecretKey, purpose: Purpose) -> KeyRecord:
        span = {"valid_from": NOW - timedelta(days=1), "valid_until": NOW + timedelta(days=365)}
        return KeyRecord(key=key.public, purpose=purpose, **span)

    pairs: list[tuple[SecretKey, Purpose]] = [
        (statement_key, "statement"),
        (register_key, "register"),
        (pq_key, "register"),
    ]
    keys = {XA: KeyHistory(XA, tuple(record(*pair) for pair in pairs))}
    opened = Opened(b"x" * 4096, new_salt())
    header = Header(
        issuer=XA,
        to=(Recipient(XB, 1, None),),
        thread="urn:dcx:XA:2026:SN:000001",
        type="notice.incident",
        issued_at=NOW,
        legal_basis="1988-12-9c",
        respond_by=NOW + timedelta(days=14),
        simulation=True,
        media_type="application/json",
        commitment=commitment(opened.salt, opened.content),
        payload_digest=bytes(32),
    )
    sealed = seal(opened, {XB: encryption_key.public}, header.binding())
    statement = sign_statement(header, statement_key)
    bare = seconds(lambda: statement_key.parts[0].sign(b"x" * 600))

    def show(what: str, taken: float) -> None:
        print(f"{what:<58}{1 / taken:>12,.0f} /s{taken * 1000:>12.3f} ms{taken / bare:>10.1f} x")

    print(f"{'':<58}{'a second':>15}{'each':>15}{'to bare':>12}")
    show("bare Ed25519 signature", bare)
    show("sign a statement", seconds(lambda: sign_statement(header, statement_key)))
    show("read and verify a statement", seconds(lambda: verify(read_statement(statement.data), keys, NOW, XB)))
    show("seal 4 KiB", seconds(lambda: seal(opened, {XB: encryption_key.public}, header.binding())))
    show("open 4 KiB", seconds(lambda: unseal(sealed, XB, encryption_key, header.binding(), header.commitment)))
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder) / "full.db", XA)
        numbers = iter(range(10**9))
        show("enter, on disk (synchronous=FULL)", seconds(lambda: register.enter(entry(next(numbers)))))
        state = register.state()
        show("sign a checkpoint twice", seconds(lambda: sign_checkpoint(state, register_key, pq_key, NOW)))
        text = sign_checkpoint(state, register_key, pq_key, NOW)
        show("verify a checkpoint", seconds(lambda: verify_checkpoint(text, keys, NOW)))
        for size in sizes:
            measure_register(Path(folder) / f"{size}.db", size, register_key, keys, show)


if __name__ == "__main__":
    main()
