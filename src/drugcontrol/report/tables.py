"""What tables over registered substances share: their look, and where a substance stands in a few words."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from drugcontrol.check.verdict import Finding
from drugcontrol.report.words import Words


def plain_table(headings: Iterable[str]) -> Table:
    """Give a table without lines, its headings dim; a text without spaces, as in Chinese, goes on in the next line."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def where(finding: Finding, words: Words) -> str:
    """Say in which list something stands, and under which item; a class rule is named as such."""
    listed = f"{words.text(finding.schedule_name)} {finding.item}".strip()
    return listed if finding.basis == "listing" else f"{words('word', 'class_rule')}: {listed}"


def split_count(by_class: Sequence[bool], words: Words) -> str:
    """Count substances, apart by name and by class only; the bare number where all are named."""
    count, taken_in = len(by_class), sum(by_class)
    if not taken_in:
        return str(count)
    return words("survey", "split", count=str(count), named=str(count - taken_in), by_class=str(taken_in))
