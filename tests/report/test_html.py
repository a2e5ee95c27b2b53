"""The report of a screening as one page."""

from pathlib import Path

from tests.cli.test_commands import run


def test_a_row_in_which_nothing_was_found_has_no_drawing(tmp_path: Path) -> None:
    """Ethanol under the number of nothing: the row cannot be answered, and its structure is a negative."""
    rows, page = tmp_path / "rows.csv", tmp_path / "page.html"
    rows.write_text("smiles,cas\nCCO,67-64-2\nCC(C)=O,67-64-1\n", encoding="utf-8")
    done = run("screen", str(rows), "--in", "UN", "--date", "2023-04-06", "-o", str(page))
    assert done.returncode == 0, done.stderr
    first, second = page.read_text(encoding="utf-8").split("<article")[1:]
    assert "<svg" not in first
    assert "<svg" in second, "acetone, which the convention of 1988 lists"
