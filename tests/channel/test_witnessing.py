"""Witnesses sign only registers that grow; a bundle says who signed, and both verifiers count alike."""

import base64
import json
import random
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from drugcontrol.channel import bundle, receiving, verifier, witnessing
from drugcontrol.channel.authority import Authority, add_peer
from drugcontrol.channel.checkpoint import key_hint, read_checkpoint
from drugcontrol.channel.cosigning import cosignatures
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.history import KeyHistory, KeyRing, write_history
from drugcontrol.channel.policy import Policy, read_policy, write_policy
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import Verdict, verify_bundle
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.offices import hours, offices, request


@pytest.fixture
def parties(tmp_path: Path) -> list[Authority]:
    """XA and XB, and XC and XD as witnesses; XA asks both, one is enough."""
    made = offices(tmp_path, "XA", "XB", "XC", "XD")
    witnessing.choose(made[0], Policy((made[2].name, made[3].name), 1))
    return made


def witness(owner: Authority, by: Authority, at: datetime) -> str:
    """Ask a witness, let it sign, and keep what it signed."""
    asked = witnessing.ask(owner, witnessing.last_signed(owner, by.name), at)
    signed = witnessing.cosign(by, asked, at)
    witnessing.take(owner, signed)
    return signed


def judged(data: bytes, trust: KeyRing | None) -> Verdict:
    """Judge with both verifiers, which must agree in code and in what they count as posted."""
    verdict = verify_bundle(data, trust)
    pinned = [verifier.Keys(write_history(history).encode()) for history in (trust or {}).values()]
    code, told = verifier.verdict(data, pinned)
    assert code == verdict.code, (verdict.faults, told)
    assert sum("  posted" in line for line in told) == len([seen for seen in verdict.seen if seen.at]) * (code == 0)
    return verdict


def trust(*authorities: Authority) -> KeyRing:
    return {authority.name: authority.history for authority in authorities}


def again(members: dict[str, bytes], maker: Authority) -> bytes:
    """Sign a manifest for changed members, as their maker could."""
    manifest = json.loads(members["manifest.json"])
    rest = {name: content for name, content in members.items() if name not in ("manifest.json", "manifest.cose")}
    facts = {"message_id": manifest["message_id"], "simulation": manifest["simulation"]}
    return bundle.pack(rest, facts, maker.name, maker.secret("statement"), hours(30))


def test_a_witnessed_message_is_posted_not_later_than_the_witness_says(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, xc, xd = parties
    sent = request(xa, checker)
    witness(xa, xc, hours(1))
    request(xa, checker, hours(2))  # the register grows on
    witness(xa, xd, hours(3))
    receiving.receive(xb, sent, hours(4))
    data = make_bundle(xa, sent.message_id, hours(5))
    verdict = judged(data, trust(xa, xb, xc, xd))
    (seen,) = verdict.seen
    assert (verdict.code, seen.by, seen.at) == (0, xa.name, "2023-03-30T16:00:00Z")
    text = "\n".join(tell(verdict, "en"))
    assert "Posted: not later than 2023-03-30T16:00:00Z" in text
    assert "that holds E1" in text
    for language in ("es", "zh"):
        assert seen.at in "\n".join(tell(verdict, language))  # type: ignore[arg-type]


def test_the_recipient_has_its_receipt_witnessed_too(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc, _ = parties
    witnessing.choose(xb, Policy((xc.name,), 1))
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    witness(xb, xc, hours(2))
    receiving.receive(xa, receiving.receipts(xb, sent.message_id, hours(3)), hours(3))
    verdict = judged(make_bundle(xa, sent.message_id, hours(4)), trust(*parties))
    assert [(seen.by, seen.at) for seen in verdict.seen] == [(xb.name, "2023-03-30T17:00:00Z")]
    text = "\n".join(tell(verdict, "en"))
    assert "that holds E4, E5" in text
    assert f"That third parties saw the register of {xa.name}: 0 witnesses" in text


def test_fewer_witnesses_than_asked_for_prove_nothing_and_are_counted(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, xc, xd = parties
    witnessing.choose(xa, Policy((xc.name, xd.name), 2))
    sent = request(xa, checker)
    witness(xa, xc, hours(1))
    verdict = judged(make_bundle(xa, sent.message_id, hours(2)), trust(*parties))
    assert (verdict.code, verdict.witnessed(xa.name)) == (0, None)
    assert "1 witnesses signed a state that holds this, and the policy asks for 2" in "\n".join(tell(verdict, "en"))
    witness(xa, xd, hours(3))
    verdict = judged(make_bundle(xa, sent.message_id, hours(4)), trust(*parties))
    assert verdict.witnessed(xa.name).at == "2023-03-30T18:00:00Z"  # type: ignore[union-attr]
    assert len(verdict.seen[0].signed) == 2
    del xb


def test_a_witness_that_nobody_pinned_does_not_count(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc, _ = parties
    sent = request(xa, checker)
    witness(xa, xc, hours(1))
    data = make_bundle(xa, sent.message_id, hours(2))
    verdict = judged(data, trust(xa, xb))
    assert (verdict.code, verdict.witnessed(xa.name), verdict.seen[0].others) == (0, None, (xc.name,))
    told = "\n".join(tell(verdict, "en"))
    assert "do not count" in told
    assert "Everything in this bundle is as claimed" in told
    assert "no keys of the authorities were given" not in told
    assert judged(data, None).witnessed(xa.name) is not None


def test_a_party_cannot_slip_in_unpinned_by_being_named_a_witness(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc, _ = parties
    witnessing.choose(xa, Policy((xb.name,), 1))
    sent = request(xa, checker)
    received = receiving.receive(xb, sent, hours(1))
    receiving.receive(xa, received.receipts, hours(2))  # type: ignore[arg-type]
    data = make_bundle(xa, sent.message_id, hours(3))
    assert judged(data, trust(xa)).code == 1
    assert judged(data, trust(xb, xc)).code == 1
    assert judged(data, trust(xa, xb)).code == 0
    assert "every witness asked for is itself" in "\n".join(tell(judged(data, trust(xa, xb)), "en"))


def test_no_changed_signature_of_a_witness_is_accepted(parties: list[Authority], checker: Checker) -> None:
    """The maker of the bundle signs the manifest again, so only the signature of the witness can tell."""
    xa, _, xc, xd = parties
    sent = request(xa, checker)
    witness(xa, xc, hours(1))
    request(xa, checker, hours(1))
    members = bundle.unpack(make_bundle(xa, sent.message_id, hours(2)))
    assert judged(again(members, xa), trust(*parties)).code == 0
    draw = random.Random(7)
    for name in ("witnessed/01.txt", "witnessed/01.cbor", "policy.json"):
        for _ in range(60):
            changed = bytearray(members[name])
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
            verdict = judged(again({**members, name: bytes(changed)}, xa), trust(*parties))
            assert verdict.code == 1 or (name, verdict.policy.quorum) == ("policy.json", 1), name
    for missing in ("witnessed/01.txt", "witnessed/01.cbor"):
        rest = {name: content for name, content in members.items() if name != missing}
        assert judged(again(rest, xa), trust(*parties)).code == 1
    other = write_policy(Policy((xd.name,), 1))
    assert judged(again({**members, "policy.json": other}, xa), trust(*parties)).code == 1


def test_a_key_for_another_purpose_makes_no_witness(parties: list[Authority], checker: Checker) -> None:
    """The ML-DSA-44 key of a register signs the same structure, and does not count as a witness."""
    xa, _, xc, _ = parties
    request(xa, checker)
    signed = witnessing.cosign(xc, witnessing.ask(xa, 0, hours(1)), hours(1))
    line = read_checkpoint(signed).signatures[-1]
    for record in xc.history.records:
        if record.purpose == "register" and record.key.algorithm == "ML-DSA-44":
            hint = key_hint(xc.name, record.key)
    text = signed.replace(
        base64.b64encode(line.key_hint + line.value).decode(), base64.b64encode(hint + line.value).decode()
    )
    with pytest.raises(SignatureError) as error:
        cosignatures(text, xa.keyring())
    assert error.value.reason == "unknown_key"


def test_a_witness_signs_no_rewritten_register(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc, _ = parties
    for number in range(3):
        request(xa, checker, hours(number))
    witness(xa, xc, hours(4))
    for suffix in ("", "-wal", "-shm"):
        (xa.directory / f"register.sqlite{suffix}").unlink(missing_ok=True)
    for number in range(5):
        request(xa, checker, hours(5 + number))
    with pytest.raises(SignatureError) as error:
        witnessing.cosign(xc, witnessing.ask(xa, 3, hours(12)), hours(12))
    assert error.value.reason == "bad_proof"


def test_a_register_with_two_histories_finds_no_witness_for_both(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc, _ = parties
    request(xa, checker)
    source = sqlite3.connect(xa.directory / "register.sqlite")
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    source.close()
    before = (xa.directory / "register.sqlite").read_bytes()
    request(xa, checker, hours(1))
    witness(xa, xc, hours(2))
    for suffix in ("-wal", "-shm"):
        (xa.directory / f"register.sqlite{suffix}").unlink(missing_ok=True)
    (xa.directory / "register.sqlite").write_bytes(before)
    request(xa, checker, hours(3))
    with pytest.raises(SignatureError):
        witnessing.cosign(xc, witnessing.ask(xa, 2, hours(4)), hours(4))


def test_a_witness_names_the_state_that_a_request_must_begin_at(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc, _ = parties
    request(xa, checker)
    witness(xa, xc, hours(1))
    request(xa, checker, hours(2))
    with pytest.raises(UsageError, match="--old 1"):
        witnessing.cosign(xc, witnessing.ask(xa, 0, hours(3)), hours(3))
    stale = witnessing.ask(xa, 1, hours(3))
    witness(xa, xc, hours(4))
    with pytest.raises(UsageError, match="--old 2"):
        witnessing.cosign(xc, stale, hours(5))


def test_a_witness_signs_for_no_stranger_and_not_for_itself(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc, _ = parties
    request(xa, checker)
    asked = witnessing.ask(xa, 0, hours(1))
    with pytest.raises(UsageError, match="own register"):
        witnessing.cosign(xa, asked, hours(1))
    with pytest.raises(SignatureError) as error:
        witnessing.cosign(xb, asked.replace(xa.name, "urn:dcx:authority:XZ:office"), hours(1))
    assert error.value.reason == "unknown_issuer"
    with pytest.raises(SignatureError) as error:
        witnessing.cosign(xc, asked, hours(0))
    assert error.value.reason == "from_the_future"


@pytest.mark.parametrize(
    "text", ["", "old 0", "old 01\n\n", "old x\n\n", "old 1\n!!\n\n", "old 0\nAAAA\n\n", "old 9\n\n"]
)
def test_what_is_no_request_is_told(parties: list[Authority], checker: Checker, text: str) -> None:
    xa, _, xc, _ = parties
    request(xa, checker)
    checkpoint = witnessing.ask(xa, 0, hours(1)).partition("\n\n")[2]
    with pytest.raises((ReadError, UsageError)):
        witnessing.cosign(xc, text + checkpoint if text.endswith("\n\n") else text, hours(1))


def test_only_signatures_that_hold_and_were_asked_for_are_taken(parties: list[Authority], checker: Checker) -> None:
    xa, xb, xc, _ = parties
    request(xa, checker)
    asked = witnessing.ask(xa, 0, hours(1))
    with pytest.raises(UsageError, match="asked here"):
        witnessing.take(xa, witnessing.cosign(xb, asked, hours(1)))
    signed = witnessing.cosign(xc, asked, hours(1))
    line = signed.splitlines()[-1]
    with pytest.raises(SignatureError):
        witnessing.take(xa, signed.replace(line, line[:-30] + "A" * 28 + line[-2:]))
    with pytest.raises(UsageError, match="no state"):
        witnessing.take(xb, signed)
    with pytest.raises(UsageError, match="entries"):
        witnessing.ask(xa, 7, hours(1))
    with pytest.raises(UsageError, match="0 entries"):
        witnessing.ask(xb, 0, hours(1))


def test_a_policy_names_each_witness_once_and_a_quorum_that_can_be_reached(parties: list[Authority]) -> None:
    assert read_policy(write_policy(Policy(("a", "b"), 2))) == Policy(("a", "b"), 2)
    for names, quorum in ((("a", "a"), 1), (("a",), 2), (("a",), 0), ((), 1), (tuple(map(str, range(17))), 1)):
        with pytest.raises(ReadError):
            Policy(names, quorum)
    for data in (
        b"",
        b"[]",
        b'{"version":true,"witnesses":[],"quorum":0}',
        b'{"version":1,"witnesses":[1],"quorum":1}',
    ):
        with pytest.raises(ReadError):
            read_policy(data)
        with pytest.raises(verifier.NotAsClaimed):
            verifier.policy_of(data)
    with pytest.raises(UsageError, match="no peer"):
        witnessing.choose(parties[0], Policy(("urn:dcx:authority:XZ:office",), 1))


def test_a_bad_line_of_a_peer_does_not_keep_the_bundle_from_being_made(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, xc, _ = parties
    witnessing.choose(xb, Policy((xc.name,), 1))
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    witness(xb, xc, hours(2))
    keys = xa.peers()[xc.name]
    broken = KeyHistory(xc.name, tuple(row for row in keys.records if row.purpose != "witness"))
    for path in (xa.directory / "peers").glob("*.keys.json"):
        if xc.name in path.read_text():
            path.write_text(write_history(broken))
    receiving.receive(xa, receiving.receipts(xb, sent.message_id, hours(3)), hours(3))
    verdict = judged(make_bundle(xa, sent.message_id, hours(4)), trust(xa, xb))
    assert (verdict.code, verdict.seen) == (0, [])
    add_peer(xa, keys)
