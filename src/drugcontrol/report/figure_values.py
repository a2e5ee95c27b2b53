"""Figures as plain values, for JSON and CSV."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from drugcontrol.report.words import Words
from drugcontrol.situation.known import Revision, Row, View
from drugcontrol.situation.model import Dataset, Period, Series

KILOGRAMS_IN_A_POUND = Decimal("0.45359237")
"""Exact: the international avoirdupois pound."""


def kilograms(value: Decimal) -> Decimal:
    """Compute kilograms from pounds, to a tenth."""
    return (value * KILOGRAMS_IN_A_POUND).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def series_row(dataset: Dataset, series: Series) -> dict[str, Any]:
    """Give a series as plain values."""
    pattern = series.pattern
    return {
        "id": series.id,
        "dataset": series.dataset,
        "title": series.title,
        "publisher_term": series.term,
        "place": series.place,
        "indicator": pattern.indicator,
        "unit": pattern.unit,
        "nature": pattern.nature,
        "frequency": pattern.frequency,
        "event_basis": pattern.event_basis,
        "rate": series.rate,
        "population_series": series.population,
        "publisher": dataset.row.publisher,
        "licence": dataset.row.licence,
        "address": dataset.row.address,
        "population": dataset.row.population,
        "caveats": dataset.row.caveats,
    }


def view_row(dataset: Dataset, view: View, words: Words) -> dict[str, Any]:
    """Give a series as known on a day as plain values."""
    return {
        "series": series_row(dataset, view.series),
        "as_of": view.day.isoformat(),
        "newest_release": view.newest.id if view.newest else "",
        "releases_missing": view.releases_missing,
        "rows": [row_values(view.series, row) for row in view.rows],
        "definitions": [
            {"from_release": release.id, "settled": definition.settled, "text": definition.text}
            for release, definition in dataset.definitions(view.series)
        ],
        "notice": words("figures", "notice"),
    }


def row_values(series: Series, row: Row) -> dict[str, str]:
    """Give a row as flat values; numbers as the publisher printed them."""
    item = row.observation
    release = item.release if item else None
    is_weight = series.pattern.unit == "lb" and item is not None and item.value is not None
    return {
        "series": series.id,
        "period_first": row.period.first.isoformat(),
        "period_last": row.period.last.isoformat(),
        "state": row.state,
        "value": _plain(item.value) if item else "",
        "unit": series.pattern.unit,
        "kg_computed": _plain(kilograms(item.value)) if is_weight and item and item.value is not None else "",
        "status": item.status if item else "",
        "rate": _plain(row.rate.value) if row.rate else "",
        "rate_unit": row.rate.unit if row.rate else "",
        "rate_computed_from": row.rate.by if row.rate and row.rate.computed else "",
        "candidates": "; ".join(f"{_plain(other.value)} ({other.release.id})" for other in row.candidates),
        "segment": str(row.segment),
        "release": release.id if release else "",
        "published": release.published.text if release else "",
        "published_basis": release.basis if release else "",
        "reading": release.reading if release else "",
        "completeness_percent": item.completeness_percent if item else "",
        "footnote": item.footnote if item else "",
        "source": release.source if release else "",
    }


def revision_values(
    dataset: Dataset, series: Series, found: Mapping[Period, Sequence[Revision]]
) -> list[dict[str, str]]:
    """Give every release of every period as flat values."""
    return [
        {
            "series": series.id,
            "period_first": period.first.isoformat(),
            "period_last": period.last.isoformat(),
            "release": item.observation.release.id,
            "published": item.observation.release.published.text,
            "value": _plain(item.observation.value),
            "status": item.observation.status,
            "change": item.change,
            "segment": str(dataset.segment(series, item.observation.release)),
        }
        for period, revisions in found.items()
        for item in revisions
    ]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
