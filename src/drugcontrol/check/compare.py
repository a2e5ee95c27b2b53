"""Two places side by side on a day: what one controls and the other does not, and whether that can be counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drugcontrol.check.survey import Survey
from drugcontrol.check.verdict import Finding, Verdict
from drugcontrol.dates import Certainty
from drugcontrol.errors import UsageError
from drugcontrol.law import Substance
from drugcontrol.law.coverage import counted, lists_held, state_of
from drugcontrol.law.model import ClassRule, Law
from drugcontrol.law.rows import Family, Kind, Text


@dataclass(frozen=True)
class Pair:
    """A substance with the answer of each of two places, as ``check`` gives it."""

    substance: Substance
    first: Verdict
    second: Verdict

    @property
    def under_review(self) -> bool:
        """Whether the answer of a place depends on an open question."""
        return "review" in (self.first.status, self.second.status)


@dataclass(frozen=True)
class InList:
    """How many substances one list of a place governs; each substance is counted in one list only."""

    instrument: str
    schedule: str
    name: Text
    kind: Kind
    by_class: bool
    count: int


@dataclass(frozen=True)
class Side:
    """What one of two places controls.

    Attributes
    ----------
    complete : bool
        Its lists are held whole for the family on the day; else every count is "at least".
    gaps : tuple of Text
        What is not held, in words; empty when complete.
    lists : tuple of InList
        The substances controlled for certain, by the list or class rule that governs.
    review : int
        Substances whose answer depends on an open question; they are in no other count.
    pending : int
        Substances neither controlled nor under review whose control was decided or published by the day.
    rules : tuple of ClassRule
        The class rules of the family in force.
    """

    place: str
    complete: bool
    gaps: tuple[Text, ...]
    lists: tuple[InList, ...]
    review: int
    pending: int
    rules: tuple[ClassRule, ...]

    @property
    def controlled(self) -> int:
        """Substances controlled for certain."""
        return sum(row.count for row in self.lists)

    @property
    def by_class(self) -> int:
        """Those of them that only a class rule takes in."""
        return sum(row.count for row in self.lists if row.by_class)

    @property
    def named(self) -> int:
        """Those of them that are controlled by name."""
        return self.controlled - self.by_class


@dataclass(frozen=True)
class Comparison:
    """Two places on a day, over the registered substances of a family (all when None).

    ``only_first``, ``only_second``, ``both`` and ``review`` share out every substance of which a place says something.
    """

    day: date
    family: Family | None
    first: Side
    second: Side
    pairs: tuple[Pair, ...]

    @property
    def only_first(self) -> list[Pair]:
        """What the first place controls and the second does not, as far as its lists are held."""
        return [pair for pair in self._settled() if pair.second.status != "controlled"]

    @property
    def only_second(self) -> list[Pair]:
        """What the second place controls and the first does not, as far as its lists are held."""
        return [pair for pair in self._settled() if pair.first.status != "controlled"]

    @property
    def both(self) -> list[Pair]:
        """What both control."""
        return [pair for pair in self._settled() if pair.first.status == pair.second.status]

    @property
    def review(self) -> list[Pair]:
        """What is under review in a place, whatever the other says."""
        return [pair for pair in self.pairs if pair.under_review]

    def _settled(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.under_review]


def compare(survey: Survey, first: str, second: str, day: date, family: Family | None = None) -> Comparison:
    """Compare two places on a day over the registered substances.

    Raises
    ------
    UsageError
        When both places are the same.
    """
    if first == second:
        raise UsageError(f"{first} is compared with itself.", "Name two places.", code="same_place", field="second")
    pairs = [
        Pair(substance, survey.verdict(substance, first, day), survey.verdict(substance, second, day))
        for substance in survey.substances(family)
    ]
    law = survey.checker.law
    return Comparison(
        day,
        family,
        _side(law, first, day, family, [pair.first for pair in pairs]),
        _side(law, second, day, family, [pair.second for pair in pairs]),
        tuple(pair for pair in pairs if pair.under_review or governing(pair.first) or governing(pair.second)),
    )


def rules_in_force(law: Law, place: str, day: date, family: Family | None = None) -> tuple[ClassRule, ...]:
    """Give the class rules that stand in a place on a day, of one family or of all."""
    return tuple(
        text
        for text in law.rules
        if (family is None or family in text.rule.families)
        and law.applies(text.instrument, place, day) is Certainty.YES
        and text.in_force(day)[0] is Certainty.YES
    )


def governing(verdict: Verdict) -> Finding | None:
    """Give the finding that governs where the substance is controlled for certain."""
    return verdict.findings[0] if verdict.status == "controlled" else None


def _side(law: Law, place: str, day: date, family: Family | None, verdicts: Sequence[Verdict]) -> Side:
    lists = lists_held(law, place, day, None if family is None else (family,))
    complete = state_of(lists) == "complete"
    partial = [line for line in counted(lists) if line.state != "complete"]
    gaps = [text for line in partial for text in (line.missing or (line.name,))]
    return Side(
        place=place,
        complete=complete,
        gaps=() if complete else tuple({text["en"]: text for text in gaps}.values()),
        lists=_lists(verdicts),
        review=sum(verdict.status == "review" for verdict in verdicts),
        pending=sum(bool(verdict.pending) and not verdict.findings for verdict in verdicts),
        rules=rules_in_force(law, place, day, family),
    )


def _lists(verdicts: Sequence[Verdict]) -> tuple[InList, ...]:
    found = [finding for verdict in verdicts if (finding := governing(verdict))]
    keys = [(row.instrument, row.schedule, row.listing if row.basis == "class" else "") for row in found]
    shown = dict(zip(keys, found, strict=True))
    return tuple(
        InList(row.instrument, row.schedule, row.schedule_name, row.kind, row.basis == "class", count)
        for row, count in ((shown[key], count) for key, count in Counter(keys).most_common())
    )
