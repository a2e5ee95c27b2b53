"""US Customs and Border Protection, drug seizures: the nationwide file and that of Air and Marine Operations."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.sourcefile import MONTHS, SourceFile, SourceRow, months_period
from drugcontrol.situation.model import Period

_COMPONENTS = {"Office of Field Operations": "ofo", "U.S. Border Patrol": "usbp", "Air and Marine Operations": ""}
_TO_DATE = " (FYTD)"
_PLACES = Decimal("0.0001")


def _read(file: SourceFile) -> list[Content]:
    sums: dict[tuple[str, str, int, int], Decimal] = defaultdict(Decimal)
    lines: dict[tuple[str, str, int, int], int] = {}
    months: dict[int, set[int]] = defaultdict(set)
    to_date: set[int] = set()
    for row in file.rows:
        year, month = _year(row), _month(row)
        months[year].add(month)
        if row["FY"].endswith(_TO_DATE):
            to_date.add(year)
        for key, value in _sums(row):
            sums[*key, year, month] += value
            lines.setdefault((*key, year, month), row.line)
    _check_years(file, months, to_date)
    figures = [
        Figure(
            pattern=pattern,
            term=term,
            period=_month_period(year, month),
            value=_rounded(value),
            status="provisional" if year in to_date else "final",
            line=lines[pattern, term, year, month],
        )
        for (pattern, term, year, month), value in sums.items()
    ]
    figures += _fiscal_years(sums, lines, months, to_date)
    figures.sort(key=lambda item: (item.term, item.pattern, item.period.last))
    return [Content(label="", published="", figures=tuple(figures))]


def _check_years(file: SourceFile, months: dict[int, set[int]], to_date: set[int]) -> None:
    """Refuse a fiscal year that does not begin in October, or that is closed and does not end in September."""
    for year, held in months.items():
        wanted = {10} if year in to_date else {10, 9}
        if not wanted <= held:
            row = next(row for row in file.rows if row["FY"].startswith(str(year)))
            names = ", ".join(name for name, number in MONTHS.items() if number in wanted - held)
            cure = "Take the publisher's whole file; a year that still runs is marked “(FYTD)”"
            raise row.problem(f"The fiscal year {year} has no {names}", cure)


def _sums(row: SourceRow) -> Iterator[tuple[tuple[str, str], Decimal]]:
    component = _COMPONENTS.get(row["Component"])
    if component is None:
        cure = f"One of these is expected: {', '.join(_COMPONENTS)}"
        raise row.problem(f"Component is “{row['Component'][:40]}”", cure)
    for unit, column in (("lb", "Sum Qty (lbs)"), ("events", "Count of Event")):
        value = row.number(column)
        for cut in filter(None, ("all", component)):
            yield (f"{cut}-{unit}", row["Drug Type"]), value


def _fiscal_years(
    sums: dict[tuple[str, str, int, int], Decimal],
    lines: dict[tuple[str, str, int, int], int],
    months: dict[int, set[int]],
    to_date: set[int],
) -> Iterator[Figure]:
    totals: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    firsts: dict[tuple[str, str, int], int] = {}
    for (pattern, term, year, month), value in sums.items():
        totals[pattern, term, year] += value
        firsts.setdefault((pattern, term, year), lines[pattern, term, year, month])
    for (pattern, term, year), value in totals.items():
        newest = max(months[year], key=lambda month: (month + 2) % 12)
        yield Figure(
            pattern=f"{pattern}-fy",
            term=term,
            period=Period(first=date(year - 1, 10, 1), last=_month_period(year, newest).last),
            value=_rounded(value),
            status="year-to-date" if year in to_date else "final",
            line=firsts[pattern, term, year],
        )


def _year(row: SourceRow) -> int:
    text = row["FY"].removesuffix(_TO_DATE)
    if not (len(text) == 4 and text.isdigit()):
        raise row.problem(f"FY is “{row['FY'][:40]}”", "A fiscal year is expected, with “(FYTD)” while it runs")
    return int(text)


def _month(row: SourceRow) -> int:
    month = MONTHS.get(row["Month (abbv)"].upper())
    if month is None:
        raise row.problem(f"Month is “{row['Month (abbv)'][:40]}”", "Three letters are expected, for example OCT")
    return month


def _month_period(fiscal_year: int, month: int) -> Period:
    return months_period(fiscal_year - 1 if month >= 10 else fiscal_year, month)


def _rounded(value: Decimal) -> Decimal:
    rounded = value.quantize(_PLACES)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()


_COLUMNS = ("FY", "Month (abbv)", "Component", "Region", "Land Filter")
_COUNTS = ("Drug Type", "Count of Event", "Sum Qty (lbs)")

NATIONWIDE = Format(
    name="CBP nationwide drug seizures",
    dataset="cbp-nationwide",
    columns=(*_COLUMNS, "Area of Responsibility", *_COUNTS),
    read=_read,
    sparse=True,
)
AMO = Format(
    name="CBP Air and Marine Operations drug seizures",
    dataset="cbp-amo",
    columns=(*_COLUMNS, "Branch", *_COUNTS),
    read=_read,
    sparse=True,
)
