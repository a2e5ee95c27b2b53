"""Flat rows as CSV: one way for the command line and the pages."""

import csv
import io
from collections.abc import Mapping, Sequence

from drugcontrol.screen.formulas import harmless


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Write flat rows as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe in front.

    Parameters
    ----------
    rows
        All with the keys of the first, which are the header; none gives an empty text.
    """
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue()
