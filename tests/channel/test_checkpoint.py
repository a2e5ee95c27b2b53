"""A checkpoint holds only when both signatures of its register do."""

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel.checkpoint import Checkpoint, key_hint, read_checkpoint, sign_checkpoint, verify_checkpoint
from drugcontrol.channel.keys import PublicKey
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.fixtures import (
    END,
    KEYS,
    NOW,
    XA,
    XA_REGISTER,
    XA_REGISTER_PQ,
    XB,
    XB_ENCRYPTION,
    XC_STATEMENT,
    ed25519,
    mldsa,
    seed,
)

CHECKPOINT = Checkpoint(XA, 7, seed("root"))
TEXT = sign_checkpoint(CHECKPOINT, XA_REGISTER, XA_REGISTER_PQ, NOW)
HEAD, CLASSICAL, POST_QUANTUM = CHECKPOINT.body + "\n", *TEXT.splitlines(keepends=True)[4:]


def reason(text: str, at: object = NOW) -> str:
    with pytest.raises(SignatureError) as error:
        verify_checkpoint(text, KEYS, at)  # type: ignore[arg-type]
    return error.value.reason


def test_a_signed_checkpoint_holds_and_gives_its_time() -> None:
    assert verify_checkpoint(TEXT, KEYS, NOW) == (CHECKPOINT, NOW)


@pytest.mark.parametrize("lines", [CLASSICAL, POST_QUANTUM, CLASSICAL + CLASSICAL])
def test_one_signature_alone_is_not_enough(lines: str) -> None:
    assert reason(HEAD + lines) in ("missing_signature", "bad_signature")


def test_lines_of_witnesses_may_follow() -> None:
    witness = f"— witness.example {base64.b64encode(b'1234' + bytes(72)).decode()}\n"
    assert verify_checkpoint(TEXT + witness, KEYS, NOW) == (CHECKPOINT, NOW)


def test_another_register_cannot_sign_under_this_name() -> None:
    assert reason(sign_checkpoint(CHECKPOINT, XC_STATEMENT, mldsa("other"), NOW)) == "missing_signature"
    assert reason(sign_checkpoint(CHECKPOINT, XA_REGISTER, mldsa("other"), NOW)) == "missing_signature"
    assert reason(sign_checkpoint(CHECKPOINT, ed25519("XA statement"), XA_REGISTER_PQ, NOW)) == "missing_signature"
    assert reason(sign_checkpoint(Checkpoint("urn:dcx:XZ", 1, bytes(32)), XA_REGISTER, XA_REGISTER_PQ, NOW)) == (
        "unknown_issuer"
    )


def test_the_signatures_of_two_states_cannot_be_mixed() -> None:
    other = sign_checkpoint(Checkpoint(XA, 8, seed("root")), XA_REGISTER, XA_REGISTER_PQ, NOW)
    lines = other.splitlines(keepends=True)[4:]
    assert reason(HEAD + CLASSICAL + lines[1]) == "bad_signature"
    assert reason(HEAD + lines[0] + POST_QUANTUM) == "bad_signature"


def test_two_signatures_of_one_key_are_refused() -> None:
    again = sign_checkpoint(CHECKPOINT, XA_REGISTER, XA_REGISTER_PQ, NOW + timedelta(seconds=1))
    assert reason(TEXT + again.splitlines(keepends=True)[5]) == "bad_signature"


def test_the_keys_must_be_good_at_the_signed_time_and_at_the_known_time() -> None:
    late = sign_checkpoint(CHECKPOINT, XA_REGISTER, XA_REGISTER_PQ, END)
    assert reason(late) == "expired_key"
    assert reason(TEXT, END) == "expired_key"


def test_the_key_hint_is_that_of_the_published_example() -> None:
    published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, hint, key = published.split("+", 2)
    raw = base64.b64decode(key)
    assert raw[:1] == b"\x01"
    assert key_hint(name, PublicKey("Ed25519", raw[1:])).hex() == hint


def test_a_checkpoint_is_signed_with_both_kinds_of_key() -> None:
    with pytest.raises(UsageError):
        sign_checkpoint(CHECKPOINT, XA_REGISTER_PQ, XA_REGISTER, NOW)
    with pytest.raises(UsageError):
        key_hint(XB, XB_ENCRYPTION.public)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n7\n", "\n07\n"),
        ("\n7\n", "\n-7\n"),
        ("\n7\n", "\n٧\n"),
        ("\n7\n", "\n99999999999999999999\n"),
        ("\n7\n", "\n9999999999999999999\n"),
        ("\n\n", "\nextension\n\n"),
        ("\n\n", "\n"),
        ("— ", "- "),
        ("urn:dcx:XA\n", "urn dcx\n"),
        ("urn:dcx:XA\n", "a+b\n"),
        ("=\n\n", "\n\n"),
    ],
)
def test_a_text_in_another_form_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(ReadError):
        read_checkpoint(TEXT.replace(old, new, 1))


def test_a_checkpoint_without_an_end_or_with_too_many_lines_is_refused() -> None:
    for text in (TEXT[:-1], TEXT + "\n", HEAD, HEAD + CLASSICAL * 40, HEAD + "x" * 10_000_000):
        with pytest.raises(ReadError):
            read_checkpoint(text)


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    for candidate in (text, HEAD + text, text + "\n7\n" + TEXT):
        with pytest.raises((ReadError, SignatureError)):
            verify_checkpoint(candidate, KEYS, NOW)
