"""A statement proves who told whom what, and nothing else passes for one."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel import sign1
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.history import KeyHistory
from drugcontrol.channel.keys import PublicKey, SecretKey
from drugcontrol.channel.sign1 import EDDSA, sig_structure
from drugcontrol.channel.statement import (
    EXCHANGE,
    Recipient,
    Statement,
    check_follows,
    check_payload,
    read_statement,
    sign_statement,
    verify,
)
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.fixtures import (
    END,
    KEYS,
    NOW,
    PAYLOAD,
    XA,
    XA_REGISTER,
    XA_REGISTER_PQ,
    XA_STATEMENT,
    XB,
    XC,
    XC_STATEMENT,
    header,
    record,
    seed,
)

VECTORS = Path(__file__).parents[1] / "vectors"
STATEMENT = sign_statement(header(), XA_STATEMENT)


def reason(statement: Statement, **changes: Any) -> str:
    with pytest.raises(SignatureError) as error:
        verify(statement, **({"keys": KEYS, "at": NOW, "recipient": XB} | changes))
    assert error.value.message
    return error.value.reason


def resigned(change: Any, key: SecretKey = XA_STATEMENT, unprotected: dict[Any, Any] | None = None) -> bytes:
    """Sign a protected header that the package itself would never write."""
    labels = {1: EDDSA, 4: key.public.key_id, **header().to_cose()}
    change(labels)
    protected = encode(labels)
    signature = key.sign(sig_structure(protected, header().payload_digest))
    return b"\xd2" + encode([protected, unprotected or {}, None, signature])


def test_a_signed_statement_is_read_back_and_holds() -> None:
    read = read_statement(STATEMENT.data)
    assert read.header == header()
    assert read == STATEMENT
    verify(read, KEYS, NOW, XB)
    check_payload(read, PAYLOAD)


def test_the_message_id_is_the_hash_of_what_is_signed() -> None:
    again = sign_statement(header(), XA_STATEMENT)
    assert again.message_id == STATEMENT.message_id
    assert sign_statement(header(simulation=False), XA_STATEMENT).message_id != STATEMENT.message_id
    assert sign_statement(header(payload_digest=seed("other")), XA_STATEMENT).message_id != STATEMENT.message_id


def test_a_statement_sent_on_to_another_recipient_is_refused() -> None:
    assert reason(STATEMENT, recipient=XC) == "wrong_recipient"


def test_a_third_party_can_check_the_signature_without_being_a_recipient() -> None:
    verify(STATEMENT, KEYS, NOW)


def test_a_valid_key_of_another_authority_does_not_sign_for_this_one() -> None:
    assert reason(sign_statement(header(), XC_STATEMENT)) == "unknown_key"


def test_a_key_id_of_the_issuer_over_the_signature_of_another_is_refused() -> None:
    def borrow(labels: dict[Any, Any]) -> None:
        labels[4] = XA_STATEMENT.public.key_id

    assert reason(read_statement(resigned(borrow, XC_STATEMENT))) == "bad_signature"


def test_an_issuer_without_pinned_key_only_calls_itself_so() -> None:
    assert reason(STATEMENT, keys={XB: KEYS[XB]}) == "unknown_issuer"
    assert reason(STATEMENT, keys={XA: KEYS[XC]}) == "unknown_issuer"


def test_a_register_key_signs_no_statement() -> None:
    assert reason(sign_statement(header(), XA_REGISTER)) == "wrong_purpose"
    with pytest.raises(UsageError):
        sign_statement(header(), XA_REGISTER_PQ)


def test_the_key_must_be_good_at_the_claimed_time_and_at_the_known_time() -> None:
    back_dated = sign_statement(header(issued_at=NOW - timedelta(days=120)), XA_STATEMENT)
    assert reason(back_dated) == "key_not_yet_valid"
    assert reason(STATEMENT, at=END) == "expired_key"
    stolen = replace(record(XA_STATEMENT, "statement"), compromised_since=NOW + timedelta(hours=1))
    keys = {XA: KeyHistory(XA, (stolen,))}
    verify(STATEMENT, keys, NOW, XB)
    assert reason(STATEMENT, keys=keys, at=NOW + timedelta(hours=2)) == "compromised_key"


def test_a_time_without_a_zone_is_refused() -> None:
    for changes in ({"issued_at": NOW.replace(tzinfo=None)}, {"respond_by": NOW.replace(tzinfo=None)}):
        with pytest.raises(ReadError, match="zone"):
            header(**changes)


def test_the_payload_is_either_inside_or_beside() -> None:
    with pytest.raises(SignatureError, match="either inside or beside"):
        STATEMENT.signed.check(XA_STATEMENT.public)


def test_content_that_was_not_signed_is_refused() -> None:
    with pytest.raises(SignatureError, match="not the one"):
        check_payload(STATEMENT, PAYLOAD + b" ")


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        (1, -7, "wrong_algorithm"),
        (1, -19, "wrong_algorithm"),
        (1, 5, "wrong_algorithm"),
        (1, None, "wrong_algorithm"),
        (258, -43, "wrong_algorithm"),
        (2, [], "unknown_critical_header"),
        (2, [EXCHANGE, 258, 99], "unknown_critical_header"),
        (2, [258], "unknown_critical_header"),
    ],
)
def test_other_algorithms_and_unknown_critical_fields_are_refused(label: int, value: object, expected: str) -> None:
    with pytest.raises(SignatureError) as error:
        read_statement(resigned(lambda labels: labels.__setitem__(label, value)))
    assert error.value.reason == expected


@pytest.mark.parametrize("label", [1, 2, 4, 15, 258, 259, EXCHANGE])
def test_no_header_field_may_be_missing(label: int) -> None:
    with pytest.raises((SignatureError, ReadError)):
        read_statement(resigned(lambda labels: labels.pop(label)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("version", True),
        ("type", ""),
        ("type", "two\nlines"),
        ("type", "x" * 300),
        ("to", []),
        ("to", [[XB, 1]]),
        ("to", [[XB, 0, None]]),
        ("to", [[XB, 2, None]]),
        ("to", [[XB, 1, bytes(32)]]),
        ("to", [[XB, 2, bytes(31)]]),
        ("to", [[XA, 1, None]]),
        ("to", [[XB, 1, None], [XB, 1, None]]),
        ("to", "XB"),
        ("respond_by", 0),
        ("respond_by", 2**60),
        ("simulation", 1),
        ("commitment", bytes(31)),
        ("payload_digest", None),
        ("supersedes", b""),
        ("legal_basis", None),
        ("extra", 1),
    ],
)
def test_a_field_that_does_not_fit_is_refused_even_when_signed(field: str, value: object) -> None:
    with pytest.raises(ReadError):
        read_statement(resigned(lambda labels: labels[EXCHANGE].__setitem__(field, value)))


@pytest.mark.parametrize(("claim", "value"), [(1, 5), (2, None), (6, "now"), (7, b"id")])
def test_a_claim_that_does_not_fit_is_refused_even_when_signed(claim: int, value: object) -> None:
    with pytest.raises(ReadError):
        read_statement(resigned(lambda labels: labels[15].__setitem__(claim, value)))


def test_unsigned_fields_and_extra_labels_are_refused() -> None:
    with pytest.raises(SignatureError, match="unsigned fields"):
        read_statement(resigned(lambda _: None, unprotected={4: b"11"}))
    with pytest.raises(ReadError, match="other header fields"):
        read_statement(resigned(lambda labels: labels.__setitem__(3, "text/plain")))


def test_the_binding_covers_every_field_but_the_digest_of_the_content() -> None:
    assert header(payload_digest=seed("other")).binding() == header().binding()
    others = [
        header(issuer=XC),
        header(to=(Recipient(XC, 1, None),)),
        header(to=(Recipient(XB, 2, seed("one")),)),
        header(thread="urn:dcx:XA:2026:SN:000002"),
        header(type="pen"),
        header(issued_at=NOW + timedelta(seconds=1)),
        header(legal_basis="1988-7"),
        header(respond_by=None),
        header(simulation=False),
        header(media_type="text/plain"),
        header(commitment=seed("other")),
        header(supersedes=seed("old")),
    ]
    assert len({other.binding() for other in [header(), *others]}) == len(others) + 1


def test_messages_to_a_recipient_form_a_row_without_gaps() -> None:
    second = sign_statement(header(to=(Recipient(XB, 2, STATEMENT.message_id),)), XA_STATEMENT)
    check_follows(STATEMENT, XB, None)
    check_follows(second, XB, STATEMENT)
    fork = sign_statement(header(type="pen"), XA_STATEMENT)
    elsewhere = sign_statement(header(to=(Recipient(XB, 2, seed("elsewhere")),)), XA_STATEMENT)
    later = sign_statement(header(to=(Recipient(XB, 3, second.message_id),)), XA_STATEMENT)
    for statement, last, expected in [
        (STATEMENT, STATEMENT, "replay"),
        (STATEMENT, second, "replay"),
        (fork, STATEMENT, "equivocation"),
        (elsewhere, STATEMENT, "equivocation"),
        (later, STATEMENT, "gap"),
        (second, None, "gap"),
    ]:
        with pytest.raises(SignatureError) as error:
            check_follows(statement, XB, last)
        assert error.value.reason == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    for prefix in (b"", b"\xd2", STATEMENT.data[:40]):
        with pytest.raises((ReadError, SignatureError)):
            read_statement(prefix + data)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-300, 300) | st.binary(max_size=34) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from([1, 2, 4, 15, 258, 259, EXCHANGE]), json_like)
def test_any_signed_header_is_read_or_refused_and_nothing_else(label: int, value: object) -> None:
    try:
        read_statement(resigned(lambda labels: labels.__setitem__(label, value)))
    except (ReadError, SignatureError):
        return
    assert label in (4, 259)  # a well-formed key id or media type is no fault of form


def test_ten_megabytes_of_header_are_refused_unread() -> None:
    with pytest.raises(ReadError, match="more than"):
        read_statement(b"\xd2" + encode([b"x" * 10_000_000, {}, None, bytes(64)]))


COSE = [json.loads(line) for line in (VECTORS / "cose-sign1.jsonl").read_text().splitlines()]
ED25519_EXAMPLE = next(case for case in COSE if case["case"] == "eddsa-examples/eddsa-sig-01.json")
ED25519_KEY = PublicKey("Ed25519", bytes.fromhex(ED25519_EXAMPLE["input"]["sign0"]["key"]["x_hex"]))


def test_the_published_cose_example_with_ed25519_holds() -> None:
    sign1.read(bytes.fromhex(ED25519_EXAMPLE["output"]["cbor"])).check(ED25519_KEY)


@pytest.mark.parametrize("case", [case for case in COSE if case is not ED25519_EXAMPLE], ids=lambda case: case["case"])
def test_published_cose_examples_that_are_damaged_or_of_other_algorithms_are_refused(case: dict[str, Any]) -> None:
    with pytest.raises((ReadError, SignatureError)):
        sign1.read(bytes.fromhex(case["output"]["cbor"])).check(ED25519_KEY)


@pytest.mark.parametrize("name", ["eddsa-examples/eddsa-sig-01.json", "eddsa-examples/eddsa-sig-02.json"])
def test_what_is_signed_equals_the_published_intermediate(name: str) -> None:
    case = next(case for case in COSE if case["case"] == name)
    protected, _, payload, _ = decode(bytes.fromhex(case["output"]["cbor"])[1:])
    assert sig_structure(protected, payload) == bytes.fromhex(case["intermediates"]["ToBeSign_hex"])
