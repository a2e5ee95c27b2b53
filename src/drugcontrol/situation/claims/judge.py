"""A claim checked: each reading as things were known when it was said, and as they are known now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from drugcontrol.situation.claims import figures, law, registers, standing
from drugcontrol.situation.claims.load import Claim
from drugcontrol.situation.claims.outcome import FigureFact, Grounds, Judged, Remark, Revised, label, value
from drugcontrol.situation.claims.rows import (
    AnyTest,
    ChangeBetween,
    ClassControl,
    ClassControlBy,
    EachScheduled,
    FirstClassControl,
    Greatest,
    MeasureInForce,
    MessageDelivered,
    MoreSubstances,
    NoNotice,
    ReadingRow,
    RisesEachPeriod,
)
from drugcontrol.situation.model import Period


@dataclass(frozen=True, kw_only=True)
class CheckedReading:
    """What one reading comes to, then and now."""

    row: ReadingRow
    then: Judged
    now: Judged


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A claim with every reading checked; there is no outcome of the whole."""

    claim: Claim
    as_of: date
    readings: tuple[CheckedReading, ...]


def check_claim(claim: Claim, grounds: Grounds, as_of: date) -> Checked:
    """Check every reading of a claim.

    Parameters
    ----------
    as_of : date
        Day of the second answer; the first is always that of the day on which the claim was made. A day means: figures
        that were published by it, and law in force on it.
    """
    readings = []
    for row in claim.row.readings:
        then = _judge(row.test, grounds, claim.said_on, claim.said_on)
        now = _judge(row.test, grounds, as_of, claim.said_on)
        now = replace(now, remarks=(*_since(then, now), *now.remarks))
        readings.append(CheckedReading(row=row, then=then, now=now))
    return Checked(claim=claim, as_of=as_of, readings=tuple(readings))


def _since(then: Judged, now: Judged) -> Iterator[Remark]:
    """Say what the figures have become since: which were revised, and which were published later."""
    before = {_period(fact): fact for fact in then.facts if isinstance(fact, FigureFact)}
    after = {_period(fact): fact for fact in now.facts if isinstance(fact, FigureFact)}
    changed = [
        (fact.row.segment != before[key].row.segment, Revised(period=label(fact), before=old, after=new))
        for key, fact in after.items()
        if key in before and (old := value(before[key])) != (new := value(fact))
    ]
    for code, redefined in (("revised_since", False), ("redefined_since", True)):
        if figures_of := tuple(item for other, item in changed if other is redefined):
            yield Remark(code=code, params={"figures": figures_of})
    published = tuple(label(fact) for key, fact in after.items() if key not in before)
    if published:
        yield Remark(code="published_since", params={"periods": published})


def _period(fact: FigureFact) -> tuple[str, Period]:
    return fact.series.id, fact.row.period


def _judge(test: AnyTest, grounds: Grounds, day: date, said_on: date) -> Judged:
    match test:
        case RisesEachPeriod():
            return figures.rises_each_period(test, grounds, day)
        case ChangeBetween():
            return figures.change_between(test, grounds, day)
        case Greatest():
            return figures.greatest(test, grounds, day)
        case ClassControl():
            return law.class_control(test, grounds, day)
        case ClassControlBy():
            return law.class_control_by(test, grounds, day)
        case FirstClassControl():
            return law.first_class_control(test, grounds, day)
        case MoreSubstances():
            return law.more_substances(test, grounds, day)
        case EachScheduled():
            return law.each_scheduled(test, grounds, day)
        case NoNotice():
            return registers.no_notice(test, grounds, said_on)
        case MessageDelivered():
            return registers.message_delivered(test, grounds, said_on)
        case MeasureInForce():
            return standing.measure_in_force(test, grounds, day)
        case _:
            assert_never(test)
