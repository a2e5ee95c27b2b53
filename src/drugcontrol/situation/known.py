"""What was known on a day: for each period the newest release published not later.

Three things can stand in the way, and each is said: the day of a release is known only in part; a newer release is held
only in part and this period was not read; the newest releases of that time are not held at all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from drugcontrol.dates import Certainty
from drugcontrol.situation.model import Dataset, Figures, Observation, Period, Release, Series

State = Literal["known", "may-have-changed", "undecided"]
Change = Literal["first", "unchanged", "revised", "redefined", "revised-or-redefined", "order-unknown"]

_NEXT_RELEASE_WITHIN = {"month": timedelta(days=45), "quarter": timedelta(days=135), "year": timedelta(days=500)}
"""An interval of release and half another: later than that, a release must have come that is not held."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A figure in proportion to a population.

    Attributes
    ----------
    by : str
        The series with the publisher's rate, or the series of the population from which it was computed.
    """

    value: Decimal
    unit: str
    computed: bool
    by: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """What was known of one period.

    Attributes
    ----------
    observation : Observation or None
        None where it cannot be decided.
    state : {"known", "may-have-changed", "undecided"}
        ``may-have-changed``: a newer release had come that is held only in part, without this period.
    candidates : tuple of Observation
        The observations between which it cannot be decided.
    segment : int
        Observations of different segments rest on different definitions and make no line.
    """

    period: Period
    observation: Observation | None
    state: State
    candidates: tuple[Observation, ...]
    segment: int
    rate: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """A series as known on a day.

    Attributes
    ----------
    newest : Release or None
        The newest release with figures of the series that had surely come by that day.
    releases_missing : bool
        By the publisher's rhythm newer ones had come that are not held: what they said cannot be decided.
    """

    series: Series
    day: date
    rows: tuple[Row, ...]
    newest: Release | None
    releases_missing: bool

    @property
    def decided(self) -> tuple[Row, ...]:
        """The rows with a figure."""
        return tuple(row for row in self.rows if row.observation is not None)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What a release said of a period, and how that differs from the release before it."""

    observation: Observation
    change: Change
    before: Decimal | None


def as_of(
    figures: Figures, series: Series, day: date, first: date = date.min, last: date = date.max, *, rates: bool = True
) -> View:
    """Give a series as it was known on a day.

    Parameters
    ----------
    day : date
        Publication counts, not the period and not the day on which a release was entered.
    first, last : date
        Only periods that end between these days, both included.
    rates : bool
        Whether to give a rate beside each count, where one is held or can be computed.
    """
    dataset = figures.dataset_of(series)
    held = [item for item in dataset.observations.get(series.id, ()) if first <= item.period.last <= last]
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for observation in held:
        if observation.release.published.reached_on(day) is not Certainty.NO:
            by_period[observation.period].append(observation)
    rows = [_row(dataset, series, period, found, day) for period, found in by_period.items()]
    rows = sorted(_without_overtaken(rows), key=lambda row: (row.period.last, row.period.first))
    newest = _newest(dataset, series, day)
    wait = _NEXT_RELEASE_WITHIN.get(dataset.row.every)
    missing = newest is not None and wait is not None and newest.published.latest + wait < day
    view = View(series=series, day=day, rows=tuple(rows), newest=newest, releases_missing=missing)
    return _with_rates(figures, view) if rates else view


def revisions(dataset: Dataset, series: Series, day: date = date.max) -> dict[Period, list[Revision]]:
    """Give for each period what every release said of it, oldest release first, as far as surely published by a day."""
    found: dict[Period, list[Revision]] = defaultdict(list)
    order = {release.id: index for index, release in enumerate(dataset.releases)}
    for item in sorted(dataset.observations.get(series.id, ()), key=lambda item: order[item.release.id]):
        if item.release.published.reached_on(day) is Certainty.YES:
            earlier = found[item.period]
            change = _change(dataset, series, earlier[-1].observation, item) if earlier else "first"
            before = earlier[-1].observation.value if earlier else None
            earlier.append(Revision(observation=item, change=change, before=before))
    return dict(sorted(found.items(), key=lambda pair: (pair[0].last, pair[0].first)))


def _row(dataset: Dataset, series: Series, period: Period, found: Sequence[Observation], day: date) -> Row:
    sure = [item for item in found if item.release.published.reached_on(day) is Certainty.YES]
    best = [item for item in found if not any(item.release.surely_before(other.release) for other in sure)]
    agreed = len({(item.value, item.status) for item in best}) == 1
    chosen = next((item for item in reversed(best) if item in sure), None) if agreed else None
    if chosen is None:
        segment = dataset.segment(series, best[-1].release)
        return Row(period=period, observation=None, state="undecided", candidates=tuple(best), segment=segment)
    unread = dataset.row.revises == "yes" and any(_partly_newer(dataset, chosen.release, day))
    state: State = "may-have-changed" if unread else "known"
    segment = dataset.segment(series, chosen.release)
    return Row(period=period, observation=chosen, state=state, candidates=(), segment=segment)


def _partly_newer(dataset: Dataset, release: Release, day: date) -> Iterator[bool]:
    for other in dataset.releases:
        newer = other.id != release.id and not other.surely_before(release)
        yield newer and other.held == "part" and other.published.reached_on(day) is not Certainty.NO


def _without_overtaken(rows: Sequence[Row]) -> list[Row]:
    """Leave out a year to date where the same year is known further."""
    furthest: dict[date, date] = {}
    for row in rows:
        furthest[row.period.first] = max(furthest.get(row.period.first, date.min), row.period.last)
    return [row for row in rows if not (_to_date(row) and furthest[row.period.first] > row.period.last)]


def _to_date(row: Row) -> bool:
    items = (row.observation,) if row.observation else row.candidates
    return all(item.status == "year-to-date" for item in items)


def _newest(dataset: Dataset, series: Series, day: date) -> Release | None:
    ids = {item.release.id for item in dataset.observations.get(series.id, ())}
    sure = [item for item in dataset.releases if item.id in ids and item.published.reached_on(day) is Certainty.YES]
    return sure[-1] if sure else None


def _with_rates(figures: Figures, view: View) -> View:
    series = view.series
    if not (series.rate or series.population):
        return view
    known: dict[str, dict[Period, Observation]] = {}
    for other in filter(None, (series.rate, series.population)):
        rows = as_of(figures, figures.series(other), view.day, rates=False).decided
        known[other] = {row.period: row.observation for row in rows if row.observation is not None}
    rows = tuple(
        Row(
            period=row.period,
            observation=row.observation,
            state=row.state,
            candidates=row.candidates,
            segment=row.segment,
            rate=_rate(figures, series, row.observation, known) if row.observation else None,
        )
        for row in view.rows
    )
    return View(series=series, day=view.day, rows=rows, newest=view.newest, releases_missing=view.releases_missing)


def _rate(
    figures: Figures, series: Series, item: Observation, known: dict[str, dict[Period, Observation]]
) -> Rate | None:
    published = known.get(series.rate, {}).get(item.period)
    if published is not None and published.value is not None:
        unit = figures.series(series.rate).pattern.unit
        return Rate(value=published.value, unit=unit, computed=False, by=series.rate)
    people = known.get(series.population, {}).get(item.period)
    if people is None or not people.value or item.value is None:
        return None
    value = (item.value * 100_000 / people.value).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return Rate(value=value, unit="per-100000", computed=True, by=series.population)


def _change(dataset: Dataset, series: Series, before: Observation, after: Observation) -> Change:
    if before.value == after.value:
        return "unchanged"
    if not before.release.surely_before(after.release):
        return "order-unknown"
    first, second = (dataset.segment(series, item.release) for item in (before, after))
    if first == second:
        return "revised"
    between = [row for _, row in dataset.definitions(series)[first:second]]
    return "redefined" if all(row.settled == "yes" for row in between) else "revised-or-redefined"
