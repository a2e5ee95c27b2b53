"""Keys change and evidence stays: old bundles verify for ever, old keys sign nothing any more."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from drugcontrol.channel import receiving, rotation, sign1, witnessing
from drugcontrol.channel.audit import audit
from drugcontrol.channel.authority import KEYS, Authority, add_peer, fingerprint, key_file, open_authority
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.history import KeyHistory, read_history, write_history
from drugcontrol.channel.policy import Policy
from drugcontrol.channel.statement import read_statement, verify
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.offices import NOW, answered, hours, office, offices, request
from tests.channel.test_witnessing import judged, trust, witness


@pytest.fixture
def parties(tmp_path: Path) -> list[Authority]:
    return offices(tmp_path, "XA", "XB", "XC")


def renewed(owner: Authority, peers: list[Authority], hour: float) -> Authority:
    """Change all keys of an authority, and let its peers follow by file."""
    made, file = rotation.rotate(owner, list(KEYS), hours(hour))
    assert file is not None
    for peer in peers:
        rotation.renew_peer(peer, file.read_bytes(), hours(hour))
    return made


def test_bundles_of_every_era_verify_with_the_newest_history(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    bundles = []
    for era in range(3):
        asked = answered(xa, xb, checker, hours(1000 * era))
        bundles.append(make_bundle(xa, asked.message_id, hours(1000 * era + 1)))
        xa = renewed(xa, [xb], 1000 * era + 10)
        xb = renewed(xb, [xa], 1000 * era + 11)
    for data in bundles:
        assert judged(data, trust(xa, xb)).code == 0
    assert verify_bundle(bundles[2], {**trust(xa, xb), xa.name: parties[0].history}).code == 1
    for authority in (xa, xb):
        with authority.register() as register:
            audit(register, authority.keyring())


def test_what_was_sealed_for_an_old_key_still_opens(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    early = request(xa, checker)
    receiving.receive(xb, early, hours(1))
    under_way = request(xa, checker, hours(2))
    xb = renewed(xb, [xa], 3)
    assert receiving.receive(xb, under_way, hours(4)).failure == ""
    assert b"XA-" in receiving.open_message(xb, early.message_id, "Officer", hours(5))


def test_old_signing_keys_are_gone_and_a_new_one_signs(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    old = {record.purpose: key_file(xa.directory, record.key) for record in xa.history.records}
    xa = renewed(xa, [xb], 1)
    assert {purpose: path.exists() for purpose, path in old.items()} == {
        "statement": False,
        "register": False,
        "witness": False,
        "encryption": True,
    }
    assert receiving.receive(xb, request(xa, checker, hours(2)), hours(3)).failure == ""
    for path in (xa.directory / "keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_a_message_under_way_is_taken_for_thirty_days_and_no_longer(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc = parties
    sent = request(xa, checker)
    renewed(xa, [xb, xc], 1)
    assert receiving.receive(xb, sent, NOW + timedelta(days=29)).failure == ""
    with pytest.raises(SignatureError) as error:
        verify(read_statement(sent.statement), xc.keyring(), NOW + timedelta(days=31), xb.name)
    assert error.value.reason == "expired_key"


def test_a_key_reported_stolen_signs_nothing_after_that_day(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    before, after = request(xa, checker), request(xa, checker, hours(30))
    early, late = (make_bundle(xa, sent.message_id, hours(31)) for sent in (before, after))
    xa, renewal = rotation.rotate(xa, ["statement"], hours(40), stolen_since=hours(20))
    assert renewal is None
    assert not (xa.directory / "key-renewal.dcx").exists()
    add_peer(xb, xa.history)
    with pytest.raises(SignatureError) as error:
        receiving.receive(xb, before, hours(41))
    assert error.value.reason == "compromised_key"
    assert judged(make_bundle(xa, before.message_id, hours(42)), trust(xa)).code == 0
    for data in (late, make_bundle(xa, after.message_id, hours(42))):
        assert judged(data, trust(xa)).faults[0][0] == "compromised_key"
    assert judged(early, trust(xa)).faults[0][0] == "compromised_key"  # its maker signed it after the theft


def test_only_a_witness_shows_that_something_is_older_than_a_theft(parties: list[Authority], checker: Checker) -> None:
    xa = parties[0]
    sent = request(xa, checker)
    xa, _ = rotation.rotate(xa, ["statement"], hours(40), stolen_since=hours(20))
    unseen = "\n".join(tell(judged(make_bundle(xa, sent.message_id, hours(42)), trust(xa)), "en"))
    assert "is older than the theft of its key, reported since 2023-03-31T11:00:00Z" in unseen


def test_what_a_witness_saw_before_a_theft_stays_proven(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc = parties
    witnessing.choose(xa, Policy((xc.name,), 1))
    sent = request(xa, checker)
    witness(xa, xc, hours(1))
    xa, _ = rotation.rotate(xa, list(KEYS), hours(40), stolen_since=hours(20))
    seen = "\n".join(tell(judged(make_bundle(xa, sent.message_id, hours(42)), trust(xa, xc)), "en"))
    assert "theft" not in seen
    with xa.register() as register:
        audit(register, xa.keyring())


def test_a_renewal_of_another_or_a_changed_one_is_refused(parties: list[Authority]) -> None:
    xa, xb, xc = parties
    forger = office(xa.directory.parent, "XA", "forger")
    forged = rotation.rotate(forger, ["statement"], hours(1))[1]
    genuine = rotation.rotate(xa, ["statement"], hours(1))[1]
    assert forged is not None
    assert genuine is not None
    with pytest.raises(SignatureError) as error:
        rotation.renew_peer(xb, forged.read_bytes(), hours(2))
    assert error.value.reason == "unknown_key"
    data = genuine.read_bytes()
    for at in range(0, len(data), 7):
        changed = data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]
        with pytest.raises((ReadError, SignatureError, UsageError)):
            rotation.renew_peer(xb, changed, hours(2))
    with pytest.raises(SignatureError) as error:
        rotation.renew_peer(xb, data, hours(0))
    assert error.value.reason == "from_the_future"
    assert xb.peers()[xa.name] == xa.history
    assert xc.peers()[xa.name] == xa.history
    rotation.renew_peer(xb, data, hours(2))
    assert len(xb.peers()[xa.name].records) == len(xa.history.records) + 1


def test_an_ended_key_cannot_announce_another(parties: list[Authority]) -> None:
    xa, xb, _ = parties
    old = xa.secret("statement")
    xa = renewed(xa, [xb], 1)
    newer, file = rotation.rotate(xa, ["statement"], hours(1000))
    assert file is not None
    content = decode(file.read_bytes(), rotation.MAX_RENEWAL)
    header = {
        sign1.CONTENT_TYPE: rotation.CONTENT_TYPE,
        sign1.CWT_CLAIMS: {sign1.ISS: xa.name, sign1.IAT: int(hours(1000).timestamp())},
    }
    content["signature"] = sign1.sign(old, header, content["history"])
    with pytest.raises(SignatureError) as error:
        rotation.renew_peer(xb, encode(content), hours(1001))
    assert error.value.reason == "expired_key"
    assert newer.name == xa.name


def test_a_new_history_takes_nothing_back(parties: list[Authority]) -> None:
    xa, xb, _ = parties
    first, *others = xb.history.records
    for changed in (
        replace(first, valid_until=first.valid_until + timedelta(days=1)),
        replace(first, valid_from=first.valid_from - timedelta(days=1)),
    ):
        with pytest.raises(UsageError, match="another period"):
            add_peer(xa, KeyHistory(xb.name, (changed, *others)))
    assert fingerprint(KeyHistory(xb.name, (changed, *others))) != fingerprint(xb.history)
    assert read_history(write_history(xb.history)) == xb.history


def test_what_cannot_be_rotated_is_told(parties: list[Authority]) -> None:
    xa = parties[0]
    for kinds, now, since, said in (
        ([], hours(1), None, "Name the keys"),
        (["other"], hours(1), None, "Name the keys"),
        (["statement"], hours(1), hours(2), "in the future"),
        (["statement"], xa.history.records[0].valid_from, None, "clock is behind"),
    ):
        with pytest.raises(UsageError, match=said):
            rotation.rotate(xa, kinds, now, stolen_since=since)
    assert open_authority(xa.directory).history == xa.history
    with pytest.raises(ReadError, match="no renewal"):
        rotation.renew_peer(xa, encode({"dcx_keys": 2}), hours(1))


def test_a_statement_key_that_ended_vouches_for_nothing(parties: list[Authority]) -> None:
    xa = parties[0]
    late = xa.history.records[0].valid_until + timedelta(days=1)
    made, renewal = rotation.rotate(xa, list(KEYS), late)
    assert renewal is None
    assert made.history.records[0].valid_until == xa.history.records[0].valid_until
