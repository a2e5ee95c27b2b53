"""Public Health Agency of Canada, opioid- and stimulant-related deaths: kept releases, cut from its download."""

import re

from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import MONTHS, SourceFile, SourceRow, grouped, months_period
from drugcontrol.situation.model import Period, Status

_PLACES = {"Canada": "CA", "Alberta": "CA-AB", "British Columbia": "CA-BC", "Ontario": "CA-ON", "Quebec": "CA-QC"}
_PATTERNS = {
    ("By year", "Number"): "year",
    ("By quarter", "Number"): "quarter",
    ("By year", "Crude rate"): "rate",
    ("By year", "Percent"): "percent",
}
_NOT_GIVEN = "-2"
_TO_DATE = re.compile(r"(\d{4}) \(Jan to ([A-Z][a-z]{2})\)")
_QUARTER = re.compile(r"(\d{4}) Q([1-4])")
_MONTH = re.compile(r"\d{4}-\d{2}")


def _read(file: SourceFile) -> list[Content]:
    contents = []
    for label, rows in grouped(file.rows, "vintage").items():
        month = _MONTH.match(label)
        if month is None:
            raise rows[0].problem(f"vintage is “{label[:40]}”", "It begins with the month of release, YYYY-MM")
        figures = tuple(_figure(row) for row in rows)
        contents.append(Content(label=label, published=month[0], figures=figures))
    return contents


def _figure(row: SourceRow) -> Figure:
    pattern = _PATTERNS.get((row["time_period"], row["unit"]))
    if pattern is None:
        cure = "Known are Number by year and quarter, Crude rate and Percent by year; another unit is another series"
        raise row.problem(f"The unit is “{row['unit'][:40]}”, {row['time_period'][:40]}", cure)
    if row["region"] not in _PLACES:
        cure = f"Known are: {', '.join(_PLACES)}"
        raise row.problem(f"The region is “{row['region'][:40]}”", cure)
    period, running = _period(row)
    given = row["value"] not in {"", _NOT_GIVEN}
    status: Status = ("year-to-date" if running else "provisional") if given else "suppressed"
    return Figure(
        pattern=pattern,
        term=row["breakdown"] or row["substance"],
        place=_PLACES[row["region"]],
        period=period,
        value=row.number("value") if given else None,
        status=status,
        footnote="" if given else f"“{row['value']}” in the file",
        line=row.line,
    )


def _period(row: SourceRow) -> tuple[Period, bool]:
    text = row["period"]
    if match := _QUARTER.fullmatch(text):
        return months_period(int(match[1]), 3 * int(match[2]), 3), False
    if match := _TO_DATE.fullmatch(text):
        month = MONTHS[match[2].upper()]
        return months_period(int(match[1]), month, month), True
    return months_period(row.year("period"), 12, 12), False


PHAC = Format(
    name="PHAC opioid- and stimulant-related harms, kept releases",
    dataset="phac-harms",
    columns=(
        "vintage",
        "vintage_seen_in_repo",
        "source_commit",
        "substance",
        "region",
        "measure",
        "time_period",
        "period",
        "breakdown",
        "unit",
        "value",
    ),
    read=_read,
)
