"""A key counts for its purpose, in its time, until it is known to be stolen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel import instant
from drugcontrol.channel.history import KeyHistory, KeyRecord, read_history, write_history
from drugcontrol.channel.keys import SecretKey
from drugcontrol.errors import ReadError, SignatureError

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
SIGNING = KeyRecord(key=SecretKey.generate("Ed25519").public, purpose="statement", valid_from=START, valid_until=END)
RECEIVING = KeyRecord(
    key=SecretKey.generate("ML-KEM-768/X25519").public, purpose="encryption", valid_from=START, valid_until=END
)
HISTORY = KeyHistory("urn:dcx:XA", (SIGNING, RECEIVING))
KEY_ID = SIGNING.key.key_id


def test_a_key_counts_from_its_first_instant_to_the_last_before_its_end() -> None:
    assert HISTORY.key(KEY_ID, "statement", START) == SIGNING.key
    assert HISTORY.key(KEY_ID, "statement", END - timedelta(seconds=1)) == SIGNING.key


@pytest.mark.parametrize(
    ("reason", "key_id", "at"),
    [
        ("key_not_yet_valid", KEY_ID, START - timedelta(seconds=1)),
        ("expired_key", KEY_ID, END),
        ("wrong_purpose", RECEIVING.key.key_id, START),
        ("unknown_key", bytes(32), START),
    ],
)
def test_a_key_does_not_count_outside_its_time_and_purpose(reason: str, key_id: bytes, at: datetime) -> None:
    with pytest.raises(SignatureError) as error:
        HISTORY.key(key_id, "statement", at)
    assert error.value.reason == reason


def test_a_stolen_key_counts_only_before_the_theft() -> None:
    stolen = KeyHistory("urn:dcx:XA", (replace(SIGNING, compromised_since=START + timedelta(days=30)),))
    assert stolen.key(KEY_ID, "statement", START + timedelta(days=29)) == SIGNING.key
    with pytest.raises(SignatureError) as error:
        stolen.key(KEY_ID, "statement", START + timedelta(days=30))
    assert error.value.reason == "compromised_key"


def test_one_key_has_one_purpose() -> None:
    with pytest.raises(ReadError, match="twice"):
        KeyHistory("urn:dcx:XA", (SIGNING, replace(SIGNING, purpose="register")))
    with pytest.raises(ReadError, match="purpose"):
        replace(SIGNING, purpose="encryption")
    with pytest.raises(ReadError, match="before it begins"):
        replace(SIGNING, valid_until=START)


def test_a_written_history_is_read_back() -> None:
    history = KeyHistory("urn:dcx:XA", (replace(SIGNING, compromised_since=END), RECEIVING))
    assert read_history(write_history(history)) == history


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"owner"', '"name"'),
        ('"urn:dcx:XA"', '""'),
        ('"purpose": "statement"', '"purpose": "anything"'),
        ('"purpose": "statement"', '"purpose": "encryption"'),
        ('"key": "', '"key": "!'),
        ('"key_id": "', '"key_id": "00'),
        ("2026-01-01T00:00:00Z", "2026-01-01"),
        ("2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z"),
        ("null", '"soon"'),
        ('"algorithm"', '"kind"'),
        ("{", ""),
        ("[", "{"),
    ],
)
def test_a_changed_history_is_refused(old: str, new: str) -> None:
    written = write_history(HISTORY)
    assert old in written
    with pytest.raises(ReadError):
        read_history(written.replace(old, new, 1))


@given(st.text(max_size=50) | st.recursive(st.none() | st.text(), lambda x: st.lists(x)).map(str))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(ReadError):
        read_history(text)


@pytest.mark.parametrize("value", [-1, 2**63, 1.0, True, "1", None])
def test_a_time_is_whole_seconds_in_a_range(value: object) -> None:
    with pytest.raises(ReadError):
        instant.from_seconds(value)


@pytest.mark.parametrize("written", ["2026-1-1T0:0:0Z", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", None, 5])
def test_a_time_has_one_written_form(written: object) -> None:
    with pytest.raises(ReadError, match="not written as"):
        instant.parse(written)


def test_a_time_needs_a_zone() -> None:
    with pytest.raises(ReadError, match="zone"):
        replace(SIGNING, valid_from=START.replace(tzinfo=None))
    with pytest.raises(ReadError, match="zone"):
        instant.seconds(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test
