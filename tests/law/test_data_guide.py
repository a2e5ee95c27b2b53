"""The data handbook explains every key of a class rule and every word that a rule may use."""

import re
from pathlib import Path

import pytest

from drugcontrol.chem.groups import vocabulary
from drugcontrol.law.rows import (
    ChangeRow,
    ClassRuleRow,
    ClauseRow,
    DrawnRow,
    PortionRow,
    Row,
    RuleTextRow,
    RulingRow,
)

GUIDE = (Path(__file__).parents[2] / "docs/data-guide.md").read_text(encoding="utf-8")
SECTION = GUIDE[GUIDE.index("## Class rules") : GUIDE.index("## Cases")]
IN_CODE = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", SECTION, flags=re.DOTALL)))


@pytest.mark.parametrize("row", [ClassRuleRow, RuleTextRow, PortionRow, ChangeRow, ClauseRow, RulingRow, DrawnRow])
def test_every_key_is_explained(row: type[Row]) -> None:
    assert set(row.__struct_encode_fields__) <= IN_CODE


def test_every_word_of_the_vocabulary_is_explained() -> None:
    assert set(vocabulary()) <= IN_CODE


def test_every_way_of_change_is_explained() -> None:
    assert {"carries", "replaced", "ring replaced", "element"} <= IN_CODE
