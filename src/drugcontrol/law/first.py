"""Which places controlled a family as a class, and since when, under each reading of "class control"."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from drugcontrol.dates import Period
from drugcontrol.law.control import joined, later
from drugcontrol.law.model import ClassRule, Law
from drugcontrol.law.rows import Family

Reading = Literal["any", "structural", "structural_permanent", "structural_temporary", "open_standard"]


@dataclass(frozen=True)
class ClassControl:
    """Class control of a family in a place under one reading: its first text, and how long control has gone on."""

    text: ClassRule
    period: Period

    @property
    def place(self) -> str:
        """Whose law it is."""
        return self.text.instrument.jurisdiction


def first_controls(law: Law, family: Family) -> dict[Reading, list[ClassControl]]:
    """Give, for each reading, the first class control of every place, earliest first.

    A rule is of the family that stands first in its ``families``; those after it are families that it may reach.
    """
    texts = [text for text in law.rules if text.rule.families[0] == family]
    return {reading: _earliest([text for text in texts if counts(text)]) for reading, counts in _READINGS.items()}


def _earliest(texts: list[ClassRule]) -> list[ClassControl]:
    first: dict[str, ClassControl] = {}
    for text in sorted(texts, key=lambda text: (text.periods[0].first.earliest, text.id)):
        period = Period(text.periods[0].first, text.periods[-1].last)
        place = text.instrument.jurisdiction
        if place not in first:
            first[place] = ClassControl(text, period)
        elif joined(first[place].period, period):
            first[place] = ClassControl(
                first[place].text, Period(first[place].period.first, later(first[place].period.last, period.last))
            )
    return list(first.values())


def _structural(text: ClassRule) -> bool:
    return text.rule.form != "open_standard"


_READINGS: Mapping[Reading, Callable[[ClassRule], bool]] = {
    "any": lambda text: True,  # noqa: ARG005 - every reading is asked in the same way
    "structural": _structural,
    "structural_permanent": lambda text: _structural(text) and text.row.term == "permanent",
    "structural_temporary": lambda text: _structural(text) and text.row.term == "temporary",
    "open_standard": lambda text: text.rule.form == "open_standard",
}
