"""Office for National Statistics, deaths related to drug poisoning in England and Wales: by substance, and by age."""

import re

from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import SourceFile, SourceRow, year_period

_MENTIONED = {
    "On the death certificate": "mentioned",
    "Without other drugs": "without-other-drugs",
    "With alcohol": "with-alcohol",
    "Without alcohol": "without-alcohol",
}
_AGES = ("Under 20", "20-29", "30-39", "40-49", "50-69", "70 and over")
_NOTE_NUMBERS = re.compile(r"\s\d+(,\d+)*$")


def _substances(file: SourceFile) -> list[Content]:
    return [Content(label="", published="", figures=tuple(_substance(row) for row in file.rows))]


def _substance(row: SourceRow) -> Figure:
    pattern = _MENTIONED.get(row["mentioned"])
    if pattern is None:
        raise row.problem(f"mentioned is “{row['mentioned'][:40]}”", f"Known are: {', '.join(_MENTIONED)}")
    return Figure(
        pattern=pattern,
        term=row["substance"],
        period=year_period(row.year("year")),
        value=row.number("deaths"),
        status="final",
        line=row.line,
    )


def _ages(file: SourceFile) -> list[Content]:
    figures = [
        Figure(
            pattern=age.lower().replace(" ", "-"),
            term=_NOTE_NUMBERS.sub("", row["substance"]),
            period=year_period(row.year("year")),
            value=row.number(age),
            status="final",
            line=row.line,
        )
        for row in file.rows
        for age in _AGES
    ]
    return [Content(label="", published="", figures=tuple(figures))]


SUBSTANCES = Format(
    name="ONS drug poisoning by substance",
    dataset="ons-poisoning",
    columns=("year", "substance", "mentioned", "deaths"),
    read=_substances,
    sparse=True,
)
AGES = Format(
    name="ONS drug poisoning by substance and age",
    dataset="ons-poisoning-age",
    columns=("year", "substance", *_AGES),
    read=_ages,
    sparse=True,
)
