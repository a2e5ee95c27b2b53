"""Two places side by side on a day: what one controls and the other does not, and whether that can be counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drugcontrol.check.survey import Survey
from drugcontrol.check.verdict import Finding, Verdict
from drugcontrol.dates import Certainty
from drugcontrol.law import Substance
from drugcontrol.law.coverage import lists_held, state_of
from drugcontrol.law.model import ClassRule, Law
from drugcontrol.law.rows import Family, Text


@dataclass(frozen=True)
class Held:
    """A substance with what governs it in each of the two places; None where nothing does for certain."""

    substance: Substance
    first: Finding | None
    second: Finding | None


@dataclass(frozen=True)
class Side:
    """What one of two places controls.

    Attributes
    ----------
    complete : bool
        Its lists are held whole for the family on the day; else every count is "at least".
    gaps : tuple of Text
        What is not held, in words.
    named, by_class : int
        Substances controlled by name, and those that only a class rule takes in.
    review : int
        Substances whose answer depends on an open question.
    rules : tuple of ClassRule
        The class rules of the family in force.
    """

    place: str
    complete: bool
    gaps: tuple[Text, ...]
    named: int
    by_class: int
    review: int
    rules: tuple[ClassRule, ...]

    @property
    def controlled(self) -> int:
        """Substances controlled for certain."""
        return self.named + self.by_class


@dataclass(frozen=True)
class Comparison:
    """Two places on a day, over the registered substances of a family (all when None)."""

    day: date
    family: Family | None
    first: Side
    second: Side
    held: tuple[Held, ...]

    def only_first(self) -> list[Held]:
        """Give what the first place controls and the second does not for certain."""
        return [row for row in self.held if row.first and not row.second]

    def only_second(self) -> list[Held]:
        """Give what the second place controls and the first does not for certain."""
        return [row for row in self.held if row.second and not row.first]

    def both(self) -> list[Held]:
        """Give what both control."""
        return [row for row in self.held if row.first and row.second]


def compare(survey: Survey, first: str, second: str, day: date, family: Family | None = None) -> Comparison:
    """Compare two places on a day over the registered substances."""
    law = survey.checker.law
    verdicts: dict[str, list[Verdict]] = {first: [], second: []}
    held = []
    for substance in survey.substances(family):
        pair = [survey.verdict(substance, place, day) for place in (first, second)]
        for place, verdict in zip((first, second), pair, strict=True):
            verdicts[place].append(verdict)
        governing = [_governing(verdict) for verdict in pair]
        if any(governing):
            held.append(Held(substance, *governing))
    sides = [_side(law, place, day, family, verdicts[place]) for place in (first, second)]
    return Comparison(day, family, sides[0], sides[1], tuple(held))


def rules_in_force(law: Law, place: str, day: date, family: Family | None = None) -> tuple[ClassRule, ...]:
    """Give the class rules that stand in a place on a day, of one family or of all."""
    return tuple(
        text
        for text in law.rules
        if (family is None or family in text.rule.families)
        and law.applies(text.instrument, place, day) is Certainty.YES
        and text.in_force(day)[0] is Certainty.YES
    )


def _governing(verdict: Verdict) -> Finding | None:
    return verdict.findings[0] if verdict.status == "controlled" else None


def _side(law: Law, place: str, day: date, family: Family | None, verdicts: Sequence[Verdict]) -> Side:
    lists = lists_held(law, place, day, None if family is None else (family,))
    governing = [finding for verdict in verdicts if (finding := _governing(verdict))]
    gaps = [text for line in lists for text in line.missing] + [line.name for line in lists if line.state == "none"]
    return Side(
        place=place,
        complete=state_of(lists) == "complete",
        gaps=tuple({text["en"]: text for text in gaps}.values()),
        named=sum(finding.basis == "listing" for finding in governing),
        by_class=sum(finding.basis == "class" for finding in governing),
        review=sum(verdict.status == "review" for verdict in verdicts),
        rules=rules_in_force(law, place, day, family),
    )
