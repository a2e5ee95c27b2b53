"""A laboratory's name is never joined with a negative of the law part."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from drugcontrol.situation import load_figures

SOURCES = Path(__file__).parents[2] / "src" / "drugcontrol"
FIGURES = [
    *(SOURCES / "situation" / "formats").glob("**/*.py"),
    *(SOURCES / "situation" / name for name in ("known.py", "model.py", "store.py", "importing.py", "rows.py")),
    *(SOURCES / "report" / name for name in ("figures.py", "figure_values.py", "chart.py")),
    SOURCES / "cli" / "figures.py",
]
CONTROL = {"controlled", "not_listed", "jurisdiction", "listing", "verdict", "schedule"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_what_handles_figures_has_no_door_to_check_or_to_names_of_the_law(path: Path) -> None:
    barred = ("drugcontrol.check", "drugcontrol.law.lookup", "drugcontrol.law.names", "drugcontrol.chem")
    parts_of_a_question = "drugcontrol.check.question"  # days, places and families as people write them: no answer
    doors = [name for name in imported(path) if name.startswith(barred)]
    assert [name for name in doors if not name.startswith(parts_of_a_question)] == []


def test_a_laboratory_series_carries_its_caveat_and_no_word_of_control(tmp_path: Path) -> None:
    dataset = load_figures(own=tmp_path).datasets["dea-nflis"]
    said = " ".join(text["en"] for text in dataset.row.caveats)
    assert "says nothing on whether the substance is controlled" in said
    for series in dataset.series.values():
        assert series.pattern.indicator == "laboratory-reports"
        assert not CONTROL & set(" ".join(series.title.values()).casefold().split())
