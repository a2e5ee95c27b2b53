"""The legal status in messages: the law engine writes it, and finds every edit."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.channel.messages import check_status, prepare
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.channel.messages.reading import examine, from_content
from drugcontrol.check.status import Checker
from drugcontrol.errors import MessageError
from tests.channel.messages.samples import CALENDARS, ISSUED, draft, message, payload, put
from tests.channel.messages.test_reading import paths


@pytest.fixture(scope="module")
def notice(checker: Checker) -> IncidentNotice:
    made = message("notice.incident", checker)
    assert isinstance(made, IncidentNotice)
    return made


def scheduled(notice: IncidentNotice) -> dict[str, dict[str, str]]:
    lines = [line.legal_status for line in notice.substances]
    return {line.recognised: {place.place: place.scheduled for place in line.places} for line in lines}


def test_scheduled_has_a_checkable_meaning_for_each_substance_and_place(notice: IncidentNotice) -> None:
    assert scheduled(notice) == {
        "NPP": {"MX": "yes", "CN": "yes", "UN": "yes"},
        "4-Anilinopiperidine": {"MX": "yes", "CN": "undecided", "UN": "yes"},
        "1-boc-4-AP": {"MX": "undecided", "CN": "undecided", "UN": "yes"},
    }


def test_each_line_cites_its_sources_its_coverage_and_the_edition(notice: IncidentNotice, checker: Checker) -> None:
    schedules = [schedule for instrument in checker.law.instruments.values() for schedule in instrument.schedules]
    within_another = [schedule.name for schedule in schedules if schedule.within]
    for line in notice.substances:
        assert line.legal_status.edition == checker.law.edition_name
        for place in line.legal_status.places:
            assert place.as_of == "2023-03-24"
            assert all(entry.acts and entry.citations and entry.since for entry in place.entries)
            counted = [held for held in place.missing if held.name not in within_another]
            assert (place.coverage == "complete") == (not counted)


def test_an_untouched_message_differs_nowhere(notice: IncidentNotice, checker: Checker) -> None:
    found = check_status(notice, checker)
    assert found.differences == ()
    assert found.same_edition


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places[1].scheduled", "no"),
        ("places[0].entries[0].since", "2010-01-01"),
        ("places[2].entries", []),
        ("places[1].coverage", "complete"),
        ("places[1].missing", []),
        ("recognised", "Aspirin"),
    ],
)
def test_an_edit_of_the_sender_is_found_with_both_values(
    field: str, value: Any, notice: IncidentNotice, checker: Checker
) -> None:
    content = msgspec.to_builtins(notice)
    put(content, f"substances[0].legal_status.{field}", value)
    edited, problems = examine(msgspec.json.decode(msgspec.json.encode(content)))
    assert edited is not None
    assert problems == []
    (first, *_) = check_status(edited, checker).differences
    assert first.field.startswith(f"substances[0].legal_status.{field}")
    assert first.carried != first.computed


@given(data=st.data())
def test_no_edit_of_a_legal_status_passes(notice_json: str, checker: Checker, data: st.DataObject) -> None:
    content = json.loads(notice_json)
    status = content["substances"][1]["legal_status"]
    texts = [path for path in paths(status) if isinstance(_at(status, path), str)]
    place = data.draw(st.sampled_from(texts))
    put(status, place, data.draw(st.text("abcxyz019-", min_size=1, max_size=12)))
    changed = status != json.loads(notice_json)["substances"][1]["legal_status"]
    edited, problems = examine(content)
    assert edited is not None
    assert not changed or problems or check_status(edited, checker).differences


@pytest.fixture(scope="module")
def notice_json(checker: Checker) -> str:
    return payload("notice.incident", checker).decode()


def _at(content: Any, path: str) -> Any:
    for step in path.replace("[", ".").replace("]", "").split("."):
        content = content[int(step) if step.isdigit() else step]
    return content


def test_another_edition_is_named(notice: IncidentNotice, xa: Checker, checker: Checker) -> None:
    found = check_status(notice, xa)
    assert found.editions == (checker.law.edition_name,)
    assert found.computed_with == xa.law.edition_name
    assert not found.same_edition
    assert found.differences


def test_a_name_that_the_engine_does_not_hold_decides_nothing(checker: Checker) -> None:
    content = draft("notice.incident")
    content["substances"][0] |= {"identified_name": "unheard-of substance", "cas": ""}
    made = prepare(content, checker, ISSUED, CALENDARS).message
    assert isinstance(made, IncidentNotice)
    status = made.substances[0].legal_status
    assert (status.asked, status.recognised, status.places) == ("unheard-of substance", "", ())
    assert check_status(made, checker).differences == ()


def test_a_name_and_a_number_of_different_substances_are_a_problem(checker: Checker) -> None:
    content = draft("notice.incident")
    content["substances"][0]["cas"] = "23056-29-3"
    with pytest.raises(MessageError, match=r"substances\[0\]: “NPP” is NPP, “23056-29-3” is 4-Anilinopiperidine"):
        prepare(content, checker, ISSUED, CALENDARS)


def test_the_cas_number_is_asked_with_where_the_name_is_not_known(checker: Checker) -> None:
    content = draft("notice.incident")
    content["substances"][0]["identified_name"] = "white powder no. 1"
    made = prepare(content, checker, ISSUED, CALENDARS).message
    assert isinstance(made, IncidentNotice)
    assert (made.substances[0].legal_status.asked, made.substances[0].legal_status.recognised) == ("39742-60-4", "NPP")


def test_a_message_without_substances_has_nothing_to_compare(checker: Checker) -> None:
    assert check_status(from_content(json.loads(payload("closure", checker))), checker).differences == ()
