"""The columns of a result file: those of the input, then those of the answer."""

from collections.abc import Callable, Iterator, Sequence

from drugcontrol.check import Finding, Verdict
from drugcontrol.screen.decisions import open_questions
from drugcontrol.screen.run import Result

ANSWER_COLUMNS = (
    "input_line",
    "jurisdiction",
    "as_of",
    "status",
    "kind",
    "instrument",
    "schedule",
    "clause",
    "since",
    "until",
    "reason",
    "known",
    "coverage",
    "edition",
    "error",
    "subject",
    "questions",
    "decision",
    "decided_by",
    "decision_reason",
    "decided_on",
    "decided_until",
)
"""Columns that every result row has, in this order, after the columns of the input.

Those after ``error`` are for ``review``: what is asked about, and what a person decided. A decision that has ended
shows who decided and until when, and leaves ``decision`` empty.
"""

BEFORE_COLUMNS = ("status_before", "schedule_before")
"""Columns behind those of the answer where it is compared with an earlier one; empty where the row had none."""

Wanted = frozenset[str]
"""Outcomes to write: ``controlled``, ``review``, ``error``, and ``not_listed`` and ``not_held`` on request."""


def header(input_columns: Sequence[str]) -> dict[str, str]:
    """Map input columns to result columns; one that clashes with a column of the answer becomes ``input_...``.

    Examples
    --------
    >>> header(["name", "status"])
    {'name': 'name', 'status': 'input_status'}
    """
    taken = {*ANSWER_COLUMNS, *input_columns}
    names: dict[str, str] = {}
    for column in input_columns:
        name = column
        while name in ANSWER_COLUMNS or (name != column and name in taken):
            name = f"input_{name}"
        names[column] = name
        taken.add(name)
    return names


def cells(
    result: Result, names: dict[str, str], edition: str, wanted: Wanted, reason: Callable[[Finding], str]
) -> Iterator[dict[str, str]]:
    """Give the result rows of one answered row: one for each wanted verdict, and one for an error."""
    shared = {names[column]: result.row.values.get(column, "") for column in names}
    shared |= {"input_line": str(result.row.line), "edition": edition}
    shared["as_of"] = result.day.isoformat() if result.day else ""
    for verdict in result.verdicts:
        if verdict.status in wanted:
            answer = _row(shared | _of_verdict(verdict, reason) | _of_decision(result, verdict), names)
            yield answer | _before(result, verdict.jurisdiction)
    if result.error and "error" in wanted:
        yield _row(shared | {"error": result.error}, names) | _before(result, "")


def _row(values: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {column: values.get(column, "") for column in (*names.values(), *ANSWER_COLUMNS)}


def _of_verdict(verdict: Verdict, reason: Callable[[Finding], str]) -> dict[str, str]:
    row = {
        "jurisdiction": verdict.jurisdiction,
        "status": verdict.status,
        "coverage": verdict.coverage.state,
    }
    if not verdict.findings:
        return row
    governing = verdict.findings[0]
    return row | {
        "kind": governing.kind,
        "instrument": governing.instrument,
        "schedule": governing.schedule,
        "clause": " ".join(filter(None, [governing.item, *(clause.id for clause in governing.clauses)])),
        "since": governing.since,
        "until": governing.until,
        "reason": reason(governing),
        "known": governing.known,
    }


def _before(result: Result, place: str) -> dict[str, str]:
    """Give the earlier answer, where answers are compared."""
    if result.before is None:
        return {}
    before = result.before.get(place)
    found = before.findings if before else ()
    return {"status_before": before.status if before else "", "schedule_before": found[0].schedule if found else ""}


def _of_decision(result: Result, verdict: Verdict) -> dict[str, str]:
    if verdict.status != "review" or result.day is None:
        return {}
    row = {"subject": result.subject, "questions": " ".join(open_questions(verdict, result.day))}
    decided = result.decided.get(verdict.jurisdiction)
    if decided is None:
        return row
    return row | {
        "decision": decided.choice if verdict.jurisdiction in result.settled else "",
        "decided_by": decided.by,
        "decision_reason": decided.why,
        "decided_on": decided.on.isoformat(),
        "decided_until": decided.until.isoformat(),
    }
