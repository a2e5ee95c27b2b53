"""Cells that a spreadsheet would run as a formula, made harmless, and back."""

import re


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; a plain negative number stays.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-5"), harmless("acetone")
    ("'=1+1", '-5', 'acetone')
    """
    begins = cell.lstrip("'")
    no_number = begins[:1] == "-" and not re.fullmatch(r"-[\d.,]+", begins)
    runs = no_number or begins[:1] in {"=", "+", "@", "\t", "\r", "\n"}
    return f"'{cell}" if runs else cell


def unharmed(cell: str) -> str:
    """Give a cell as it was before :func:`harmless`.

    Examples
    --------
    >>> unharmed("'=1+1"), unharmed("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
