"""Control over time: provisions in a chain, with the days that each covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.law.rows import InstrumentRow, ProvisionRow, ScheduleRow


@dataclass(frozen=True)
class Provision:
    """An act that changes something on one day, with its dates read.

    Attributes
    ----------
    effective : LegalDate
        First day in force.
    expires : LegalDate or None
        Last day in force, for temporary control.
    """

    row: ProvisionRow
    effective: LegalDate
    expires: LegalDate | None
    known_from: LegalDate | None

    @classmethod
    def of(cls, row: ProvisionRow) -> Self:
        """Read the dates of a row; the act is public from its publication, else from the decision."""
        public = row.published or row.decided
        return cls(
            row,
            LegalDate.parse(row.effective),
            LegalDate.parse(row.expires) if row.expires else None,
            LegalDate.parse(public) if public else None,
        )

    @property
    def period(self) -> Period:
        """Days on which the provision is in force by its own words."""
        return Period(self.effective, self.expires)

    def public_on(self, day: date) -> bool:
        """Say whether the act was decided or published by a day, as far as the data tell."""
        return self.known_from is not None and self.known_from.earliest <= day


@dataclass(frozen=True)
class Control:
    """Something that provisions put in force in a schedule of an instrument: a listing or a class rule.

    Attributes
    ----------
    chain : tuple of Provision
        The provisions that put it there and keep it there, in order of time.
    periods : tuple of Period
        The days that each of them covers, cut at the provision that took it out.
    """

    instrument: InstrumentRow
    schedule: ScheduleRow
    chain: tuple[Provision, ...]
    removed_by: Provision | None
    periods: tuple[Period, ...]

    def in_force(self, day: date) -> tuple[Certainty, tuple[Provision, ...]]:
        """Say whether it stands on a day, and by which provisions.

        Returns
        -------
        Certainty
            YES as soon as one provision covers the day beyond doubt; OPEN when at least one may.
        tuple of Provision
            Those that cover the day with that certainty.
        """
        for certainty in (Certainty.YES, Certainty.OPEN):
            found = tuple(
                provision
                for provision, period in zip(self.chain, self.periods, strict=True)
                if period.covers(day) is certainty
            )
            if found:
                return certainty, found
        return Certainty.NO, ()

    def runs(self) -> list[Period]:
        """Give the unbroken times of control, in order: first to last provision without a gap between."""
        return merged(self.periods)

    def span(self, day: date) -> Period:
        """Give the unbroken time of control around a day on which it stands, or may stand."""
        return next(run for run in reversed(self.runs()) if run.covers(day) is not Certainty.NO)


def merged(periods: Iterable[Period]) -> list[Period]:
    """Give the unbroken times that periods cover together, in the order in which they begin."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda period: period.first.earliest):
        if found and joined(found[-1], period):
            found[-1] = Period(found[-1].first, later(found[-1].last, period.last))
        else:
            found.append(period)
    return found


def later(one: LegalDate | None, other: LegalDate | None) -> LegalDate | None:
    """Give the later of two last days; None, no end, is later than any."""
    return None if one is None or other is None else max(one, other, key=lambda end: end.latest)


def period_of(provision: Provision, removed_by: Provision | None) -> Period:
    """Give the days that a provision covers, up to the one that took the thing out."""
    if removed_by is None:
        return provision.period
    end = removed_by.effective.day_before()
    if provision.expires is not None and provision.expires.latest < end.earliest:
        return provision.period
    return Period(provision.effective, end)


def joined(earlier: Period, later: Period) -> bool:
    """Say whether no day lies between two periods, as far as the dates are known."""
    return earlier.last is None or later.first.earliest <= earlier.last.day_after().latest
