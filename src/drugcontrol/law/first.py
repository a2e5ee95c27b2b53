"""Which places controlled a family as a class, and since when, under each reading of "class control"."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drugcontrol.dates import Period
from drugcontrol.law.control import merged
from drugcontrol.law.coverage import State, lists_held, state_of
from drugcontrol.law.model import ClassRule, Law
from drugcontrol.law.rows import Family

Reading = Literal["any", "structural", "structural_permanent", "structural_temporary", "open_standard"]


@dataclass(frozen=True)
class ClassControl:
    """Class control of a family in a place under one reading.

    Attributes
    ----------
    text : ClassRule
        The first text.
    runs : tuple of Period
        The unbroken times of control by it and the texts that carry it on; more than one where days lie between.
    """

    text: ClassRule
    runs: tuple[Period, ...]

    @property
    def place(self) -> str:
        """Whose law it is."""
        return self.text.instrument.jurisdiction

    @property
    def act(self) -> str:
        """The act by which it began."""
        return self.text.chain[0].row.act


def first_controls(law: Law, family: Family, day: date | None = None) -> dict[Reading, list[ClassControl]]:
    """Give, for each reading, the class control of every place, in the order in which they began.

    A rule is of the family that stands first in its ``families``; those after it are families that it may reach.

    Parameters
    ----------
    day : date, optional
        What had not begun on that day is left out; all that is held when None. A later text that carries a control on
        without a break is not an end of it.
    """
    texts = texts_of(law, family)
    return {reading: _by_place([text for text in texts if counts(text)], day) for reading, counts in _READINGS.items()}


def texts_of(law: Law, family: Family, day: date | None = None) -> list[ClassRule]:
    """Give the texts that control a family as a class, earliest first; with a day those that had begun on it."""
    texts = [
        text
        for text in law.rules
        if text.rule.families[0] == family and (day is None or text.periods[0].first.earliest <= day)
    ]
    return sorted(texts, key=lambda text: (text.periods[0].first.earliest, text.id))


def counts_as(text: ClassRule, reading: Reading) -> bool:
    """Say whether a text is class control under a reading of these words."""
    return _READINGS[reading](text)


def leaders(controls: Sequence[ClassControl]) -> list[ClassControl]:
    """Give the first; several where they began on one day, or where doubt about a day leaves open which was first."""
    if not controls:
        return []
    sure = min(control.runs[0].first.latest for control in controls)
    return [control for control in controls if control.runs[0].first.earliest <= sure]


def without_class_control(law: Law, family: Family, day: date) -> dict[str, State]:
    """Give the places without a class rule of a family up to a day, with how much of their lists is held on it."""
    having = {text.instrument.jurisdiction for text in texts_of(law, family, day)}
    return {
        place: state_of(lists_held(law, place, day, (family,))) for place in law.jurisdictions if place not in having
    }


def runs_begun(texts: Iterable[ClassRule], day: date | None) -> tuple[Period, ...]:
    """Give the unbroken times of control by texts that had begun on a day, each to its end; all when None."""
    runs = merged(period for text in texts for period in text.periods)
    return tuple(run for run in runs if day is None or run.first.earliest <= day)


def _by_place(texts: Sequence[ClassRule], day: date | None) -> list[ClassControl]:
    places = dict.fromkeys(text.instrument.jurisdiction for text in texts)
    own = {place: [text for text in texts if text.instrument.jurisdiction == place] for place in places}
    return [ClassControl(found[0], runs) for found in own.values() if (runs := runs_begun(found, day))]


def _structural(text: ClassRule) -> bool:
    return text.rule.form != "open_standard"


_READINGS: Mapping[Reading, Callable[[ClassRule], bool]] = {
    "any": lambda text: True,  # noqa: ARG005 - every reading is asked in the same way
    "structural": _structural,
    "structural_permanent": lambda text: _structural(text) and text.row.term == "permanent",
    "structural_temporary": lambda text: _structural(text) and text.row.term == "temporary",
    "open_standard": lambda text: text.rule.form == "open_standard",
}
