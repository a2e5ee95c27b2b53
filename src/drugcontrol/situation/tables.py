"""CSV tables under a Frictionless Table Schema: the same contract for this reader, for tests and for other tools.

References
----------
Table Schema, https://specs.frictionlessdata.io/table-schema/
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Literal

from drugcontrol.errors import DataError, Problem, ReadError

Name = Literal["observations", "releases", "terms"]
Cell = str | date | Decimal | None

_SCHEMAS = Path(__file__).resolve().parent.parent / "data" / "figures"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table, with the line on which it stands."""

    number: int
    cells: Mapping[str, Cell]


@cache
def schema(name: Name) -> Mapping[str, Any]:
    """Give the Table Schema of one of the three tables of a dataset."""
    content: Mapping[str, Any] = json.loads((_SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return content


def read_table(path: Path, name: Name) -> list[Line]:
    """Read a table and hold it to its schema.

    Raises
    ------
    DataError
        With every cell that does not fit: file, line, what, cure.
    ReadError
        When the file cannot be opened.
    """
    fields: Sequence[Mapping[str, Any]] = schema(name)["fields"]
    names = [field["name"] for field in fields]
    problems: list[Problem] = []
    lines: list[Line] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if header != names:
                cure = f"The header is: {','.join(names)}"
                raise DataError([Problem(str(path), 1, f"The header is “{','.join(header)}”", cure)])
            for cells in reader:
                number = reader.line_num
                if len(cells) != len(names):
                    cure = "Quote cells that hold a comma"
                    problems.append(Problem(str(path), number, f"{len(cells)} cells, {len(names)} are expected", cure))
                    continue
                values: dict[str, Cell] = {}
                for field, text in zip(fields, cells, strict=True):
                    try:
                        values[field["name"]] = _value(field, text)
                    except ValueError as error:
                        what, cure = error.args
                        problems.append(Problem(str(path), number, f"{field['name']}: {what}", cure))
                lines.append(Line(number=number, cells=values))
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Each dataset needs this table.") from None
    except UnicodeDecodeError:
        raise DataError([Problem(str(path), 1, "The file is not UTF-8 text", "Save it as UTF-8")]) from None
    if problems:
        raise DataError(problems)
    return lines


def table_text(name: Name, rows: Iterable[Mapping[str, Cell]]) -> str:
    """Write rows as the CSV text of a table: always the same bytes for the same rows."""
    names = [field["name"] for field in schema(name)["fields"]]
    lines = [names, *([_text(row.get(key)) for key in names] for row in rows)]
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)


def _value(field: Mapping[str, Any], text: str) -> Cell:
    limits: Mapping[str, Any] = field.get("constraints", {})
    if not text:
        if limits.get("required"):
            raise ValueError("it is empty", "Every row needs it")
        return None if field["type"] in {"date", "number"} else ""
    if "enum" in limits and text not in limits["enum"]:
        raise ValueError(f"“{text}” is not one of the values", f"Write one of: {', '.join(limits['enum'])}")
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        raise ValueError(f"“{text}” has not the form", f"It must match {limits['pattern']}")
    match field["type"]:
        case "date":
            return _date(text)
        case "number":
            return _number(text, limits)
        case _:
            return text


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no day", "Write YYYY-MM-DD") from None


def _number(text: str, limits: Mapping[str, Any]) -> Decimal:
    try:
        value = Decimal(text)
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(f"“{text}” is no number", "Write digits, with a point before decimals") from None
    if "minimum" in limits and value < Decimal(str(limits["minimum"])):
        raise ValueError(f"{text} is below {limits['minimum']}", "Compare it with the publisher's file")
    if "maximum" in limits and value > Decimal(str(limits["maximum"])):
        raise ValueError(f"{text} is above {limits['maximum']}", "Compare it with the publisher's file")
    return value


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if any(mark in cell for mark in ',"\n\r') else cell
