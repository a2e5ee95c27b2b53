"""Two verifiers that share no code agree on every bundle, and neither accepts a changed one.

The number of bundles is 200, or that of the variable ``DRUGCONTROL_BUNDLES``.
"""

import ast
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel import bundle, receiving, verifier
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.history import KeyRing, write_history
from drugcontrol.channel.sending import sign_message
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError
from tests.channel.offices import NOW, answered, hours, offices, payload

BUNDLES = int(os.environ.get("DRUGCONTROL_BUNDLES", "200"))
CHANGES = 20
"""Bundles with changes under a manifest that their maker signed again, for each whole one."""


def codes(data: bytes, trust: KeyRing | None) -> tuple[int, int]:
    """Give the codes of both verifiers."""
    try:
        first = verify_bundle(data, trust).code
    except ReadError:
        first = 2
    pinned = [verifier.Keys(write_history(history).encode()) for history in (trust or {}).values()]
    return first, verifier.verdict(data, pinned)[0]


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> list[Authority]:
    return offices(tmp_path_factory.mktemp("offices"), "XA", "XB")


@pytest.fixture(scope="module")
def bundles(parties: list[Authority], checker: Checker) -> list[bytes]:
    return list(made(parties, checker, BUNDLES))


def made(parties: list[Authority], checker: Checker, number: int) -> Iterator[bytes]:
    """Make bundles of messages at every stage, by either side, with and without content."""
    xa, xb = parties
    draft = payload("rfi", checker)
    for index in range(number):
        now = NOW + timedelta(minutes=10 * index % 1000)
        now = NOW + timedelta(seconds=20 * index)
        sent = sign_message(xa, draft, checker, now)
        if index % 4:
            received = receiving.receive(xb, sent, now)
            if index % 4 > 1:
                receiving.open_message(xb, sent.message_id, f"Officer {index}", now)
            if received.receipts is not None:
                receiving.receive(xa, receiving.receipts(xb, sent.message_id, now), now)
        else:
            receiving.receive(xb, sent, now)
        maker = xb if index % 5 == 0 else xa
        yield make_bundle(maker, sent.message_id, now, with_sealed=index % 3 == 0, open_content=index % 2 == 0)


def test_both_verifiers_agree_and_no_changed_bundle_is_accepted(bundles: list[bytes], parties: list[Authority]) -> None:
    draw = random.Random(20230324)
    trust = parties[0].keyring()
    answers = {0: 0, 1: 0, 2: 0}
    for index, data in enumerate(bundles):
        if index % 2:
            at, bit = draw.randrange(len(data)), 1 << draw.randrange(8)
            data = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        first, second = codes(data, trust if index % 3 else None)
        assert first == second, index
        assert (first == 0) == (index % 2 == 0), index
        answers[first] += 1
    assert answers[0] == (len(bundles) + 1) // 2


def test_a_member_changed_inside_an_intact_zip_is_found_by_both(bundles: list[bytes]) -> None:
    draw = random.Random(4)
    for data in bundles[: max(20, BUNDLES // 10)]:
        members = bundle.unpack(data)
        name = draw.choice(sorted(members))
        members[name] = flipped(members[name], draw)
        assert codes(bundle.write_zip(members), None) == (1, 1), name


def test_a_maker_cannot_change_what_others_signed(bundles: list[bytes], parties: list[Authority]) -> None:
    """The maker signs the manifest again, so only the signatures inside can tell."""
    draw = random.Random(5)
    xa = parties[0]
    mine = {"manifest.json", "manifest.cose", "document.html"}
    for data in bundles[: max(10, BUNDLES // CHANGES)]:
        members = bundle.unpack(data)
        for name in sorted(set(members) - mine):
            if name.startswith("keys/"):
                continue  # judged below: a pinned history goes before that of the bundle
            changed = again({**members, name: flipped(members[name], draw)}, xa)
            assert codes(changed, xa.keyring()) == (1, 1), name


def test_on_a_history_that_the_maker_changed_both_agree(bundles: list[bytes], parties: list[Authority]) -> None:
    draw = random.Random(6)
    xa = parties[0]
    seen = set()
    for data in bundles[: max(10, BUNDLES // CHANGES)]:
        members = bundle.unpack(data)
        for name in [name for name in members if name.startswith("keys/")]:
            for _ in range(5):
                changed = again({**members, name: flipped(members[name], draw)}, xa)
                first, second = codes(changed, None)
                assert first == second
                seen.add(first)
    assert 1 in seen


def test_on_a_bundle_with_a_member_left_out_both_agree(bundles: list[bytes], parties: list[Authority]) -> None:
    xa = parties[0]
    for data in bundles[:8]:
        members = bundle.unpack(data)
        for name in sorted(set(members) - {"manifest.json", "manifest.cose"}):
            rest = {other: content for other, content in members.items() if other != name}
            first, second = codes(again(rest, xa, members), xa.keyring())
            assert first == second, name
            assert first == (2 if name == "statement.cose" else first)


def test_receipts_of_another_message_prove_nothing(bundles: list[bytes], parties: list[Authority]) -> None:
    one, other = (bundle.unpack(data) for data in (bundles[1], bundles[2]))
    swapped = {**one, **{name: content for name, content in other.items() if name.startswith("receipts/")}}
    assert codes(again(swapped, parties[0]), None) == (1, 1)


def test_the_second_verifier_shares_no_code_with_the_package() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots.add(str(node.module).split(".")[0])
    assert roots - set(sys.stdlib_module_names) == {"cbor2", "cryptography"}


def test_the_second_verifier_runs_alone(bundles: list[bytes], parties: list[Authority], tmp_path: Path) -> None:
    alone = tmp_path / "verifier.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    (tmp_path / "x.dcx.zip").write_bytes(bundles[2])
    keys = [party.directory / "key-history.json" for party in parties]
    for arguments, code, first in (
        (["x.dcx.zip", *keys], 0, "SIMULATION"),
        (["x.dcx.zip"], 0, "SIMULATION"),
        (["x.dcx.zip", keys[0]], 1, "SIMULATION"),
        (["verifier.py"], 2, "UNREADABLE"),
        (["missing.zip"], 2, "UNREADABLE"),
    ):
        done = subprocess.run(
            [sys.executable, "-I", alone, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout[: len(first)]) == (code, first), done.stderr


def test_a_whole_exchange_is_proven_by_both(parties: list[Authority], checker: Checker, tmp_path: Path) -> None:
    del parties
    xa, xb = offices(tmp_path, "XA", "XB")
    asked = answered(xa, xb, checker)
    data = make_bundle(xa, asked.message_id, hours(1), open_content=True, with_sealed=True)
    assert codes(data, xa.keyring()) == (0, 0)
    assert "answered" in "\n".join(verifier.verdict(data, [])[1])


@given(st.binary(max_size=2000))
def test_bytes_that_are_no_bundle_are_told_by_both(data: bytes) -> None:
    for form in (data, b"PK\3\4" + data):
        assert codes(form, None) == (2, 2)


@given(st.sampled_from(["statement.cose", "manifest.cose"]), st.binary(max_size=400))
def test_members_of_any_bytes_crash_neither(name: str, data: bytes) -> None:
    rest = {"manifest.json": b"{}", "manifest.cose": b"", "statement.cose": b""}
    for content in (data, b"\xd2" + data, b"\xd2\x84\x58" + data):
        assert codes(bundle.write_zip({**rest, name: content}), None) == (1, 1)


def test_a_deeply_nested_or_endless_encoding_is_refused_at_once() -> None:
    rest = {"manifest.json": b"[" * 50_000, "manifest.cose": b""}
    for content in (
        b"\x81" * 60_000,
        b"\x9b" + b"\x7f" * 8,
        b"\x5b" + b"\x7f" * 8,
        b"\xc5\x82\x1a\x7f\xff\xff\xff\x01",
    ):
        assert codes(bundle.write_zip({**rest, "statement.cose": b"\xd2" + content}), None) == (1, 1)


def flipped(content: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << draw.randrange(8)]) + content[at + 1 :]


def again(members: dict[str, bytes], maker: Authority, before: dict[str, bytes] | None = None) -> bytes:
    """Sign a manifest for changed members, as their maker could."""
    manifest = json.loads((before or members)["manifest.json"])
    rest = {name: content for name, content in members.items() if name not in ("manifest.json", "manifest.cose")}
    facts = {"message_id": manifest["message_id"], "simulation": manifest["simulation"]}
    return bundle.pack(rest, facts, maker.name, maker.secret("statement"), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x18\x01", id="a number in more bytes than it needs"),
        pytest.param(b"\x58\x01a", id="a length in more bytes than it needs"),
        pytest.param(b"\x9f\x01\xff", id="an array without a length"),
        pytest.param(b"\xa2\x02\x01\x01\x01", id="a map out of order"),
        pytest.param(b"\xa2\x01\x01\x01\x02", id="a map with one key twice"),
        pytest.param(b"\x01\x01", id="bytes after the end"),
    ],
)
def test_the_second_verifier_reads_only_the_one_encoding_of_a_value(data: bytes) -> None:
    with pytest.raises(verifier.NotAsClaimed):
        verifier.read(data)
