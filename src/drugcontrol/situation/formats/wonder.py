"""CDC WONDER, multiple cause of death: a query by year and sex, exported with tabs and with its notes after ``---``."""

from collections.abc import Iterator
from decimal import Decimal

from drugcontrol.errors import DataError, Problem
from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import SourceFile, SourceRow, year_period

_SEXES = {"F": "-female", "M": "-male"}
_CODE = "MCD - ICD-10 Codes: "
_CAUSE = "UCD - Drug/Alcohol Induced Causes: Drug-induced causes"


def _read(file: SourceFile) -> list[Content]:
    term = next((line.removeprefix(_CODE).strip() for line in file.footer if line.startswith(_CODE)), "")
    if not term:
        what, cure = f"The notes name no “{_CODE.strip()}”", "Export the query with its notes"
        raise DataError([Problem(str(file.path), 1, what, cure)])
    if _CAUSE not in {line.strip() for line in file.footer}:
        what = "The query is not limited to drug-induced causes"
        cure = "Choose “Drug-induced causes” as underlying cause, or it is another series"
        raise DataError([Problem(str(file.path), 1, what, cure)])
    figures = [item for row in file.rows if row["Year"] for item in _figures(row, term)]
    return [Content(label="", published="", figures=tuple(figures))]


def _figures(row: SourceRow, term: str) -> Iterator[Figure]:
    sex = _SEXES.get(row["Gender Code"], "")
    if not sex and row["Notes"] != "Total":
        raise row.problem(f"Gender Code is “{row['Gender Code']}”", "F, M or a row “Total” is expected")
    period = year_period(row.year("Year Code"))
    cells = (
        (f"total{sex}".removeprefix("total-"), "Deaths", term),
        (f"rate{sex}", "Crude Rate", term),
        (f"population{sex}", "Population", ""),
    )
    for pattern, column, named in cells:
        value: Decimal | None = None if row[column] in {"Suppressed", "Unreliable"} else row.number(column)
        status = "final" if value is not None else "suppressed"
        yield Figure(pattern=pattern, term=named, period=period, value=value, status=status, line=row.line)  # type: ignore[arg-type]  # two of the states


WONDER = Format(
    name="CDC WONDER",
    dataset="cdc-wonder",
    columns=("Notes", "Year", "Year Code", "Gender", "Gender Code", "Deaths", "Population", "Crude Rate"),
    read=_read,
    delimiter="\t",
)
