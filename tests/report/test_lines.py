import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from drugcontrol.report.lines import wrapped

TEXTS = st.text(alphabet="ab (1)，。（）另一酰基", max_size=60)


@given(TEXTS, st.integers(min_value=4, max_value=30))
def test_no_letter_is_lost_or_added(text: str, cells: int) -> None:
    assert "".join("".join(wrapped(text, cells)).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["acyl", "group", "另", "一"]), max_size=20), st.integers(min_value=6, max_value=30))
def test_no_line_is_wider_than_asked(parts: list[str], cells: int) -> None:
    assert all(cell_len(line) <= cells for line in wrapped(" ".join(parts), cells))


@pytest.mark.parametrize("cells", range(4, 20))
def test_no_line_begins_with_a_closing_mark(cells: int) -> None:
    lines = wrapped("已获豁免、列入其他附表，由司法部长（依法）管制的物质除外。", cells)
    assert not [line for line in lines if line[0] in "，。、）"]
    assert not [line for line in lines if line[-1] in "（"]
