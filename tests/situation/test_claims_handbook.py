"""The handbook of claims names every key, test, value and outcome."""

from pathlib import Path
from typing import get_args

import pytest

from drugcontrol.law.first import Reading
from drugcontrol.situation.claims import Outcome
from drugcontrol.situation.claims.rows import AnyTest, ClaimKind, ClaimRow, ClaimSource, ReadingRow, StatementRow

HANDBOOK = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [StatementRow, ClaimSource, ClaimRow, ReadingRow])
def test_every_key_is_explained(row: type) -> None:
    assert [name for name in row.__struct_fields__ if f"`{name}`" not in HANDBOOK] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("test", get_args(AnyTest))
def test_every_test_stands_in_the_vocabulary_with_its_values(test: type) -> None:
    tag = test.__struct_config__.tag  # type: ignore[attr-defined]
    line = next(line for line in HANDBOOK.splitlines() if line.startswith(f"| `{tag}` ("))
    assert [name for name in test.__struct_fields__ if f"`{name}`" not in line] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("closed", [Outcome, ClaimKind, Reading])
def test_every_word_of_a_closed_list_is_named(closed: object) -> None:
    assert [word for word in get_args(closed) if f"`{word}`" not in HANDBOOK] == []
