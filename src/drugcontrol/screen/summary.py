"""The counts of a run: rows by outcome and by place."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from drugcontrol.check import Verdict
from drugcontrol.screen.run import Outcome, Result


@dataclass
class Summary:
    """Counts of a run; a row counts once, by its strongest outcome, and once more under errors if it has one.

    Attributes
    ----------
    standing : Counter
        The same, with what was decided taken as decided.
    decided, ended : int
        Answers (row and place) that a decision settles, and those whose decision has ended.
    checked : int
        Rows that took the full check; the kernel answers for the others.
    """

    rows: int = 0
    errors: int = 0
    checked: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    standing: Counter[Outcome] = field(default_factory=Counter)
    decided: int = 0
    ended: int = 0
    by_place: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Give counts as :meth:`told` gave them."""
        counts = cls(told["rows"], told["errors"], told["full_check"])
        counts.outcomes.update(told["outcomes"])
        counts.standing.update(told["standing"])
        counts.decided, counts.ended = told["decided"], told["decisions_ended"]
        for place, statuses in told["by_place"].items():
            counts.by_place[place].update(statuses)
        return counts

    def told(self) -> dict[str, Any]:
        """Give the counts as plain values, for files."""
        return {
            "rows": self.rows,
            "errors": self.errors,
            "full_check": self.checked,
            "outcomes": dict(self.outcomes),
            "standing": dict(self.standing),
            "decided": self.decided,
            "decisions_ended": self.ended,
            "by_place": {place: dict(statuses) for place, statuses in self.by_place.items()},
        }

    def add(self, result: Result) -> None:
        """Count one result."""
        self.rows += 1
        self.errors += bool(result.error)
        outcome = result.outcome
        self.outcomes[outcome] += 1
        self.standing[result.standing if result.settled else outcome] += 1
        self.decided += len(result.settled)
        self.ended += len(result.decided) - len(result.settled)
        for verdict in result.verdicts:
            self.by_place[verdict.jurisdiction][verdict.shown_status] += 1

    def add_untouched(self, rows: int, verdicts: Sequence[Verdict]) -> None:
        """Count rows that have the same answer, and nothing in it."""
        self.rows += rows
        self.outcomes["nothing"] += rows
        self.standing["nothing"] += rows
        for verdict in verdicts:
            self.by_place[verdict.jurisdiction][verdict.shown_status] += rows

    def join(self, other: "Summary") -> None:
        """Add the counts of other rows."""
        self.rows += other.rows
        self.errors += other.errors
        self.checked += other.checked
        self.outcomes.update(other.outcomes)
        self.standing.update(other.standing)
        self.decided += other.decided
        self.ended += other.ended
        for place, counts in other.by_place.items():
            self.by_place[place].update(counts)
