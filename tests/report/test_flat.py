"""Flat rows as CSV, as the command line prints them and the pages give them."""

import csv
import io

import pytest

from drugcontrol.report.flat import csv_text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@SUM(A1)", "-1+1", "\t=1", "'=1"])
def test_no_cell_is_a_formula_for_a_spreadsheet(cell: str) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_text([{"name": cell}])))
    assert row["name"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5.5", "acetone", 'a "b", c', "两\n行", ""])
def test_any_other_cell_comes_back_as_it_was(cell: str) -> None:
    rows = [{"name": cell, "other": "1"}, {"name": "x", "other": cell}]
    assert list(csv.DictReader(io.StringIO(csv_text(rows)))) == rows


def test_no_rows_are_an_empty_text() -> None:
    assert csv_text([]) == ""
