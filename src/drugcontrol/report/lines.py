"""Breaking a text into lines of a width, in scripts with and without spaces."""

import re

from rich.cells import cell_len

_UNIT = re.compile(r"[（《「]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。；：、）》」]*\s*")
"""A Chinese letter or a word of another script, with the marks around it that stay on its line."""


def wrapped(text: str, cells: int) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    cells : int
        Width in terminal cells; a Chinese letter has two. A longer word stands on a line of its own.

    Examples
    --------
    >>> wrapped("one of A to E", 8)
    ['one of A', 'to E']
    >>> wrapped("另一酰基，或其盐", 8)
    ['另一酰', '基，或其', '盐']
    """
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and cell_len(lines[-1]) + cell_len(unit.rstrip()) > cells:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]
