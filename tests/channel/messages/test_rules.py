import json
from typing import Any

import pytest

from drugcontrol.channel.messages import unanswered
from drugcontrol.channel.messages.reading import examine, from_content
from drugcontrol.channel.messages.rfi import Reply, Request
from drugcontrol.check.status import Checker
from drugcontrol.errors import MessageError
from tests.channel.messages.samples import ABOUT, CALENDARS, ISSUED, PLACE, QUANTITY, draft, payload, prepare, put, text


def problems(kind: str, checker: Checker, /, **changes: Any) -> dict[str, str]:
    content = json.loads(payload(kind, checker))
    for field, value in changes.items():
        put(content, field, value)
    return {problem.field: problem.what for problem in examine(content)[1]}


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("laboratory", "equipment"),
        ("dump-site", "substances"),
        ("equipment", "equipment"),
        ("online-offer", "substances"),
    ],
)
def test_a_notice_says_what_was_found(kind: str, field: str, checker: Checker) -> None:
    content = json.loads(payload("notice.incident", checker))
    content |= {"kind": kind, "substances": []}
    content["found"]["mode"] = "premises"
    found = {problem.field for problem in examine(content)[1]}
    assert ("substances" if field == "substances" or kind == "laboratory" else "equipment") in found
    if kind in ("laboratory", "equipment"):
        content["equipment"] = [{"kind": "tablet-press", "what": text("Press"), "number": 1}]
        assert examine(content)[1] == []


def test_goods_with_papers_have_a_declared_name_and_those_on_premises_need_none(checker: Checker) -> None:
    content = json.loads(payload("notice.incident", checker))
    del content["substances"][0]["declared_name"]
    assert [problem.field for problem in examine(content)[1]] == ["substances[0].declared_name"]
    content["found"]["mode"] = "premises"
    assert examine(content)[1] == []


@pytest.mark.parametrize(
    ("mode", "field"),
    [("air-cargo", "transport.flight"), ("post", "transport.bills"), ("express", "transport.bills")],
)
def test_each_mode_has_its_own_papers(mode: str, field: str, checker: Checker) -> None:
    content = json.loads(payload("notice.incident", checker))
    content["found"]["mode"] = mode
    content["transport"] = {"mode": mode}
    assert [problem.field for problem in examine(content)[1]] == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parties": []}, "parties"),
        ({"parties[1].role": "broker"}, "parties"),
        ({"parties[1].address": None}, "parties[1].address"),
        ({"parties[0].country": None}, "parties[0].country"),
        ({"transit": [{"place": PLACE}]}, "transit_authorities"),
        ({"kind": "simplified"}, "months"),
        ({"months": 6}, "months"),
        ({"kind": "amendment"}, "about"),
        ({"scope": "voluntary"}, "scope"),
        ({"arrival_on": "2023-04-01"}, "arrival_on"),
        ({"substances[0].net": {**QUANTITY, "basis": "gross"}}, "substances[0].net.basis"),
        ({"substances[0].gross": QUANTITY}, "substances[0].gross.basis"),
        ({"law.places[0].role": "transit"}, "law.places"),
        ({"answer_by": None}, "answer_by"),
        ({"trade_secret": None}, "trade_secret"),
        ({"dispatch_on": "soon"}, "dispatch_on"),
    ],
)
def test_a_notification_says_what_article_12_asks_for(changes: dict[str, Any], field: str, checker: Checker) -> None:
    assert field in problems("pen", checker, **changes)


def test_a_substance_outside_the_tables_is_notified_as_voluntary(checker: Checker) -> None:
    content = draft("pen")
    content["substances"][0] |= {"name": "fentanyl", "cas": "437-38-7"}
    with pytest.raises(MessageError, match="scope: No substance stands in Table I or II"):
        prepare(content, checker, ISSUED, CALENDARS)
    assert prepare(content | {"scope": "voluntary"}, checker, ISSUED, CALENDARS)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proposes_notice": False}, "proposes_notice"),
        ({"reasons": []}, "reasons"),
        ({"reasons": ["importer-denies-order", "other"]}, "explanation"),
        ({"status": "more-time"}, "answer_by"),
        ({"status": "more-information"}, "questions"),
        ({"status": "not-competent"}, "forward_to"),
    ],
)
def test_a_reply_to_a_notification_says_what_its_status_needs(
    changes: dict[str, Any], field: str, checker: Checker
) -> None:
    assert list(problems("pen.reply", checker, **changes)) == [field]


@pytest.mark.parametrize(
    ("kind", "changes", "fields"),
    [
        ("pen.outcome", {"left_on": None}, ["left_on"]),
        ("pen.outcome", {"outcome": "not-left"}, ["left_on", "quantities"]),
        ("pen.outcome", {"outcome": "denied-release", "left_on": "", "quantities": []}, ["reasons"]),
        ("pen.arrival", {"discrepancies": []}, ["discrepancies"]),
        ("pen.arrival", {"arrival": "arrived"}, ["discrepancies"]),
        ("pen.arrival", {"place": None}, ["place"]),
        ("pen.arrival", {"arrival": "not-arrived", "discrepancies": []}, ["arrived_on", "place", "quantities"]),
        ("rfi", {"urgency_reason": None}, ["urgency_reason"]),
        ("rfi", {"procedure": "legal-assistance"}, ["legal_basis"]),
        ("rfi", {"questions[1].number": "1"}, ["questions[1].number"]),
        ("rfi", {"questions[0].parameters": []}, ["questions[0].parameters"]),
        ("rfi", {"questions[0].code": "Q00"}, ["questions[0].details"]),
        ("rfi", {"questions[1].parameters[0].value": "China"}, ["questions[1].parameters[0].value"]),
        ("rfi", {"questions[1].parameters[4]": None}, ["questions[1].parameters"]),
        ("rfi.reply", {"answers[0].answer": None}, ["answers[0].answer"]),
        ("rfi.reply", {"answers[1].search": None}, ["answers[1].search"]),
        ("rfi.reply", {"answers[2].missing": None}, ["answers[2].missing"]),
        ("rfi.reply", {"answers[3].refusal": None}, ["answers[3].refusal"]),
        ("rfi.reply", {"answers[3].refusal": "other"}, ["answers[3].refusal_text"]),
        ("rfi.reply", {"answers[4].postponed_until": None}, ["answers[4].postponed_until"]),
        ("rfi.reply", {"answers[4].number": "1"}, ["answers[4].number"]),
        ("extend", {"role": "agreed"}, ["agrees_to"]),
        ("extend", {"agrees_to": ABOUT}, ["agrees_to"]),
        ("extend", {"reason": None}, ["reason"]),
        ("extend", {"new.at": "2023-04-14T18:00:00+02:00"}, ["new.at"]),
        ("correction", {"changes[0].now": "25.00"}, ["changes[0].now"]),
        ("correction", {"changes": []}, ["changes"]),
        ("correction", {"reason": "other"}, ["explanation"]),
        ("withdrawal", {"explanation": None}, ["explanation"]),
        ("withdrawal", {"about.message_id": "AB" * 32}, ["about.message_id"]),
        ("closure", {"outcome": "other"}, ["summary"]),
    ],
)
def test_each_message_says_what_its_codes_need(
    kind: str, changes: dict[str, Any], fields: list[str], checker: Checker
) -> None:
    assert list(problems(kind, checker, **changes)) == fields


def test_the_deadline_of_an_extension_is_compared_as_an_instant(checker: Checker) -> None:
    assert problems("extend", checker, **{"new.at": "2023-04-14T10:00:01-06:00"}) == {}


def test_a_reply_shows_which_questions_it_leaves_open(checker: Checker) -> None:
    request = from_content(json.loads(payload("rfi", checker)))
    content = json.loads(payload("rfi.reply", checker))
    del content["answers"][1]
    reply = from_content(content)
    assert isinstance(request, Request)
    assert isinstance(reply, Reply)
    assert unanswered(request, reply) == (("2",), ("3", "4", "5"))
