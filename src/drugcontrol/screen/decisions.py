"""Decisions of people on rows that are `review`: who, why, until when; kept as CSV, honoured at the next run.

A decision is about one substance in one place and the questions that were open: where the law later asks another
question, it does not reach. It never changes a status: the row stays `review`, and the decision stands beside it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Self, cast, get_args

from drugcontrol.check import Verdict
from drugcontrol.dates import parse_day
from drugcontrol.errors import DrugcontrolError, ReadError, UsageError
from drugcontrol.screen.formulas import harmless, unharmed
from drugcontrol.screen.writers import part_file

Choice = Literal["controlled", "not_controlled"]
"""Treat the row as controlled, or as not controlled."""

COLUMNS = (
    "subject",
    "jurisdiction",
    "questions",
    "decision",
    "decided_by",
    "decision_reason",
    "decided_on",
    "decided_until",
    "name",
)
"""Columns of a file of decisions. Others are ignored: a result file in which someone decided can be given back."""

_NEEDED = COLUMNS[:-1]
_LONGEST = 2000
_MOST = 100_000


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided on a `review`.

    Attributes
    ----------
    subject : str
        What the row is about: the column ``subject`` of a result.
    place : str
        Code of the place.
    questions : tuple of str
        The questions that were open: the column ``questions``, sorted.
    by, why : str
        Who decided, and the reason.
    on : date
        Day of the decision.
    until : date
        Last day on which it counts; from the next day on the row is to be reviewed again.
    name : str
        What the row calls the substance, for people who read the file.

    Raises
    ------
    UsageError
        When a part is missing or too long, or the decision ends before it was taken.
    """

    subject: str
    place: str
    questions: tuple[str, ...]
    choice: Choice
    by: str
    why: str
    on: date
    until: date
    name: str = ""

    def __post_init__(self) -> None:
        if not (self.subject and self.place and self.questions):
            hint = "Take “subject”, “jurisdiction” and “questions” from the result."
            raise UsageError("The decision does not say what it is about.", hint, code="decision_about")
        if not (self.by.strip() and self.why.strip()):
            hint = "Fill in “decided_by” and “decision_reason”."
            raise UsageError("A decision needs a name and a reason.", hint, code="decision_parts")
        if any(len(text) > _LONGEST for text in (self.subject, *self.questions, self.by, self.why, self.name)):
            hint = f"At most {_LONGEST} characters are kept of each part."
            raise UsageError("A part of the decision is too long.", hint, code="decision_long")
        if self.until < self.on:
            hint = "Name the last day on which it counts."
            raise UsageError("The decision ends before it was taken.", hint, code="decision_ends", field="until")

    def counts_on(self, day: date) -> bool:
        """Say whether it counts on a day on which someone screens."""
        return self.on <= day <= self.until


def open_questions(verdict: Verdict, day: date) -> tuple[str, ...]:
    """Give the questions on which a verdict depends, as ``control:question``, sorted; a doubt of days with its day."""
    asked = set()
    for finding in verdict.findings:
        if finding.status == "review":
            when = f"@{day.isoformat()}" if finding.question == "date_in_doubt" else ""
            asked.add(f"{finding.listing}:{finding.question}{when}")
    return tuple(sorted(asked))


@dataclass(frozen=True)
class Decisions:
    """Decisions by subject and place, oldest first."""

    _held: Mapping[tuple[str, str], tuple[Decision, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """Order decisions; one about the same questions as an older one takes its place."""
        held: dict[tuple[str, str], dict[tuple[str, ...], Decision]] = defaultdict(dict)
        for decision in sorted(decisions, key=lambda decision: decision.on):
            about = held[decision.subject, decision.place]
            about.pop(decision.questions, None)
            about[decision.questions] = decision
        return cls({key: tuple(about.values()) for key, about in held.items()})

    def __iter__(self) -> Iterator[Decision]:
        for about in self._held.values():
            yield from about

    def __len__(self) -> int:
        return sum(map(len, self._held.values()))

    def about(self, subject: str, place: str, questions: Iterable[str]) -> Decision | None:
        """Give the newest decision that knew every one of the questions; None where one of them is new."""
        asked = set(questions)
        known = [item for item in self._held.get((subject, place), ()) if asked <= set(item.questions)]
        return known[-1] if known else None

    def with_one(self, decision: Decision) -> Self:
        """Give these decisions and one more."""
        return self.of([*self, decision])

    def without(self, subject: str, place: str, questions: tuple[str, ...]) -> Self:
        """Give these decisions without the one about that."""
        key = (subject, place, questions)
        return self.of(item for item in self if (item.subject, item.place, item.questions) != key)


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions, or a result file in which someone filled in the columns of a decision.

    Raises
    ------
    ReadError
        With file and row: when columns are missing, or a row with a decision is no whole one.
    """
    decisions: list[Decision] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text)
            missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                hint = f"A file of decisions has the columns {', '.join(COLUMNS)}."
                raise ReadError(f"{path}: the column “{missing[0]}” is missing.", hint)
            for row in rows:
                if (row.get("decision") or "").strip():
                    decisions.append(_decision(row, f"{path}:{rows.line_num}"))
                if len(decisions) > _MOST:
                    raise ReadError(f"{path} holds more than {_MOST} decisions.", "Take out those that have ended.")
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except (UnicodeError, csv.Error):
        raise ReadError(f"{path} is no CSV file in UTF-8.", "Save it as CSV, UTF-8.") from None
    return Decisions.of(decisions)


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write a file of decisions; it is there whole or not at all."""
    with part_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for item in decisions:
            questions, days = " ".join(item.questions), (item.on.isoformat(), item.until.isoformat())
            row = (item.subject, item.place, questions, item.choice, item.by, item.why, *days, item.name)
            writer.writerow(map(harmless, row))


def _decision(row: Mapping[str, str | None], where: str) -> Decision:
    cells = {name: unharmed((row.get(name) or "").strip()) for name in COLUMNS}
    if cells["decision"] not in get_args(Choice):
        raise ReadError(f"{where}: “{cells['decision']}” is no decision.", f"Write {' or '.join(get_args(Choice))}.")
    try:
        return Decision(
            subject=cells["subject"],
            place=cells["jurisdiction"],
            questions=tuple(sorted(cells["questions"].split())),
            choice=cast(Choice, cells["decision"]),
            by=cells["decided_by"],
            why=cells["decision_reason"],
            on=parse_day(cells["decided_on"]),
            until=parse_day(cells["decided_until"]),
            name=cells["name"],
        )
    except DrugcontrolError as error:
        raise ReadError(f"{where}: {error.message}", error.hint, code=error.code) from None
