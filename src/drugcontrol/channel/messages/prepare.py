"""From a small file that a person writes to a whole message: deadline and legal status are computed, never typed in."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from drugcontrol.channel.deadlines import Deadline, deadline
from drugcontrol.channel.messages.forms import fault_of, instant
from drugcontrol.channel.messages.legal import names_of, status_of
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.channel.messages.parts import LawAsked, LegalStatus, Message
from drugcontrol.channel.messages.pen import PreExportNotification
from drugcontrol.channel.messages.reading import examine
from drugcontrol.channel.messages.rules_parts import SIMULATION
from drugcontrol.channel.workdays import WorkCalendar
from drugcontrol.check.status import Checker
from drugcontrol.errors import FieldProblem, MessageError, ReadError, UsageError
from drugcontrol.law.yamlfile import LinedFile

_STEP = re.compile(r"([A-Za-z_]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that is ready to be signed.

    Attributes
    ----------
    deadline : Deadline or None
        By when an answer is asked for, with the days that were counted; the signed header repeats it.
    """

    message: Message
    deadline: Deadline | None


def read_draft(
    path: Path, checker: Checker, issued_at: datetime, calendars: Mapping[str, WorkCalendar] | None = None
) -> Prepared:
    """Prepare a message from a YAML or JSON file.

    Parameters
    ----------
    path : Path
        A draft: the fields of the message without ``legal_status``; ``answer_by`` holds ``rule`` and ``zone``. See
        ``examples/channel/seizure-notice.yaml``.
    issued_at : datetime
        Aware instant at which the message is issued; a deadline runs from it unless the draft says otherwise.
    calendars : mapping of str to WorkCalendar, optional
        Working days of places that the ``holidays`` package does not know.

    Raises
    ------
    ReadError
        When the file cannot be opened.
    DataError
        When it is no YAML.
    MessageError
        With every problem, each with its field and line.
    """
    try:
        file = LinedFile(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    try:
        return prepare(file.content, checker, issued_at, calendars)
    except MessageError as error:
        lined = [replace(problem, line=file.line(*_steps(problem.field))) for problem in error.problems]
        raise MessageError(str(path), sorted(lined, key=lambda problem: problem.line)) from None


def prepare(
    draft: Any, checker: Checker, issued_at: datetime, calendars: Mapping[str, WorkCalendar] | None = None
) -> Prepared:
    """Prepare a message from plain values; see :func:`read_draft`."""
    if not isinstance(draft, dict):
        raise MessageError("the draft", [FieldProblem("", "A draft has named fields", "Write them one a line")])
    content = copy.deepcopy(draft)
    problems: list[FieldProblem] = []
    content.setdefault("schema_version", "1")
    _put_simulation_first(content)
    due = _deadline(content, issued_at, calendars, problems)
    _legal_status(content, checker, issued_at, problems)
    message, found = examine(content, as_text=True)
    problems += [problem for problem in found if problem.field not in {known.field for known in problems}]
    if problems or message is None:
        raise MessageError("the draft", problems)
    return Prepared(message, due)


def _put_simulation_first(content: dict[str, Any]) -> None:
    titles = content.get("title")
    if content.get("simulation") not in (True, "true") or not isinstance(titles, list):
        return
    for title in titles:
        if isinstance(title, dict) and isinstance(text := title.get("text"), str) and not text.startswith(SIMULATION):
            title["text"] = f"{SIMULATION} - {text}"


def _deadline(
    content: dict[str, Any],
    issued_at: datetime,
    calendars: Mapping[str, WorkCalendar] | None,
    problems: list[FieldProblem],
) -> Deadline | None:
    asked = content.get("answer_by")
    if not isinstance(asked, dict):
        return None
    if "at" in asked or "calendar_digest" in asked:
        what = "The instant and the digest are computed"
        problems.append(FieldProblem("answer_by", what, "Write rule and zone only, and starts_at if it is not now"))
        return None
    rule, zone, start = (asked.pop(key, "") for key in ("rule", "zone", "starts_at"))
    if start and (fault := fault_of("instant", str(start))) is not None:
        problems.append(FieldProblem("answer_by.starts_at", *fault))
        return None
    try:
        due = deadline(str(rule), instant(start) if start else issued_at, str(zone), calendars)
    except UsageError as error:
        problems.append(FieldProblem("answer_by", error.message.rstrip("."), error.hint))
        return None
    at = due.due_at.isoformat().replace("+00:00", "Z")
    content["answer_by"] = {**asked, "rule": due.rule, "at": at, "calendar_digest": due.calendar_digest}
    return due


def _legal_status(content: dict[str, Any], checker: Checker, issued_at: datetime, problems: list[FieldProblem]) -> None:
    lines = content.get("substances")
    if content.get("type") not in _WITH_STATUS or not isinstance(lines, list):
        return
    law = _law(content, issued_at)
    for index, line in enumerate(lines):
        field = f"substances[{index}]"
        if not isinstance(line, dict):
            continue
        if "legal_status" in line:
            what = "The legal status is filled in by the law engine"
            problems.append(FieldProblem(f"{field}.legal_status", what, "Leave it out"))
        line["legal_status"] = msgspec.to_builtins(LegalStatus(asked="", recognised="", edition="", places=()))
        if law is None:
            continue  # what is wrong with the question is said of it
        try:
            line["legal_status"] = msgspec.to_builtins(status_of(checker, names_of(line), law, field))
        except MessageError as error:
            problems.extend(error.problems)


def _law(content: dict[str, Any], issued_at: datetime) -> LawAsked | None:
    """Read the question to the law engine; its day is that of the incident, or of the notification."""
    law = content.get("law")
    if not isinstance(law, dict):
        return None
    law.setdefault("as_of", _incident_day(content) or issued_at.date().isoformat())
    try:
        read = msgspec.convert(law, LawAsked)
    except msgspec.ValidationError:
        return None
    return read if fault_of("day", read.as_of) is None else None


def _incident_day(content: dict[str, Any]) -> str:
    found = content.get("found")
    when = found.get("when") if isinstance(found, dict) else None
    at = when.get("at") if isinstance(when, dict) else None
    return at[:10] if isinstance(at, str) else ""


_WITH_STATUS = frozenset(str(kind.__struct_config__.tag) for kind in (IncidentNotice, PreExportNotification))


def _steps(field: str) -> list[str | int]:
    return [name or int(index) for name, index in _STEP.findall(field)]
