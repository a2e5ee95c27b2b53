"""Series, releases and observations.

Three times, never mixed: the *period* (when it happened), the *publication* (when it was known), and the day on which
a release was *entered* here, kept for the record and used in no answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz, process

from drugcontrol.dates import LegalDate
from drugcontrol.errors import UsageError
from drugcontrol.law.rows import Text
from drugcontrol.situation.rows import DatasetRow, DefinitionRow, PatternRow, TermRow

Status = Literal[
    "final", "provisional-reported", "provisional-predicted", "provisional", "year-to-date", "rounded", "suppressed"
]
Reading = Literal["file", "hand-read"]


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last day of what an observation counts, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Series:
    """One measure of one thing in one place, over time.

    Attributes
    ----------
    id : str
        For example ``us-overdose-deaths-all-drugs-12m-predicted``. Reported, predicted and final are separate series.
    term : str
        What the publisher calls it; empty where the pattern has one series only.
    term_id : str
        The part of the id that stands for it.
    rate, population : str
        Ids of the series with the publisher's rate and with the population; empty where none is held.
    """

    id: str
    dataset: str
    pattern: PatternRow
    place: str
    term: str
    term_id: str
    title: Text
    rate: str
    population: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """What a publisher gave out on one day; never changed afterwards.

    Attributes
    ----------
    published : LegalDate
        Day of publication, with its doubt.
    basis : {"stated", "inferred"}
        Whether a source says so, or it was inferred from the newest period and the day on which a copy was seen.
    held : {"whole", "part"}
        ``part``: only the figures that were read are held, the release had more.
    entered_on : date
        Day on which it was stored; used in no answer.
    """

    id: str
    dataset: str
    published: LegalDate
    basis: Literal["stated", "inferred"]
    reading: Reading
    held: Literal["whole", "part"]
    source: str
    address: str
    sha256: str
    entered_on: date
    note: str

    def surely_before(self, other: "Release") -> bool:
        """Say whether this release is older than another beyond doubt."""
        return self.published.latest < other.published.earliest


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One figure of a release; ``value`` is None where the publisher suppressed it.

    Attributes
    ----------
    completeness_percent : str
        Share of records received, as the publisher gives it: a number, or “99.5+”; empty where it gives none.
    pending_percent : Decimal or None
        Share of causes of death under investigation.
    """

    series: str
    release: Release
    period: Period
    value: Decimal | None
    status: Status
    completeness_percent: str = ""
    pending_percent: Decimal | None = None
    footnote: str = ""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A publisher's table with its series and all releases held, oldest first.

    Attributes
    ----------
    read : callable
        Reads the observations by series; it is called once, when the first is asked for.
    own : frozenset of str
        Ids of the releases that the user imported.
    """

    row: DatasetRow
    terms: tuple[TermRow, ...]
    series: Mapping[str, Series]
    releases: tuple[Release, ...]
    read: Callable[[], Mapping[str, tuple[Observation, ...]]]
    own: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """Give the id, which is the name of its directory."""
        return self.row.id

    @cached_property
    def observations(self) -> Mapping[str, tuple[Observation, ...]]:
        """Give the observations of every series, over all releases."""
        return self.read()

    def release(self, release_id: str) -> Release:
        """Find a release by its id."""
        return next(release for release in self.releases if release.id == release_id)

    def series_id(self, pattern: str, term: str = "", place: str = "") -> str:
        """Give the id of the series of a pattern, for what the publisher calls `term`.

        Raises
        ------
        KeyError
            When the dataset has no such pattern, term or place.
        """
        row = next((row for row in self.row.patterns if row.key == pattern), None)
        known = next((item.id for item in self.terms if item.publisher == term), "") if term else ""
        if row is None or (term and not known):
            raise KeyError(term or pattern)
        found = series_name(row, known, place or row.places[0])
        if found not in self.series:
            raise KeyError(place or term)
        return found

    def definitions(self, series: Series) -> list[tuple[Release, DefinitionRow]]:
        """Give the definitions that begin segments of a series, each with its first release."""
        rows = [
            row
            for row in self.row.definitions
            if (not row.patterns or series.pattern.key in row.patterns)
            and (not row.terms or series.term_id in row.terms)
        ]
        return [(self.release(row.from_release), row) for row in rows]

    def segment(self, series: Series, release: Release) -> int:
        """Give the number of the segment to which a release of a series belongs; 0 is the first."""
        order = {item.id: index for index, item in enumerate(self.releases)}
        starts = [first for first, _ in self.definitions(series)]
        return sum(order[first.id] <= order[release.id] for first in starts)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Every dataset that is held."""

    datasets: Mapping[str, Dataset]

    def all_series(self) -> Iterator[Series]:
        """Give every series, by dataset."""
        for dataset in self.datasets.values():
            yield from dataset.series.values()

    def series(self, series_id: str) -> Series:
        """Find a series by its id; capitals do not matter.

        Raises
        ------
        UsageError
            When there is none; the hint names the nearest ones.
        """
        wanted = series_id.strip().casefold()
        named = {series.id: series for series in self.all_series()}
        if wanted in named:
            return named[wanted]
        near = process.extract(wanted, named.keys(), scorer=fuzz.WRatio, score_cutoff=70, limit=3)
        ask = f"Did you mean {', '.join(name for name, _, _ in near)}? " if near else ""
        raise UsageError(
            f"No series has the id “{series_id}”.", f"{ask}“figures list” shows them all.", code="unknown_id"
        )

    def dataset_of(self, series: Series) -> Dataset:
        """Give the dataset of a series."""
        return self.datasets[series.dataset]


def series_name(pattern: PatternRow, term: str, place: str) -> str:
    """Fill in the id of a series."""
    return pattern.id.format(term=term, place=place.lower())
