"""DEA, NFLIS-Drug: reports of forensic laboratories by name and half-year, States summed."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import SourceFile, SourceRow, months_period, year_period
from drugcontrol.situation.model import Period, Status

_HALVES = {"SA1": 6, "SA2": 12}
_CATEGORY = "Fentanyl and Fentanyl-related"
_COMPLETE_AFTER = 365
"""A period that ended fewer days before the query is taken as incomplete: laboratories report late."""


def _read(file: SourceFile) -> list[Content]:
    sums: dict[tuple[str, Period], Decimal] = defaultdict(Decimal)
    lines: dict[tuple[str, Period], int] = {}
    run = _run(file)
    figures: list[Figure] = []
    for row in file.rows:
        period = _half_year(row)
        value = row.number("drug_reports")
        for pattern, whole in (("all", period), ("all-year", year_period(period.first.year))):
            sums[pattern, whole] += value
            lines.setdefault((pattern, whole), row.line)
        figures.append(
            Figure(
                pattern="name",
                term=row["substance"],
                term_id=f"{_slug(row['base'])}-{row['nflis_substance_id']}",
                period=period,
                value=value,
                status=_status(period, run),
                line=row.line,
            )
        )
    figures += [
        Figure(pattern=pattern, period=period, value=value, status=_status(period, run), line=lines[pattern, period])
        for (pattern, period), value in sums.items()
    ]
    figures.sort(key=lambda item: (item.pattern, item.term_id, item.period.last))
    return [Content(label="", published=run.isoformat(), figures=tuple(figures))]


def _run(file: SourceFile) -> date:
    """Give the day of the query: it is one for the whole file."""
    row = file.rows[0]
    try:
        return date.fromisoformat(row["query_run"])
    except ValueError:
        raise row.problem(f"query_run is “{row['query_run'][:40]}”", "The day of the query, YYYY-MM-DD") from None


def _half_year(row: SourceRow) -> Period:
    if row["half_year"] not in _HALVES:
        raise row.problem(f"half_year is “{row['half_year'][:40]}”", "SA1 or SA2 is expected")
    if row["category"] != _CATEGORY:
        cure = f"“{_CATEGORY}” is expected; another category is another series"
        raise row.problem(f"category is “{row['category'][:40]}”", cure)
    return months_period(row.year("year"), _HALVES[row["half_year"]], 6)


def _status(period: Period, run: date) -> Status:
    return "provisional" if (run - period.last).days < _COMPLETE_AFTER else "final"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


NFLIS = Format(
    name="NFLIS-Drug",
    dataset="dea-nflis",
    columns=(
        "query_run",
        "year",
        "half_year",
        "nflis_substance_id",
        "substance",
        "base",
        "category",
        "drug_reports",
        "states",
    ),
    read=_read,
    sparse=True,
)
