"""What went wrong is evidence too: failed attempts, couriers, paper, deadlines that passed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from drugcontrol.channel import couriering, noting, receiving
from drugcontrol.channel.audit import audit
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.exchange import Exchange, read_exchange, write_exchange
from drugcontrol.channel.ladder import LADDER, Event, Way, etsi_name, event_of, may_say
from drugcontrol.channel.proofs import enter, prove
from drugcontrol.channel.records import read_record, write_record
from drugcontrol.channel.sending import sign_message
from drugcontrol.channel.telling import tell
from drugcontrol.check.status import Checker
from drugcontrol.errors import ReadError, SignatureError, UsageError
from tests.channel.offices import NOW, hours, offices, reply, request
from tests.channel.test_witnessing import judged, trust

LATE = hours(73)
"""An hour after the deadline of the request."""


@pytest.fixture
def parties(tmp_path: Path) -> list[Authority]:
    return offices(tmp_path, "XA", "XB", "XC")


def told(xa: Authority, sent: Exchange, parties: list[Authority], language: str = "en") -> str:
    verdict = judged(make_bundle(xa, sent.message_id, hours(200)), trust(*parties))
    assert verdict.code == 0, verdict.faults
    return "\n".join(tell(verdict, language))  # type: ignore[arg-type]


def test_each_failed_attempt_is_an_entry_of_its_own(parties: list[Authority], checker: Checker) -> None:
    xa = parties[0]
    sent = request(xa, checker)
    ways: tuple[Way, ...] = ("email", "hand", "post")
    for number, way in enumerate(ways):
        noting.failed(xa, sent.message_id, way, f"returned {number}", hours(number + 1))
    text = told(xa, sent, parties)
    places = [text.index(f"({word})") for word in ("e-mail", "by hand", "post")]
    assert places == sorted(places)
    assert text.count("[X1 RelayFailure]") == 3
    with xa.register() as register:
        audit(register, xa.keyring())


def test_a_silent_recipient_leaves_posting_courier_paper_and_expiry(parties: list[Authority], checker: Checker) -> None:
    """The story of a recipient that never answers: everything that can be proven without it is proven."""
    xa, xb, xc = parties
    sent = request(xa, checker)
    noting.failed(xa, sent.message_id, "email", "mailbox refused it", hours(1))
    taken = read_exchange(write_exchange(couriering.take(xc, sent, hours(2))))
    receiving.receive(xa, taken, hours(3))
    noting.notified(xc, sent.message_id, "listed", "shown at the weekly meeting", hours(4))
    receiving.receive(xa, receiving.receipts(xc, sent.message_id, hours(5)), hours(5))
    noting.notified(xa, sent.message_id, "stamped", "note verbale 12 returned", hours(6))
    noting.overdue(xa, sent.message_id, LATE)
    text = told(xa, sent, parties)
    for rung in (
        "[X1 RelayFailure]",
        "[E3 RelayAcceptance]",
        "[X2 ConsignmentNotification]",
        "[X2 NotificationDelivered]",
        "[X3 AcceptanceRejectionExpiry]",
    ):
        assert rung in text
    assert f"That it was delivered: no receipt of the register of {xb.name}" in text
    for language in ("es", "zh"):
        assert "[X3 AcceptanceRejectionExpiry]" in told(xa, sent, parties, language)


def test_what_a_courier_holds_reaches_the_recipient_as_the_sender_wrote_it(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, xc = parties
    sent = request(xa, checker)
    couriering.take(xc, sent, hours(1))
    given = read_exchange(write_exchange(couriering.give(xc, sent.message_id, hours(2))))
    assert (given.statement, given.sealed) == (sent.statement, sent.sealed)
    assert receiving.receive(xb, given, hours(3)).failure == ""
    with pytest.raises(UsageError, match="could not be read"):
        receiving.open_message(xc, sent.message_id, "Officer", hours(4))


def test_a_courier_may_refuse_and_says_so_signed(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc = parties
    sent = request(xa, checker)
    receiving.receive(xa, couriering.refuse(xc, sent, "no agreement with XB", hours(1)), hours(2))
    assert "no agreement with XB. [E3 RelayRejection]" in told(xa, sent, parties)
    with pytest.raises(UsageError, match="before"):
        couriering.refuse(xc, sent, "again", hours(3))


def test_neither_party_is_its_own_courier_and_a_courier_takes_nothing_forged(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, xc = parties
    sent = request(xa, checker)
    for party in (xa, xb):
        with pytest.raises(UsageError, match="neither sender nor recipient"):
            couriering.take(party, sent, hours(1))
    changed = Exchange(sent.statement, (sent.sealed or b"")[:-1] + b"x", None, sent.proofs)
    for bad, why in (
        (changed, "bad_payload"),
        (Exchange(sent.statement, None, None, sent.proofs), "bad_payload"),
        (Exchange(sent.statement, sent.sealed, None, ()), "not_registered"),
    ):
        with pytest.raises(SignatureError) as error:
            couriering.take(xc, bad, hours(1))
        assert error.value.reason == why
    with pytest.raises(UsageError, match="not held here"):
        couriering.give(xa, sent.message_id, hours(1))


def test_overdue_is_entered_once_and_only_after_the_deadline(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    with pytest.raises(UsageError, match="has not passed"):
        noting.overdue(xa, sent.message_id, LATE - timedelta(hours=2))
    noting.overdue(xa, sent.message_id, LATE)
    with pytest.raises(UsageError, match="entered already"):
        noting.overdue(xa, sent.message_id, LATE)
    with pytest.raises(UsageError, match="not sent from here"):
        noting.overdue(xb, sent.message_id, LATE)


def test_what_was_answered_is_not_overdue(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    said = sign_message(xb, reply("closure", sent.message_id, checker, hours(2)), checker, hours(2))
    receiving.receive(xa, said, hours(3))
    with pytest.raises(UsageError, match="was answered"):
        noting.overdue(xa, sent.message_id, LATE)


def test_an_entry_of_overdue_before_the_deadline_is_refused_by_both_verifiers(
    parties: list[Authority], checker: Checker
) -> None:
    xa = parties[0]
    for number, due in enumerate((hours(72), hours(1))):
        sent = request(xa, checker, hours(number))
        record = write_record(Event.OVERDUE, due=int(due.timestamp()))
        with xa.register() as register:
            enter(register, Event.OVERDUE, sent.message_id, [record], hours(number))
        assert judged(make_bundle(xa, sent.message_id, hours(4)), trust(*parties)).code == 1


def test_nobody_enters_what_only_another_can_know(parties: list[Authority], checker: Checker) -> None:
    """XC is a courier at most: its word on delivery, opening or an answer is refused, and so is that of XA."""
    xa, xb, xc = parties
    sent = request(xa, checker)
    for office, event in ((xc, Event.OPENED), (xc, Event.OVERDUE), (xb, Event.COURIERED), (xb, Event.OVERDUE)):
        record = write_record(event, by="One") if event == Event.OPENED else sent.statement
        with office.register() as register:
            enter(register, event, sent.message_id, [record], hours(1))
            part = prove(office, register, [sent.message_id], hours(1))
        with pytest.raises(SignatureError) as error:
            receiving.receive(xa, Exchange(sent.statement, None, None, (part,)), hours(2))
        assert error.value.reason == "wrong_register"
    with xa.register() as register:
        enter(register, Event.COURIERED, sent.message_id, [sent.statement], hours(3))
    assert judged(make_bundle(xa, sent.message_id, hours(4)), trust(*parties)).code == 1


@pytest.mark.parametrize("note", ["", " ", "two\nlines", "x" * 201])
def test_a_note_is_one_short_line(parties: list[Authority], checker: Checker, note: str) -> None:
    sent = request(parties[0], checker)
    with pytest.raises(UsageError, match="one line"):
        noting.failed(parties[0], sent.message_id, "email", note, NOW)


def test_a_record_of_another_form_is_refused() -> None:
    ways: tuple[dict[str, Any], ...] = ({"way": "pigeon"}, {}, {"way": "paper"}, {"way": 1})
    for way in ways:
        with pytest.raises(ReadError):
            write_record(Event.ATTEMPT_FAILED, note="x", **way)
    with pytest.raises(ReadError):
        read_record(Event.REGISTERED, b"\xa1\x67version\x01")


def test_every_rung_has_its_maker_and_its_event_of_etsi() -> None:
    """The event names are those of EN 319 522-3, table 2; E2 and E8 have none there."""
    table = {
        *("SubmissionAcceptance", "RelayAcceptance", "RelayRejection", "RelayFailure", "ContentConsignment"),
        *("ContentHandover", "ContentHandoverFailure", "ContentAccessTracking", "ConsignmentAcceptance"),
        *("ConsignmentRejection", "ConsignmentNotification", "AcceptanceRejectionExpiry"),
    }
    assert {rung.etsi for rung in LADDER.values()} == table | {""}
    assert {rung.number for rung in LADDER.values()} == {*(f"E{n}" for n in range(1, 9)), "X1", "X2", "X3"}
    assert etsi_name(Event.NOTIFIED_OTHERWISE, "paper") == "RelayToNonERDS"
    assert [may_say(Event.POSTED, name, "a", {"b"}) for name in "abc"] == [False] * 3
    assert (event_of("attempt-failed.12"), event_of("attempt-failed")) == (Event.ATTEMPT_FAILED,) * 2
    for name in ("attempt-failed.1", "attempt-failed.01", "attempt-failed.100", "opened.2", "else"):
        with pytest.raises(ReadError):
            event_of(name)
