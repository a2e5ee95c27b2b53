"""A page of a result: filtered and sorted by the columns that this needs; only the rows of the page are read whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Literal

import numpy
import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet

PAGE_ROWS = 50
_BATCH = 512

Filter = Literal["", "controlled", "review", "open", "decided", "ended", "error", "not_listed", "not_held"]
FILTERS: tuple[Filter, ...] = ("controlled", "review", "open", "decided", "ended", "error", "not_listed", "not_held")
SORTABLE = ("input_line", "jurisdiction", "status", "kind", "schedule", "since", "until", "decision")


@dataclass(frozen=True)
class View:
    """Which rows, in which order, which page.

    Attributes
    ----------
    show : str
        A status, ``error``, or of those to be reviewed: ``open``, ``decided``, ``ended``; empty for all.
    place : str
        Code of a place; empty for all.
    sort : str
        One of :data:`SORTABLE`.
    page : int
        Counted from 1.
    text : str
        Only rows of which one of the columns ``within`` holds this text; upper and lower case are alike.
    """

    show: Filter = ""
    place: str = ""
    sort: str = "input_line"
    falling: bool = False
    page: int = 1
    text: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """The rows of a page, and of how many; ``number`` is the page, the last one where a later one was asked for."""

    rows: list[dict[str, str]]
    found: int
    number: int
    pages: int


def page(path: Path, view: View) -> Page:
    """Give a page of a result in Parquet."""
    with parquet.ParquetFile(path, memory_map=True) as file:
        table = pyarrow.table({"row": numpy.arange(file.metadata.num_rows)})
        for name in _needed(view):
            table = table.append_column(name, file.read(columns=[name])[name])
        if view.text:
            table = table.append_column("holds", _holding(file, view))
        if view.show or view.place or view.text:
            table = table.filter(_wanted(table, view))
        found = table.num_rows
        pages = max(1, -(-found // PAGE_ROWS))
        number = min(max(1, view.page), pages)
        first = (number - 1) * PAGE_ROWS
        rows = _sorted(table, view)["row"].slice(first, PAGE_ROWS).to_pylist()
        return Page(_read(file, rows), found, number, pages)


def of_line(path: Path, line: str) -> list[dict[str, str]]:
    """Give the rows of a result in Parquet that answer one line of the file, a row for each place."""
    with parquet.ParquetFile(path, memory_map=True) as file:
        lines = file.read(columns=["input_line"])["input_line"]
        found = numpy.flatnonzero(compute.equal(lines, line).to_numpy(zero_copy_only=False))
        return _read(file, [int(row) for row in found])


def _needed(view: View) -> list[str]:
    """Name the columns by which rows are chosen and ordered."""
    filtering: dict[str, tuple[str, ...]] = {
        "": (),
        "error": ("error",),
        "open": ("status", "decision"),
        "decided": ("decision",),
        "ended": ("decision", "decided_by"),
    }
    names = [*filtering.get(view.show, ("status",))]
    if view.place:
        names.append("jurisdiction")
    if view.sort != "input_line":
        names.append(view.sort)
    return list(dict.fromkeys(names))


def _wanted(table: Any, view: View) -> Any:
    """Say of each row whether it is asked for."""
    match view.show:
        case "":
            asked = []
        case "error":
            asked = [compute.not_equal(table["error"], "")]
        case "open":
            asked = [compute.equal(table["status"], "review"), compute.equal(table["decision"], "")]
        case "decided":
            asked = [compute.not_equal(table["decision"], "")]
        case "ended":
            asked = [compute.equal(table["decision"], ""), compute.not_equal(table["decided_by"], "")]
        case status:
            asked = [compute.equal(table["status"], status)]
    if view.place:
        asked.append(compute.equal(table["jurisdiction"], view.place))
    if view.text:
        asked.append(table["holds"])
    return reduce(compute.and_, asked)


def _holding(file: Any, view: View) -> Any:
    """Say of each row whether it holds the text that is looked for, batch by batch: the cells may be long."""
    found = [
        reduce(compute.or_, (compute.match_substring(cells, view.text, ignore_case=True) for cells in batch.columns))
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(view.within))
    ]
    return pyarrow.chunked_array(found, pyarrow.bool_())


def _sorted(table: Any, view: View) -> Any:
    order = "descending" if view.falling else "ascending"
    if view.sort == "input_line":  # rows stand in the order of the file
        return table.take(numpy.arange(table.num_rows)[::-1]) if view.falling else table
    return table.sort_by([(view.sort, order), ("row", "ascending")])


def _read(file: Any, rows: list[int]) -> list[dict[str, str]]:
    """Read rows by their numbers, from the row groups that hold them."""
    found: dict[int, dict[str, str]] = {}
    for first, group, last in _groups(file):
        inside = {row for row in rows if first <= row < last}
        batches = file.iter_batches(batch_size=_BATCH, row_groups=[group]) if inside else ()
        for batch in batches:
            here = sorted(row for row in inside if first <= row < first + batch.num_rows)
            if here:
                taken = batch.take(pyarrow.array([row - first for row in here]))
                found.update(zip(here, taken.to_pylist(), strict=True))
                inside.difference_update(here)
            if not inside:
                break
            first += batch.num_rows
    return [found[row] for row in rows]


def _groups(file: Any) -> Iterator[tuple[int, int, int]]:
    first = 0
    for group in range(file.metadata.num_row_groups):
        last = first + file.metadata.row_group(group).num_rows
        yield first, group, last
        first = last
