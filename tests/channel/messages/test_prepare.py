import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drugcontrol.channel.messages import prepare, read_draft
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.check.status import Checker
from drugcontrol.errors import DataError, MessageError, ReadError
from tests.channel.messages.samples import CALENDARS, EXAMPLES, ISSUED, draft

EXAMPLE = EXAMPLES / "seizure-notice.yaml"


def test_the_example_becomes_a_whole_notice(checker: Checker) -> None:
    made = read_draft(EXAMPLE, checker, ISSUED, CALENDARS)
    notice = made.message
    assert isinstance(notice, IncidentNotice)
    assert notice.simulation
    assert notice.law.as_of == "2023-03-24"
    assert [line.legal_status.recognised for line in notice.substances] == ["NPP", "4-Anilinopiperidine", "1-boc-4-AP"]
    assert notice.answer_by is not None
    assert made.deadline is not None
    assert notice.answer_by.at == "2023-04-17T16:00:00Z"  # 5 and 10 April do not count
    assert notice.answer_by.calendar_digest == made.deadline.calendar_digest


def test_the_example_begins_with_simulation_and_names_no_real_state_but_for_its_law() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.startswith("# SIMULATION")
    assert "Mexico" not in text.split("type: notice.incident")[1]


def test_a_draft_in_json_is_read_too(tmp_path: Path, checker: Checker) -> None:
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(draft("notice.incident")), encoding="utf-8")
    assert (
        read_draft(path, checker, ISSUED, CALENDARS).message == read_draft(EXAMPLE, checker, ISSUED, CALENDARS).message
    )


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "draft.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_problems_name_line_field_and_cure(tmp_path: Path, checker: Checker) -> None:
    path = changed(tmp_path, "IMO 9074729", "IMO 9074720")
    path.write_text(
        path.read_text(encoding="utf-8").replace("code: authorities-only", "code: secret"), encoding="utf-8"
    )
    lines = path.read_text(encoding="utf-8").splitlines()
    with pytest.raises(MessageError) as caught:
        read_draft(path, checker, ISSUED, CALENDARS)
    handling, imo = caught.value.problems
    assert (handling.field, imo.field) == ("handling.code", "transport.imo")
    assert "code: secret" in lines[handling.line - 1]
    assert "imo:" in lines[imo.line - 1]
    assert f"line {imo.line}, transport.imo: “IMO 9074720” is no IMO number" in str(caught.value)


def test_a_missing_field_points_to_what_is_around_it(tmp_path: Path, checker: Checker) -> None:
    path = changed(tmp_path, "    border_point: Container terminal 1\n    free_zone: 'no'\n", "")
    with pytest.raises(MessageError) as caught:
        read_draft(path, checker, ISSUED, CALENDARS)
    (problem,) = caught.value.problems
    assert problem.field == "found.place.free_zone"
    assert path.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip() in ("place:", "country: XA")


def test_no_one_types_in_a_legal_status_or_a_deadline(tmp_path: Path, checker: Checker) -> None:
    path = changed(tmp_path, "    identified_name: NPP\n", "    identified_name: NPP\n    legal_status: {asked: NPP}\n")
    with pytest.raises(MessageError, match="filled in by the law engine"):
        read_draft(path, checker, ISSUED, CALENDARS)
    path = changed(tmp_path, "  rule: P10WD@XB\n", "  rule: P10WD@XB\n  at: '2023-05-01T00:00:00Z'\n")
    with pytest.raises(MessageError, match="The instant and the digest are computed"):
        read_draft(path, checker, ISSUED, CALENDARS)


def test_simulation_is_put_in_front_of_a_title_that_lacks_it(checker: Checker) -> None:
    content = draft("closure")
    content["title"][0]["text"] = "closed"
    made = prepare(content, checker, ISSUED)
    assert made.message.title[0].text == "SIMULATION - closed"
    assert content["title"][0]["text"] == "closed"  # the draft itself stays as it was


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("P10WD@XB", "P10WD@XC", "answer_by: No calendar of working days of XC is known"),
        ("P10WD@XB", "ten days", "answer_by: “ten days” is no rule for a deadline"),
        ("Asia/Shanghai", "Shanghai", "answer_by: “Shanghai” is no time zone"),
        ("place: CN", "place: ZW", "law.places: No law is held for “ZW”"),
        ("type: notice.incident", "type: letter", "type: “letter” is no type of message"),
        ("simulation: true", "simulation: false", "begins with SIMULATION"),
        ("substances:\n", "substances: none\nsubstance:\n", "It should be a list"),
    ],
)
def test_what_cannot_be_computed_is_told_with_its_field(
    old: str, new: str, says: str, tmp_path: Path, checker: Checker
) -> None:
    with pytest.raises(MessageError, match=says):
        read_draft(changed(tmp_path, old, new), checker, ISSUED, CALENDARS)


def test_a_deadline_may_run_from_another_instant(checker: Checker) -> None:
    content = draft("rfi")
    content["answer_by"] = {"rule": "PT8H", "zone": "", "starts_at": "2023-04-01T10:00:00+08:00"}
    made = prepare(content, checker, datetime(2023, 4, 2, tzinfo=UTC)).message
    assert made.answer_by is not None
    assert made.answer_by.at == "2023-04-01T10:00:00Z"
    content["answer_by"]["starts_at"] = "tomorrow"
    with pytest.raises(MessageError, match=r"answer_by.starts_at: “tomorrow” is no instant"):
        prepare(content, checker, ISSUED)


def test_a_draft_that_is_no_yaml_or_is_not_there_is_said_to_be(tmp_path: Path, checker: Checker) -> None:
    path = tmp_path / "draft.yaml"
    with pytest.raises(ReadError, match="cannot be read"):
        read_draft(path, checker, ISSUED)
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(DataError):
        read_draft(path, checker, ISSUED)
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(MessageError, match="named fields"):
        read_draft(path, checker, ISSUED)
