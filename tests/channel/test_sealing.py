"""Sealed content opens for its recipients, under its own header, and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel import sealing
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.keys import SecretKey
from drugcontrol.channel.sealing import Opened, check_commitment, commitment, new_salt, seal, sealed_for, unseal
from drugcontrol.channel.statement import Recipient
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.fixtures import KEYS, NOW, XA, XA_ENCRYPTION, XA_STATEMENT, XB, XB_ENCRYPTION, XC, header

CONTENT = "加拿大 niño – SIMULATION".encode()
OPENED = Opened(CONTENT, new_salt())
COMMITMENT = commitment(OPENED.salt, CONTENT)
HEADER = header(commitment=COMMITMENT)
SEALED = seal(OPENED, {XA: XA_ENCRYPTION.public, XB: XB_ENCRYPTION.public}, HEADER.binding())


@pytest.mark.parametrize(("name", "key"), [(XA, XA_ENCRYPTION), (XB, XB_ENCRYPTION)])
def test_sender_and_recipient_can_open(name: str, key: SecretKey) -> None:
    assert unseal(SEALED, name, key, HEADER.binding(), COMMITMENT) == OPENED


def test_others_cannot_open() -> None:
    stranger = SecretKey.generate("ML-KEM-768/X25519")
    for name, key in [(XC, stranger), (XB, stranger), (XA, XB_ENCRYPTION)]:
        with pytest.raises(SignatureError) as error:
            unseal(SEALED, name, key, HEADER.binding(), COMMITMENT)
        assert error.value.reason == "not_sealed_for"
    with pytest.raises(UsageError):
        unseal(SEALED, XA, XA_STATEMENT, HEADER.binding(), COMMITMENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"to": (Recipient(XC, 1, None),)},
        {"thread": "urn:dcx:XA:2026:SN:000002"},
        {"simulation": False},
        {"legal_basis": "1988-7"},
        {"respond_by": None},
    ],
)
def test_the_seal_does_not_open_under_another_header(changes: dict[str, object]) -> None:
    other = header(commitment=COMMITMENT, **changes)
    with pytest.raises(SignatureError) as error:
        unseal(SEALED, XB, XB_ENCRYPTION, other.binding(), COMMITMENT)
    assert error.value.reason == "bad_seal"


def test_an_envelope_renamed_for_another_recipient_does_not_open() -> None:
    version, rows, ciphertext = decode(SEALED)
    rows[1][0] = XC
    with pytest.raises(SignatureError) as error:
        unseal(encode([version, rows, ciphertext]), XC, XB_ENCRYPTION, HEADER.binding(), COMMITMENT)
    assert error.value.reason == "bad_seal"


def test_the_commitment_is_opened_with_content_and_salt_only() -> None:
    check_commitment(OPENED, COMMITMENT)
    for opened in (Opened(CONTENT + b" ", OPENED.salt), Opened(CONTENT, new_salt())):
        with pytest.raises(SignatureError, match="commits to"):
            check_commitment(opened, COMMITMENT)
    with pytest.raises(UsageError):
        commitment(b"short", CONTENT)


def test_content_other_than_committed_is_refused_though_the_seal_opens() -> None:
    with pytest.raises(SignatureError) as error:
        unseal(SEALED, XB, XB_ENCRYPTION, HEADER.binding(), commitment(new_salt(), CONTENT))
    assert error.value.reason == "wrong_commitment"


def test_sealed_content_without_a_salt_is_refused() -> None:
    empty = seal(Opened(b"", bytes(32)), {XB: XB_ENCRYPTION.public}, HEADER.binding())
    _, rows, _ = decode(empty)
    content_key = sealing._SUITE.decrypt(
        rows[0][2], sealing.MLKEM768X25519PrivateKey(*XB_ENCRYPTION.parts), sealing._info(XB, HEADER.binding())
    )
    ciphertext = sealing.AESGCM(content_key).encrypt(bytes(12), b"short", sealing._LABEL + HEADER.binding())
    with pytest.raises(SignatureError, match="no salt"):
        unseal(encode([1, rows, ciphertext]), XB, XB_ENCRYPTION, HEADER.binding(), COMMITMENT)


def test_the_sealed_bytes_show_nothing_of_the_content_and_differ_each_time() -> None:
    again = seal(OPENED, {XB: XB_ENCRYPTION.public}, HEADER.binding())
    assert again != seal(OPENED, {XB: XB_ENCRYPTION.public}, HEADER.binding())
    assert CONTENT not in SEALED
    assert OPENED.salt not in SEALED


def test_the_recipients_can_be_read_without_a_key() -> None:
    assert sealed_for(SEALED) == [(XA, XA_ENCRYPTION.public.key_id), (XB, XB_ENCRYPTION.public.key_id)]
    assert KEYS[XB].key(sealed_for(SEALED)[1][1], "encryption", NOW) == XB_ENCRYPTION.public


def test_what_cannot_be_sealed_is_told() -> None:
    for recipients in ({}, {XA: XA_STATEMENT.public}):
        with pytest.raises(UsageError):
            seal(OPENED, recipients, HEADER.binding())
    with pytest.raises(UsageError):
        seal(Opened(bytes(16 * 1024 * 1024 + 1), OPENED.salt), {XB: XB_ENCRYPTION.public}, HEADER.binding())


@given(st.integers(0, len(SEALED) * 8 - 1))
def test_one_changed_bit_does_not_open(bit: int) -> None:
    changed = bytearray(SEALED)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        unseal(bytes(changed), XB, XB_ENCRYPTION, HEADER.binding(), COMMITMENT)
    except (ReadError, SignatureError):
        return
    # Only the envelope of the other recipient may differ; the signed digest of the statement covers it.
    assert decode(bytes(changed))[1][1:] == decode(SEALED)[1][1:]


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    for sealed in (data, encode([1, [[XB, XB_ENCRYPTION.public.key_id, data]], data]), encode([1, [data], data])):
        with pytest.raises((ReadError, SignatureError)):
            unseal(sealed, XB, XB_ENCRYPTION, HEADER.binding(), COMMITMENT)
