"""A claim checked: each reading as things were known when it was said, and as they are known now."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from drugcontrol.situation.claims import figures, law, registers
from drugcontrol.situation.claims.load import Claim
from drugcontrol.situation.claims.outcome import Grounds, Judged
from drugcontrol.situation.claims.rows import (
    AnyTest,
    ChangeBetween,
    ClassControl,
    ClassControlBy,
    EachScheduled,
    FirstClassControl,
    Greatest,
    MessageDelivered,
    MoreSubstances,
    NoNotice,
    ReadingRow,
    RisesEachPeriod,
)


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
    return Checked(
        claim=claim,
        as_of=as_of,
        readings=tuple(
            CheckedReading(
                row=row,
                then=_judge(row.test, grounds, claim.said_on, claim.said_on),
                now=_judge(row.test, grounds, as_of, claim.said_on),
            )
            for row in claim.row.readings
        ),
    )


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
        case _:
            assert_never(test)
