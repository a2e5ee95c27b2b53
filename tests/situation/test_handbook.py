"""The handbook names every key, dataset and form of file."""

from pathlib import Path

import pytest

from drugcontrol.situation import Figures
from drugcontrol.situation.rows import DatasetRow, DefinitionRow, PatternRow, TermRow
from drugcontrol.situation.tables import schema

HANDBOOK = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [DatasetRow, PatternRow, TermRow, DefinitionRow])
def test_every_key_of_a_dataset_is_explained(row: type) -> None:
    missing = [name for name in row.__struct_fields__ if f"`{name}`" not in HANDBOOK]  # type: ignore[attr-defined]
    assert missing == []


def test_every_dataset_is_listed(figures: Figures) -> None:
    assert [name for name in figures.datasets if f"`{name}`" not in HANDBOOK] == []


def test_every_state_of_an_observation_is_named() -> None:
    status = next(field for field in schema("observations")["fields"] if field["name"] == "status")
    assert [value for value in status["constraints"]["enum"] if f"`{value}`" not in HANDBOOK] == []
