"""CDC, VSRR Provisional Drug Overdose Death Counts (dataset xkb8-kh2a): the file of data.cdc.gov, and kept copies."""

from collections.abc import Iterator

from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import MONTHS, SourceFile, SourceRow, grouped, months_period
from drugcontrol.situation.model import Period

_SPECIAL = {"Number of Deaths": "all-causes", "Percent with drugs specified": "drugs-specified"}
_PERIOD = "12 month-ending"


def _official(file: SourceFile) -> list[Content]:
    figures: list[Figure] = []
    for row in file.rows:
        if row["State"] != "US":
            continue
        if row["Period"] != _PERIOD:
            cure = f"“{_PERIOD}” is expected; another period is another series"
            raise row.problem(f"Period is “{row['Period'][:40]}”", cure)
        month = MONTHS.get(row["Month"][:3].upper())
        if month is None:
            raise row.problem(f"Month is “{row['Month'][:40]}”", "The English name of a month is expected")
        period = months_period(row.year("Year"), month, 12)
        figures += _figures(
            row, row["Indicator"], period, ("Data Value", "Predicted Value", "Percent Complete", _PENDING)
        )
    return [Content(label="", published="", figures=tuple(figures))]


def _vintages(file: SourceFile) -> list[Content]:
    contents = []
    columns = ("reported", "predicted", "percent_complete", "percent_pending")
    for label, rows in grouped(file.rows, "latest_period").items():
        figures = [item for row in rows for item in _figures(row, row["indicator"], _ending(row), columns)]
        newest = max(item.period.last for item in figures)
        published = f"[{newest.isoformat()}..{rows[0]['vintage_upper_bound']}]"
        contents.append(Content(label=label, published=published, figures=tuple(figures)))
    return contents


def _copied(file: SourceFile) -> list[Content]:
    columns = ("reported", "predicted", "", "")
    figures = [item for row in file.rows for item in _figures(row, row["indicator"], _ending(row), columns)]
    return [Content(label="", published="", figures=tuple(figures))]


def _ending(row: SourceRow) -> Period:
    year, _, month = row["period_end"].partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        raise row.problem(f"period_end is “{row['period_end'][:40]}”", "Write YYYY-MM")
    return months_period(int(year), int(month), 12)


def _figures(row: SourceRow, indicator: str, period: Period, columns: tuple[str, str, str, str]) -> Iterator[Figure]:
    reported, predicted, complete, pending = columns
    special = _SPECIAL.get(indicator, "")
    for pattern, column in ((special or "reported", reported), ("predicted", predicted)):
        value = row.optional_number(column)
        if value is not None:
            yield Figure(
                pattern=pattern,
                term="" if special else indicator,
                period=period,
                value=value,
                status="provisional-predicted" if pattern == "predicted" else "provisional-reported",
                completeness_percent=row[complete].strip() if complete else "",
                pending_percent=row.optional_number(pending) if pending else None,
                line=row.line,
            )


_PENDING = "Percent Pending Investigation"

OFFICIAL = Format(
    name="CDC VSRR",
    dataset="cdc-vsrr",
    columns=(
        "State",
        "Year",
        "Month",
        "Period",
        "Indicator",
        "Data Value",
        "Percent Complete",
        _PENDING,
        "State Name",
        "Footnote",
        "Footnote Symbol",
        "Predicted Value",
    ),
    read=_official,
)
VINTAGES = Format(
    name="CDC VSRR, kept releases",
    dataset="cdc-vsrr",
    columns=(
        "vintage_upper_bound",
        "latest_period",
        "period_end",
        "indicator",
        "reported",
        "predicted",
        "percent_complete",
        "percent_pending",
        "source_repo",
        "source_commit",
    ),
    read=_vintages,
)
COPIED = Format(
    name="CDC VSRR, copied by hand",
    dataset="cdc-vsrr",
    columns=("indicator", "period_end", "reported", "predicted"),
    read=_copied,
    reading="hand-read",
)
