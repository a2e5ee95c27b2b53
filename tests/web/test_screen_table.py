"""A page of a large result is what sorting and filtering all of it in memory gives."""

import random
import tracemalloc
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugcontrol.screen.columns import ANSWER_COLUMNS
from drugcontrol.screen.writers import ParquetWriter
from drugcontrol.web.jobs.table import FILTERS, PAGE_ROWS, SORTABLE, View, page

Rows = list[dict[str, str]]


def written(path: Path, count: int) -> Rows:
    chosen = random.Random(7)
    rows = []
    for number in range(count):
        row = dict.fromkeys(["name", *ANSWER_COLUMNS], "") | {"name": f"n{number}", "input_line": str(number // 3 + 2)}
        row["status"] = chosen.choice(["controlled", "review", "not_listed", "not_held", ""])
        row["error"] = "" if row["status"] else "unreadable"
        row["jurisdiction"] = chosen.choice(["UN", "CN", "US"]) if row["status"] else ""
        row["since"] = str(chosen.randint(1960, 2026))
        if row["status"] == "review" and chosen.random() < 0.5:
            row["decided_by"] = "x"
            row["decision"] = chosen.choice(["controlled", "not_controlled", ""])
        rows.append(row)
    with path.open("wb") as out:
        writer = ParquetWriter(out, ["name", *ANSWER_COLUMNS])
        for row in rows:
            writer.write(row)
        writer.close()
    return rows


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    path = tmp_path_factory.mktemp("table") / "result.parquet"
    return path, written(path, 9000)


def expected(rows: Rows, view: View) -> Rows:
    def wanted(row: dict[str, str]) -> bool:
        if view.place not in ("", row["jurisdiction"]):
            return False
        match view.show:
            case "":
                return True
            case "error":
                return bool(row["error"])
            case "open":
                return row["status"] == "review" and not row["decision"]
            case "decided":
                return bool(row["decision"])
            case "ended":
                return bool(row["decided_by"]) and not row["decision"]
            case status:
                return row["status"] == status

    kept = [row for row in rows if wanted(row)]
    if view.sort == "input_line":
        return kept[::-1] if view.falling else kept
    return (
        sorted(kept, key=lambda row: row[view.sort], reverse=view.falling)
        if not view.falling
        else [
            row
            for value in sorted({row[view.sort] for row in kept}, reverse=True)
            for row in kept
            if row[view.sort] == value
        ]
    )


@given(
    show=st.sampled_from(["", *FILTERS]),
    place=st.sampled_from(["", "US", "MX"]),
    sort=st.sampled_from(SORTABLE),
    falling=st.booleans(),
    number=st.integers(1, 200),
)
@settings(max_examples=150)
def test_each_page_is_that_of_the_whole_sorted_in_memory(
    small: tuple[Path, Rows], show: str, place: str, sort: str, falling: bool, number: int
) -> None:
    path, rows = small
    view = View(show, place, sort, falling, number)
    wanted = expected(rows, view)
    found = page(path, view)
    assert (found.found, found.pages) == (len(wanted), max(1, -(-len(wanted) // PAGE_ROWS)))
    assert found.number == min(number, found.pages)
    first = (found.number - 1) * PAGE_ROWS
    assert found.rows == wanted[first : first + PAGE_ROWS]


def test_a_page_of_a_hundred_thousand_rows_does_not_load_them(tmp_path: Path) -> None:
    path = tmp_path / "result.parquet"
    written(path, 100_000)
    assert parquet.read_metadata(path).num_row_groups > 20
    page(path, View())
    tracemalloc.start()
    shown = page(path, View("controlled", "US", "since", True, 50))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(shown.rows) == PAGE_ROWS
    assert peak < 5_000_000, "of Python; the columns that choose and order are Arrow's"
