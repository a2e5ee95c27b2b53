"""Evidence bundles, what they prove in words, and what is refused in them."""

import io
import json
import re
import string
import zipfile
from pathlib import Path

import pytest

from drugcontrol.channel import bundle, receiving
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.ladder import LADDER, Event
from drugcontrol.channel.telling import tell
from drugcontrol.channel.texts import texts
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError, UsageError
from tests.channel.offices import answered, hours, offices, request

SOURCES = Path(__file__).parents[2] / "src/drugcontrol/channel"


@pytest.fixture
def parties(tmp_path: Path) -> list[Authority]:
    return offices(tmp_path, "XA", "XB")


def told(data: bytes, trusted: list[Authority], language: str = "en") -> str:
    trust = {authority.name: authority.history for authority in trusted} or None
    return "\n".join(tell(verify_bundle(data, trust), language))  # type: ignore[arg-type]


def test_a_whole_exchange_is_proven_rung_by_rung(parties: list[Authority], checker: Checker) -> None:
    xa, xb = parties
    asked = answered(xa, xb, checker)
    data = make_bundle(xa, asked.message_id, hours(1), open_content=True, with_sealed=True)
    verdict = verify_bundle(data, xa.keyring())
    assert [step.event.value for step in verdict.steps] == [
        *("registered", "delivered", "readable", "opened", "accepted", "answered")
    ]
    assert (verdict.code, verdict.unpinned, verdict.step(Event.OPENED).detail) == (0, (), "Officer One")  # type: ignore[union-attr]
    text = told(data, parties)
    assert text.startswith("SIMULATION")
    for rung in ("E1 SubmissionAcceptance", "E4 ContentConsignment", "E6 ContentAccessTracking", "E8"):
        assert rung in text


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_what_is_not_proven_is_said_too(parties: list[Authority], checker: Checker, language: str) -> None:
    xa, xb = parties
    asked = request(xa, checker)
    text = told(make_bundle(xa, asked.message_id, hours(1)), parties, language)
    words = texts("evidence")["words"]
    for key in ("no_delivered", "no_opened", "no_answered"):
        assert words[key][language].format(name=xb.name) in text
    for key in ("no_content", "no_witness", "clocks", "truth"):
        assert words[key][language] in text
    assert text.startswith("SIMULATION")


def test_signers_that_nobody_pinned_only_call_themselves_so(parties: list[Authority], checker: Checker) -> None:
    xa, xb = parties
    asked = answered(xa, xb, checker)
    data = make_bundle(xa, asked.message_id, hours(1))
    text = told(data, [])
    assert f"calls itself {xa.name}" in text
    assert "Who signed it is not proven" in text
    assert verify_bundle(data, {xa.name: xa.history}).faults[0][0] == "unpinned"


def test_either_side_can_make_the_bundle(parties: list[Authority], checker: Checker) -> None:
    xa, xb = parties
    asked = answered(xa, xb, checker)
    verdict = verify_bundle(make_bundle(xb, asked.message_id, hours(1), open_content=True), xb.keyring())
    assert (verdict.code, verdict.maker) == (0, xb.name)
    assert {step.event for step in verdict.steps} >= {Event.REGISTERED, Event.DELIVERED, Event.ANSWERED}


def test_an_answer_after_the_deadline_is_told(parties: list[Authority], checker: Checker) -> None:
    from drugcontrol.channel.sending import sign_message
    from tests.channel.offices import reply

    xa, xb = parties
    asked = request(xa, checker)
    receiving.receive(xb, asked, hours(1))
    said = sign_message(xb, reply("closure", asked.message_id, checker, hours(100)), checker, hours(100))
    receiving.receive(xa, said, hours(101))
    assert "came after the deadline" in told(make_bundle(xa, asked.message_id, hours(102)), parties)


def test_erased_content_leaves_the_proof(parties: list[Authority], checker: Checker) -> None:
    from drugcontrol.channel.statement import read_statement

    xa, xb = parties
    asked = answered(xa, xb, checker)
    with xa.register() as register:
        register.erase(read_statement(asked.statement).header.payload_digest)
    with pytest.raises(UsageError, match="erased"):
        make_bundle(xa, asked.message_id, hours(1), open_content=True)
    assert verify_bundle(make_bundle(xa, asked.message_id, hours(1)), xa.keyring()).code == 0


def test_the_same_evidence_has_the_same_bytes(parties: list[Authority], checker: Checker) -> None:
    asked = request(parties[0], checker)
    first, second = (make_bundle(parties[0], asked.message_id, hours(1), open_content=True) for _ in range(2))
    assert first == second


def test_the_content_goes_along_only_when_asked_for(parties: list[Authority], checker: Checker) -> None:
    asked = request(parties[0], checker)
    closed = make_bundle(parties[0], asked.message_id, hours(1), with_sealed=True)
    assert b"A container was stopped" not in closed
    assert b"A container was stopped" in make_bundle(parties[0], asked.message_id, hours(1), open_content=True)


def test_a_zip_in_another_form_is_no_bundle(parties: list[Authority], checker: Checker) -> None:
    data = make_bundle(parties[0], request(parties[0], checker).message_id, hours(1))
    members = bundle.unpack(data)
    again = {"compressed": zipfile.ZIP_DEFLATED, "stored": zipfile.ZIP_STORED}
    for method in again.values():
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        with pytest.raises(ReadError):
            bundle.unpack(file.getvalue())
    for changed in (data + b"x", b"x" + data, data[:-1], data[:-22] + data[-22:].replace(b"\0\0", b"\1\0", 1), b""):
        with pytest.raises(ReadError):
            bundle.unpack(changed)


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/passwd", "keys/1.json", "keys/01.json/x", "notes.txt", "KEYS/01.json"]
)
def test_a_member_with_another_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no member"):
        bundle.write_zip({name: b""})


def test_a_zip_that_claims_more_than_it_holds_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(100_000_000))
    with pytest.raises(ReadError):
        bundle.unpack(file.getvalue())


def test_every_event_and_reason_has_words_in_three_languages() -> None:
    words = texts("evidence")
    assert set(words["events"]) == {event.value for event in Event} == {event.value for event in LADDER}
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    reasons = set(re.findall(r'SignatureError\(\s*"(\w+)"', code)) | set(re.findall(r'failure = "(\w+)"', code))
    assert reasons - set(words["reasons"]) == set()
    assert set(words["reasons"]) - reasons == {"unreadable_file"}
    for group in words.values():
        for key, text in group.items():
            assert set(text) == {"en", "es", "zh"}, key
            fields = [
                sorted(name for _, name, _, _ in string.Formatter().parse(said) if name) for said in text.values()
            ]
            assert fields[0] == fields[1] == fields[2], key
    unused = [key for key in words["words"] if f'"{key}"' not in code and f"'{key}'" not in code]
    assert unused == []


def test_the_manifest_names_every_member_with_its_digest(parties: list[Authority], checker: Checker) -> None:
    members = bundle.unpack(make_bundle(parties[0], request(parties[0], checker).message_id, hours(1)))
    manifest = json.loads(members["manifest.json"])
    assert set(manifest["members"]) == set(members) - {"manifest.json", "manifest.cose"}
    assert manifest["simulation"] is True
