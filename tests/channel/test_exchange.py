"""Sending and receiving by file, and every reason for which a file is refused."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drugcontrol.channel import receiving, sealing, store
from drugcontrol.channel.audit import audit
from drugcontrol.channel.authority import Authority, add_peer, init_authority
from drugcontrol.channel.exchange import Exchange, read_exchange, write_exchange
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.proofs import check, enter, prove
from drugcontrol.channel.sending import message_again, new_message, sign_message
from drugcontrol.channel.statement import Header, Statement, read_statement, sign_statement
from drugcontrol.check.status import Checker
from drugcontrol.errors import MessageError, ReadError, SignatureError, UsageError
from tests.channel.messages.samples import EXAMPLES
from tests.channel.offices import NOW, hours, office, offices, party, payload, reply, request, urn


@pytest.fixture
def parties(tmp_path: Path) -> list[Authority]:
    return offices(tmp_path, "XA", "XB", "XC")


def refused(authority: Authority, exchange: Exchange, now: Any = None) -> str:
    """Give the reason of a refusal; nothing may have been entered."""
    with authority.register() as register:
        before = len(register)
    with pytest.raises(SignatureError) as error:
        receiving.receive(authority, exchange, now or hours(1))
    with authority.register() as register:
        assert len(register) == before
    return error.value.reason


def events(authority: Authority, message_id: bytes) -> list[str]:
    with authority.register() as register:
        return [event.value for event in Event if register.position(message_id, event.value) is not None]


def crafted(
    xa: Authority,
    xb: Authority,
    content: bytes,
    like: Exchange,
    *,
    header: Any = None,
    seal_under: Header | None = None,
) -> Exchange:
    """Sign and enter as XA what its program would not: a header with changes, a seal under another one."""
    opened = sealing.Opened(content, sealing.new_salt())
    said = read_statement(like.statement).header
    made = replace(said, commitment=sealing.commitment(opened.salt, opened.content), **(header or {}))
    key = next(record.key for record in xb.history.records if record.purpose == "encryption")
    sealed = sealing.seal(opened, {xb.name: key}, (seal_under or made).binding())
    made = replace(made, payload_digest=hashlib.sha256(sealed).digest())
    statement = sign_statement(made, xa.secret("statement"))
    with xa.register() as register:
        enter(register, Event.REGISTERED, statement.message_id, [statement.data, sealed], hours(0))
        return Exchange(statement.data, sealed, None, (prove(xa, register, [statement.message_id], hours(0)),))


def test_a_message_is_entered_by_both_sides_and_each_can_prove_it(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    sent = read_exchange(write_exchange(request(xa, checker)))
    assert events(xa, sent.message_id) == ["registered"]
    received = receiving.receive(xb, sent, hours(1))
    assert (received.failure, events(xb, sent.message_id)) == ("", ["delivered", "readable"])
    assert received.receipts is not None
    (part,) = received.receipts.proofs
    assert [receipt.entry.recorded_at for receipt in check(part, xa.keyring())] == [hours(1), hours(1)]
    assert receiving.receive(xa, received.receipts, hours(2)).receipts is None
    for authority in (xa, xb):
        with authority.register() as register:
            audit(register, authority.keyring())


def test_the_row_of_messages_to_each_peer_has_its_own_numbers(parties: list[Authority], checker: Checker) -> None:
    xa = parties[0]
    to_xc = payload("rfi", checker, recipients=[party("XC")])
    rows = [request(xa, checker), sign_message(xa, to_xc, checker, hours(1)), request(xa, checker, hours(2))]
    first, other, second = (read_statement(row.statement) for row in rows)
    assert [statement.header.to[0].sequence for statement in (first, other, second)] == [1, 1, 2]
    assert second.header.to[0].previous == first.message_id


def test_the_header_repeats_what_the_content_says(parties: list[Authority], checker: Checker) -> None:
    header = read_statement(request(parties[0], checker).statement).header
    assert (header.issuer, header.type, header.legal_basis, header.simulation) == (urn("XA"), "rfi", "1988-9", True)
    assert header.respond_by == hours(72)


def test_a_message_passed_on_to_a_third_is_refused(parties: list[Authority], checker: Checker) -> None:
    xa, _, xc = parties
    assert refused(xc, request(xa, checker)) == "wrong_recipient"


def test_a_message_received_again_is_refused_and_its_receipt_can_be_written_again(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    assert refused(xb, sent, hours(2)) == "replay"
    again = receiving.receipts(xb, sent.message_id, hours(3))
    assert [proof.entry.recorded_at for proof in again.proofs[0].proofs] == [hours(1), hours(1)]


def test_keys_of_another_do_not_pass_for_those_of_a_peer(
    parties: list[Authority], checker: Checker, tmp_path: Path
) -> None:
    xb = parties[1]
    forger = office(tmp_path, "XA", "forger")
    add_peer(forger, xb.history)
    assert refused(xb, request(forger, checker)) == "unknown_key"


def test_an_unknown_sender_is_refused(parties: list[Authority], checker: Checker, tmp_path: Path) -> None:
    xa = parties[0]
    (alone,) = offices(tmp_path / "alone", "XB")
    assert refused(alone, request(xa, checker)) == "unknown_issuer"


def test_changed_content_and_a_missing_message_are_refused(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    first, second = request(xa, checker), request(xa, checker, hours(0.5))
    assert first.sealed is not None
    assert refused(xb, replace(first, sealed=first.sealed + b"x")) == "bad_payload"
    assert refused(xb, replace(first, sealed=None)) == "bad_payload"
    assert refused(xb, second) == "gap"


def test_a_message_that_its_sender_did_not_enter_is_refused(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    first, second = request(xa, checker), request(xa, checker, hours(0.5))
    assert refused(xb, replace(first, proofs=())) == "not_registered"
    assert refused(xb, replace(first, proofs=second.proofs)) == "not_registered"


def test_a_time_dated_back_or_not_yet_come_is_refused(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    dated = crafted(xa, xb, payload("rfi", checker), sent, header={"issued_at": hours(-48)})
    assert refused(xb, dated) == "back_dated"
    assert refused(xb, sent, hours(-1)) == "from_the_future"


def test_the_register_takes_no_entry_dated_back(parties: list[Authority], checker: Checker) -> None:
    request(parties[0], checker)
    with pytest.raises(UsageError, match="clock is behind"):
        request(parties[0], checker, hours(-1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"legal_basis": "1988-12-9c"}, "header_mismatch"),
        ({"respond_by": None}, "header_mismatch"),
        ({"type": "pen"}, "header_mismatch"),
    ],
)
def test_content_that_says_other_than_its_header_is_receipted_as_unreadable(
    parties: list[Authority], checker: Checker, change: dict[str, Any], reason: str
) -> None:
    xa, xb, _ = parties
    made = crafted(xa, xb, payload("rfi", checker), _unsent(xa, checker), header=change)
    received = receiving.receive(xb, made, hours(1))
    assert (received.failure, events(xb, made.message_id)) == (reason, ["delivered", "unreadable"])
    with pytest.raises(UsageError, match="could not be read"):
        receiving.open_message(xb, made.message_id, "Officer One", hours(2))


def test_content_without_form_and_a_swapped_seal_are_receipted_as_unreadable(
    parties: list[Authority], checker: Checker
) -> None:
    xa, xb, _ = parties
    like = _unsent(xa, checker)
    said = read_statement(like.statement).header
    assert receiving.receive(xb, crafted(xa, xb, b"[]", like), hours(1)).failure == "not_readable"
    other = crafted(
        xa,
        xb,
        payload("rfi", checker),
        like,
        header={"to": (_next(said, _last(xb)),)},
        seal_under=replace(said, thread="urn:dcx:another"),
    )
    assert receiving.receive(xb, other, hours(1)).failure == "bad_seal"


def test_a_real_authority_takes_no_exercise(parties: list[Authority], checker: Checker, tmp_path: Path) -> None:
    xa = parties[0]
    real = init_authority(tmp_path / "real", urn("XB"), "ZW", False, NOW.replace(day=1))
    add_peer(real, xa.history)
    with pytest.raises(MessageError, match="exercise"):
        sign_message(real, payload("rfi", checker, sender=party("XB"), recipients=[party("XA")]), checker, hours(0))
    assert refused(real, request(xa, checker)) == "simulation_mismatch"


def test_an_officer_is_named_at_the_first_opening_only(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    with pytest.raises(UsageError, match="Nobody opened"):
        receiving.open_message(xb, sent.message_id, " ", hours(1))
    content = receiving.open_message(xb, sent.message_id, "Officer One", hours(2))
    assert receiving.open_message(xb, sent.message_id, "", hours(3)) == content == payload("rfi", checker)
    assert receiving.open_message(xa, sent.message_id, "", hours(3)) == content
    assert events(xb, sent.message_id) == ["delivered", "readable", "opened"]


@pytest.mark.parametrize(
    ("kind", "change", "decision"),
    [
        ("closure", {}, "accepted"),
        ("pen.reply", {}, "accepted"),
        (
            "pen.reply",
            {"status": "not-competent", "forward_to": party("XC"), "reasons": [], "proposes_notice": False},
            "refused",
        ),
    ],
)
def test_an_answer_is_entered_as_decision_and_answer(
    parties: list[Authority], checker: Checker, kind: str, change: dict[str, Any], decision: str
) -> None:
    xa, xb, _ = parties
    sent = request(xa, checker)
    receiving.receive(xb, sent, hours(1))
    said = sign_message(xb, reply(kind, sent.message_id, checker, hours(2), **change), checker, hours(2))
    assert events(xb, sent.message_id) == ["delivered", "readable", decision, "answered"]
    receiving.receive(xa, said, hours(3))
    header = read_statement(said.statement).header
    assert header.thread == read_statement(sent.statement).header.thread


def test_an_answer_to_an_unknown_message_is_not_signed(parties: list[Authority], checker: Checker) -> None:
    with pytest.raises(UsageError, match="not known here"):
        sign_message(parties[1], reply("closure", b"\1" * 32, checker, NOW), checker, NOW)


def test_a_rewritten_register_is_found_at_the_next_contact(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    first, second = request(xa, checker), request(xa, checker, hours(0.5))
    receiving.receive(xb, first, hours(1))
    receiving.receive(xb, second, hours(1))
    for suffix in ("", "-wal", "-shm"):
        (xa.directory / f"register.sqlite{suffix}").unlink(missing_ok=True)
    request(xa, checker, hours(2))
    rewritten = request(xa, checker, hours(3))
    assert refused(xb, rewritten, hours(4)) == "equivocation"
    made = receiving.receipts(xa, rewritten.message_id, hours(4))
    with pytest.raises(SignatureError) as error:
        receiving.receive(xb, replace(made, statement=first.statement, sealed=first.sealed), hours(5))
    assert error.value.reason in {"not_registered", "bad_proof", "replay"}


def test_a_legal_status_that_was_changed_by_hand_is_not_signed(parties: list[Authority], checker: Checker) -> None:
    written = payload("notice.incident", checker).replace(b'"scheduled":"undecided"', b'"scheduled":"no"')
    with pytest.raises(MessageError):
        sign_message(parties[0], written, checker, NOW)


def test_a_draft_for_a_stranger_or_of_another_is_told_before_signing(checker: Checker, tmp_path: Path) -> None:
    with pytest.raises(MessageError) as error:
        new_message(office(tmp_path / "lone", "XA"), EXAMPLES / "closure.yaml", checker, NOW)
    fields = {problem.field for problem in error.value.problems}
    assert fields == {"sender.urn", "recipients[0].urn"}


def test_a_message_that_was_lost_on_the_way_can_be_written_again(parties: list[Authority], checker: Checker) -> None:
    xa, xb, _ = parties
    lost, next_one = request(xa, checker), request(xa, checker, hours(0.5))
    assert refused(xb, next_one) == "gap"
    again = message_again(xa, lost.message_id, hours(1))
    assert (again.statement, again.sealed) == (lost.statement, lost.sealed)
    receiving.receive(xb, again, hours(1))
    receiving.receive(xb, message_again(xa, next_one.message_id, hours(2)), hours(2))
    with xb.register() as register:
        assert [statement.header.to[0].sequence for statement, _ in store.listed(register)] == [2, 1]
    with pytest.raises(UsageError, match="not sent from here"):
        message_again(xb, lost.message_id, hours(3))


def test_what_is_no_file_of_the_channel_is_told(parties: list[Authority], checker: Checker) -> None:
    sent = write_exchange(request(parties[0], checker))
    for data in (b"", b"\xa0", b"PK\3\4", sent[:-1], sent + b"x"):
        with pytest.raises(ReadError):
            read_exchange(data)


def _unsent(xa: Authority, checker: Checker) -> Exchange:
    """Give a first message of XA whose number is used again by what is crafted."""
    return request(xa, checker)


def _last(xb: Authority) -> Statement:
    with xb.register() as register:
        return next(store.backwards(register, Event.DELIVERED))


def _next(header: Header, last: Statement) -> Any:
    return replace(header.to[0], sequence=2, previous=last.message_id)
