"""The YAML of a dataset, as written. ``docs/figures.md`` is its description for people."""

from typing import Literal

import msgspec

from drugcontrol.law.rows import Row, Text

Indicator = Literal["deaths", "seizures", "laboratory-reports", "population"]
"""What is counted. Traffic of notices has no series yet: no publisher's file of it is held (see docs/figures.md)."""

Unit = Literal[
    "deaths",
    "per-100000",
    "per-100000-age-adjusted",
    "per-million-age-standardised",
    "percent",
    "lb",
    "events",
    "reports",
    "persons",
]
Nature = Literal["reported", "predicted", "final", "published", "not-stated"]
"""``reported`` and ``predicted`` are provisional; ``published``: one figure that is not called final."""

Frequency = Literal["month", "quarter", "half-year", "year", "fiscal-year", "12-months", "other"]
EventBasis = Literal["occurrence", "registration", "seizure", "submission", "mid-year"]
Interval = Literal["month", "quarter", "year", "irregular"]


class PatternRow(Row, frozen=True, kw_only=True):
    """A family of series of one measure: one series for each term and place.

    Attributes
    ----------
    key : str
        How readers name it.
    id, title : str, Text
        With ``{term}`` and ``{place}`` where the series differ.
    terms : tuple of str
        Ids of terms; empty for a pattern without ``{term}`` or, with it, for every term of the dataset.
    rate, population : str
        Keys of the patterns that hold the publisher's rate and the population of the same terms and places; or the id
        of a series of another dataset.
    """

    key: str
    id: str
    title: Text
    indicator: Indicator
    unit: Unit
    nature: Nature
    frequency: Frequency
    event_basis: EventBasis
    places: tuple[str, ...]
    terms: tuple[str, ...] = ()
    rate: str = ""
    population: str = ""


class TermRow(Row, frozen=True, kw_only=True):
    """What a publisher calls something, and a name for it in our languages; without one the publisher's word stands."""

    id: str
    publisher: str
    name: Text = msgspec.field(default_factory=dict)


class DefinitionRow(Row, frozen=True, kw_only=True):
    """A definition that begins with a release: what comes before is another segment.

    Attributes
    ----------
    settled : {"yes", "no"}
        ``no``: whether the figures moved by definition or by revision could not be settled.
    """

    from_release: str
    patterns: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    settled: Literal["yes", "no"]
    text: Text


class DatasetRow(Row, frozen=True, kw_only=True):
    """``dataset.yaml``: who publishes what, under which licence, with which caveats.

    Attributes
    ----------
    every : {"month", "quarter", "year", "irregular"}
        How often the publisher gives out a release.
    revises : {"yes", "no"}
        Whether a release also gives earlier periods anew.
    """

    id: str
    title: Text
    publisher: str
    address: str
    licence: str
    population: Text
    every: Interval
    revises: Literal["yes", "no"]
    caveats: tuple[Text, ...]
    patterns: tuple[PatternRow, ...]
    terms: tuple[TermRow, ...] = ()
    open_terms: Literal["yes", "no"] = "no"
    definitions: tuple[DefinitionRow, ...] = ()


def texts(row: DatasetRow) -> list[Text]:
    """Give every text for people of a dataset."""
    patterns = [item.title for item in row.patterns]
    terms = [term.name for term in row.terms if term.name]
    return [row.title, row.population, *row.caveats, *patterns, *terms, *(item.text for item in row.definitions)]
