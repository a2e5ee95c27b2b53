"""A receipt proves that an entry stands in a register, to anyone, without the register."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import scitt_cose
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel import sign1
from drugcontrol.channel.checkpoint import Checkpoint
from drugcontrol.channel.encoding import encode
from drugcontrol.channel.receipt import TREE_SIZE, VDP, Receipt, check_against, issue_receipt, verify_receipt
from drugcontrol.channel.register import Register, open_register
from drugcontrol.errors import ReadError, RegisterError, SignatureError, UsageError
from tests.channel.fixtures import END, KEYS, NOW, XA, XA_REGISTER, XA_STATEMENT, XB, XC_STATEMENT, seed
from tests.channel.test_register import entry


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = open_register(tmp_path_factory.mktemp("register") / "register.db", XA)
    for number in range(13):
        register.enter(entry(number))
    yield register
    register.close()


def reason(receipt: bytes, **changes: Any) -> str:
    with pytest.raises(SignatureError) as error:
        verify_receipt(receipt, **({"entry": entry(4), "keys": KEYS} | changes))
    return error.value.reason


def changed(receipt: bytes, protected: dict[Any, Any], unprotected: Any = None, key: Any = XA_REGISTER) -> bytes:
    """Sign the fields of a receipt again with changes."""
    read = sign1.read(receipt)
    header = {label: value for label, value in read.header.items() if label not in (1, 4)} | protected
    root = Checkpoint(XA, 13, seed("")).root
    return sign1.sign(key, header, root, read.unprotected if unprotected is None else unprotected)


def test_a_receipt_holds_for_its_entry_and_tells_where_it_stands(register: Register) -> None:
    for position in range(13):
        receipt = issue_receipt(register, position, XA_REGISTER, NOW)
        assert verify_receipt(receipt, entry(position), KEYS, NOW) == Receipt(
            register.state(), position, entry(position), NOW
        )


def test_another_library_verifies_the_receipt(register: Register) -> None:
    pem = (
        XA_REGISTER.parts[0]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    receipt = issue_receipt(register, 4, XA_REGISTER, NOW)
    leaf = entry(4).record.hex()
    theirs = scitt_cose.verify_receipt(receipt, leaf_entry_hex=leaf, log_public_key_pem=pem)
    assert (theirs.ok, theirs.tree_size, theirs.leaf_index) == (True, 13, 4)
    assert (theirs.root, theirs.issuer) == (register.state().root.hex(), XA)


def test_a_receipt_for_one_entry_is_none_for_another(register: Register) -> None:
    receipt = issue_receipt(register, 4, XA_REGISTER, NOW)
    assert reason(receipt, entry=entry(5)) == "wrong_message"
    assert reason(receipt, entry=entry(4, "opened")) == "bad_signature"


def test_a_receipt_signed_by_another_key_is_refused(register: Register) -> None:
    assert reason(issue_receipt(register, 4, XC_STATEMENT, NOW)) == "unknown_key"
    assert reason(issue_receipt(register, 4, XA_STATEMENT, NOW)) == "wrong_purpose"
    assert reason(issue_receipt(register, 4, XA_REGISTER, NOW), keys={XB: KEYS[XB]}) == "unknown_issuer"
    assert reason(issue_receipt(register, 4, XA_REGISTER, END)) == "expired_key"
    assert reason(issue_receipt(register, 4, XA_REGISTER, NOW), at=END) == "expired_key"


def test_the_size_of_the_tree_is_signed(register: Register) -> None:
    receipt = issue_receipt(register, 0, XA_REGISTER, NOW)
    read = sign1.read(receipt)
    path = register.inclusion(0, 13)
    other = b"\xd2" + encode([read.protected, {VDP: {-1: [encode([14, 0, path])]}}, None, read.signature])
    assert reason(other, entry=entry(0)) == "bad_proof"


@pytest.mark.parametrize(
    ("protected", "unprotected"),
    [
        ({395: 2}, None),
        ({395: True}, None),
        ({TREE_SIZE: "13"}, None),
        ({15: {1: XA, 2: entry(4).message_id.hex()}}, None),
        ({15: {1: XA, 2: 4, 6: 0}}, None),
        ({3: "text/plain"}, None),
        ({}, {}),
        ({}, {VDP: {-1: []}}),
        ({}, {VDP: {-1: [b"", b""]}}),
        ({}, {VDP: {-1: [encode([13, 4])]}}),
        ({}, {VDP: {-1: [encode([13, 4, [b"short"]])]}}),
        ({}, {VDP: {-1: [encode([13, 4, [bytes(32)] * 70])]}}),
        ({}, {VDP: {-1: [encode([13, 13, []])]}}),
        ({}, {VDP: {-2: []}}),
        ({}, {4: b"11"}),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_even_when_signed(
    register: Register, protected: dict[Any, Any], unprotected: Any
) -> None:
    receipt = issue_receipt(register, 4, XA_REGISTER, NOW)
    with pytest.raises((ReadError, SignatureError)):
        verify_receipt(changed(receipt, protected, unprotected), entry(4), KEYS)


def test_a_receipt_with_critical_fields_says_so(register: Register) -> None:
    receipt = issue_receipt(register, 4, XA_REGISTER, NOW)
    assert reason(changed(receipt, {2: [TREE_SIZE]})) == "unknown_critical_header"


def test_a_receipt_rests_on_later_checkpoints_too(register: Register, tmp_path: Path) -> None:
    growing = open_register(tmp_path / "register.db", XA)
    for number in range(5):
        growing.enter(entry(number))
    receipt = verify_receipt(issue_receipt(growing, 4, XA_REGISTER, NOW), entry(4), KEYS)
    check_against(receipt, growing.state())
    check_against(receipt, register.state(), register.consistency(5, 13))
    growing.enter(entry(99))
    with pytest.raises(SignatureError, match="rewritten"):
        check_against(receipt, Checkpoint(XA, 5, seed("other")))
    with pytest.raises(SignatureError):
        check_against(receipt, Checkpoint(XA, 13, seed("other")), register.consistency(5, 13))
    with pytest.raises(SignatureError, match="checkpoint is that of"):
        check_against(receipt, Checkpoint(XB, 5, receipt.state.root))


def test_there_is_no_receipt_before_the_entry_is_committed(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    register = Register(connection, XA)
    register.enter(entry(0))
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError, match="not on disk"):
        issue_receipt(register, 0, XA_REGISTER, NOW)
    connection.execute("ROLLBACK")
    with pytest.raises(UsageError):
        issue_receipt(register, 1, XA_REGISTER, NOW + timedelta(seconds=1))


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-300, 300) | st.binary(max_size=34) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(-3, 7), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from([1, 4, 15, 395, TREE_SIZE, VDP, 2]), anything)
def test_any_field_of_a_receipt_is_read_or_refused_and_nothing_else(label: int, value: object) -> None:
    claims = {1: XA, 2: entry(0).message_id.hex(), 6: 1774353600}
    header = {1: -8, 4: XA_REGISTER.public.key_id, 15: claims, 395: 1, TREE_SIZE: 1}
    unprotected = {VDP: {-1: [encode([1, 0, []])]}}
    (unprotected if label == VDP else header)[label] = value  # type: ignore[index]
    receipt = b"\xd2" + encode([encode(header), unprotected, None, bytes(64)])
    with pytest.raises((ReadError, SignatureError)):
        verify_receipt(receipt, entry(0), KEYS)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    for prefix in (b"", b"\xd2", b"\xd2\x84"):
        with pytest.raises((ReadError, SignatureError)):
            verify_receipt(prefix + data, entry(0), KEYS)
