"""A publisher's file as rows with their lines, and reading its cells with errors that name file, line and cure."""

import calendar
import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from drugcontrol.errors import DataError, Problem, ReadError
from drugcontrol.situation.model import Period

MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
_LARGEST = 200_000_000


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A row of a file; a cell that is asked for and cannot be read is an error with its line."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, what: str, cure: str) -> DataError:
        """Describe what does not fit in this row."""
        return DataError([Problem(str(self.path), self.line, what, cure)])

    def number(self, column: str) -> Decimal:
        """Read a number that must be there; thousands may be parted by commas.

        Raises
        ------
        DataError
            When the cell is empty, no number, or below zero.
        """
        value = self.optional_number(column)
        if value is None:
            raise self.problem(f"{column} is empty", "Compare the row with the publisher's file")
        return value

    def optional_number(self, column: str) -> Decimal | None:
        """Read a number; None where the cell is empty."""
        text = self.cells[column].strip().replace(",", "")
        if not text:
            return None
        try:
            value = Decimal(text)
            if not value.is_finite() or value < 0:
                raise InvalidOperation
        except InvalidOperation:
            cure = "Numbers of zero or more are expected; compare the row with the publisher's file"
            raise self.problem(f"{column} is “{self.cells[column][:40]}”, no count", cure) from None
        return value

    def year(self, column: str) -> int:
        """Read a year."""
        text = self.cells[column].strip()
        if not (len(text) == 4 and text.isdigit() and text > "1900"):
            raise self.problem(f"{column} is “{text[:40]}”, no year", "Four digits are expected")
        return int(text)


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file that was read whole.

    Attributes
    ----------
    unequal : tuple of Problem
        Rows with more or fewer cells than the header; they are not among `rows`.
    footer : tuple of str
        Lines after the table, where a publisher prints notes there.
    """

    path: Path
    sha256: str
    header: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    unequal: tuple[Problem, ...]
    footer: tuple[str, ...]


def read_source(path: Path, delimiter: str) -> SourceFile:
    """Read a file of cells; columns without a name are left out, and the table ends at a row ``---``.

    Raises
    ------
    ReadError
        When it cannot be opened, is no text, or is far larger than any such file.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(f"{path} is larger than 200 MB.", "Give the publisher's own file.")
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except UnicodeDecodeError:
        hint = "Take the CSV that the publisher offers, not the workbook."
        raise ReadError(f"{path} is no UTF-8 text.", hint) from None
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=delimiter)
    header = tuple(cell.strip() for cell in next(reader, []))
    rows: list[SourceRow] = []
    unequal: list[Problem] = []
    footer: tuple[str, ...] = ()
    for cells in reader:
        if cells and cells[0].strip() == "---":
            footer = tuple(line.strip().strip('"') for line in lines[reader.line_num :])
            break
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) or len(cells) < len([name for name in header if name]):
            cure = "Quote cells that hold the separator; compare the row with the publisher's file"
            what = f"{len(cells)} cells, {len(header)} are expected"
            unequal.append(Problem(str(path), reader.line_num, what, cure))
            continue
        named = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        rows.append(SourceRow(path=path, line=reader.line_num, cells=named))
    return SourceFile(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        header=tuple(name for name in header if name),
        rows=tuple(rows),
        unequal=tuple(unequal),
        footer=footer,
    )


def year_period(year: int) -> Period:
    """Give a calendar year."""
    return Period(first=date(year, 1, 1), last=date(year, 12, 31))


def months_period(year: int, month: int, months: int = 1) -> Period:
    """Give the months that end with a month."""
    start = year * 12 + month - months
    last = date(year, month, calendar.monthrange(year, month)[1])
    return Period(first=date(start // 12, start % 12 + 1, 1), last=last)


def grouped(rows: Sequence[SourceRow], column: str) -> dict[str, list[SourceRow]]:
    """Group rows by a column, in the order in which its values appear."""
    found: dict[str, list[SourceRow]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
