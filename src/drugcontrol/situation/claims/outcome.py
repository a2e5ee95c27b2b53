"""What a test comes to: an outcome, the code of a sentence with its values, the rows used, what was not available."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from drugcontrol.check.status import Checker, PlaceStatus
from drugcontrol.dates import LegalDate
from drugcontrol.law import Law
from drugcontrol.law.coverage import State
from drugcontrol.law.rows import Known, SubstanceRow, Text
from drugcontrol.situation.known import Row
from drugcontrol.situation.measures import Measure, Measures
from drugcontrol.situation.model import Figures, Series
from drugcontrol.situation.periods import period_label

Outcome = Literal["supported", "not_supported", "mixed", "undecided"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """How a series moved from one period to another."""

    first: str
    last: str
    percent: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Revised:
    """A figure of one period as it was known then, and as it is known now."""

    period: str
    before: Decimal
    after: Decimal


Param = str | int | date | Decimal | LegalDate | tuple[str | Step | Revised, ...]
Params = Mapping[str, Param]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something that stands beside an outcome, by code: above all what was not available."""

    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FigureFact:
    """A figure that was used, with its release."""

    series: Series
    row: Row


def label(fact: FigureFact) -> str:
    """Name the period of a figure."""
    return period_label(fact.series.pattern.frequency, fact.row.period)


def value(fact: FigureFact) -> Decimal:
    """Give the figure; only rows that have one are used."""
    if fact.row.observation is None or fact.row.observation.value is None:
        raise AssertionError("only rows with a figure are used")
    return fact.row.observation.value


@dataclass(frozen=True, kw_only=True)
class LawFact:
    """A text of a class rule, or an entry, that was used: instrument, clause, act and days."""

    place: str
    instrument: Text
    text: Text
    item: str
    act: str
    first: LegalDate
    last: LegalDate | None
    known: Known
    address: str
    term: str = ""
    substance: str = ""


@dataclass(frozen=True, kw_only=True)
class CountFact:
    """How many registered substances of a family were controlled in a place on a day.

    Attributes
    ----------
    coverage : {"complete", "partial", "none"}
        How much of the lists of that place and day is held; a partial list never says no.
    """

    place: str
    on: date
    named: int
    by_class: int
    review: int
    coverage: State

    @property
    def controlled(self) -> int:
        """Count those that are named and those that a class reaches."""
        return self.named + self.by_class


@dataclass(frozen=True, kw_only=True)
class StatusFact:
    """Whether a substance was scheduled in a place on a day."""

    substance: str
    place: str
    on: date
    scheduled: str
    since: str
    acts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a bundle proves, as :mod:`drugcontrol.channel.verdict` judged it.

    Attributes
    ----------
    refused : {"", "simulation", "faults", "unpinned"}
        Why it is no evidence here. A simulation never is one.
    sender : str
        Place of the authority that signed.
    delivered : mapping of str to str
        Day of delivery (ISO, UTC) by place of the recipient, as the recipient's own register proves it.
    """

    name: str
    message_id: str = ""
    refused: Literal["", "simulation", "faults", "unpinned"]
    type: str = ""
    sender: str = ""
    delivered: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MeasureFact:
    """A measure that was used."""

    measure: Measure


Fact = FigureFact | LawFact | CountFact | StatusFact | MeasureFact | Evidence


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a test came to on one day.

    Attributes
    ----------
    code : str
        Names the sentence; ``params`` are its values.
    """

    outcome: Outcome
    code: str
    params: Params = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All that tests may ask: figures, law, measures, and the evidence that was handed over.

    Attributes
    ----------
    counts : dict
        Counts that were made already, by family, places and day: several readings ask for the same.
    ask : callable, optional
        Gives the status of a registered substance in places on a day, where somebody has indexed the law already.
    """

    figures: Figures
    law: Law
    measures: Measures
    evidence: tuple[Evidence, ...] = ()
    counts: dict[tuple[str, tuple[str, str], date], tuple[CountFact, ...]] = field(default_factory=dict, repr=False)
    ask: Callable[[SubstanceRow, Sequence[str], date], tuple[PlaceStatus, ...]] | None = None

    @cached_property
    def checker(self) -> Checker:
        """Index the law for questions about substances; made when the first is asked."""
        return Checker.of(self.law)
