"""Rows of every sort for long runs: registered structures and names, everyday ones, and such as cannot be read."""

import csv
from datetime import date
from pathlib import Path

import pytest

from drugcontrol.bulk import Plan
from drugcontrol.bulk import parts as parts_module
from drugcontrol.bulk.source import Source
from drugcontrol.law import Law
from drugcontrol.screen import prefilter
from drugcontrol.screen.run import Columns, Settings

DAY = date(2026, 9, 1)
FINDINGS = frozenset({"controlled", "review", "error"})
EVERYTHING = FINDINGS | {"not_listed", "not_held"}
BLOCK, PART = 16, 40


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and parts of few rows, so that a short file has many."""
    monkeypatch.setattr(prefilter, "ROWS", BLOCK)
    monkeypatch.setattr(parts_module, "ROWS", PART)


@pytest.fixture(scope="session")
def rows(law: Law) -> list[tuple[str, str, str]]:
    """Structure, name and CAS number of 150 rows, in no order."""
    drawn = [row.structure.smiles for row in law.substances.values() if row.structure][::25]
    texts = [*drawn, "CCO", "CC(=O", "", "OC(=O)c1ccccc1", "c1ccccc1", "  CCN  "] * 3
    names = ["", "fentanyl", "", "no such name", "fentanyl citrate", " "]
    numbers = ["", "437-38-7", "437-38-8", ""]
    return [(text, names[line % 6], numbers[line % 7 % 4]) for line, text in enumerate(texts)][:150]


@pytest.fixture
def catalogue(tmp_path: Path, rows: list[tuple[str, str, str]]) -> Path:
    path = tmp_path / "catalogue.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("smiles", "name", "cas"), *rows])
    return path


def plan_for(source: Source, wanted: frozenset[str] = FINDINGS, places: tuple[str, ...] = ("CN", "US")) -> Plan:
    settings = Settings(places, DAY, screened_on=DAY)
    return Plan(source.columns, settings, wanted, source.asked)


def source_of(path: Path, columns: Columns | None = None) -> Source:
    return Source(path, columns or Columns())
