"""What the registry could not settle, by name and reason."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.law import Law
from drugcontrol.law.unresolved import LACKS, Unresolved
from drugcontrol.report.words import Words


def print_unresolved(law: Law, rows: Sequence[Unresolved], words: Words, console: Console) -> None:
    """Print the rows in a table for each thing that is lacking, and how many structures are settled."""
    for lack in LACKS:
        group = [row for row in rows if row.lack == lack]
        if not group:
            continue
        console.print(Text(words("unresolved", lack, count=str(len(group))), style="bold"))
        table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
        table.add_column(words("heading", "substance"), overflow="fold")
        table.add_column(words("unresolved", "reason"), ratio=1, overflow="fold")
        table.add_column(words("unresolved", "named_in"), no_wrap=True)
        for row in group:
            table.add_row(*(Text(cell) for cell in _cells(row, words)))
        console.print(table)
    console.print(Text(_counted(law, words)))


def _cells(row: Unresolved, words: Words) -> Iterator[str]:
    yield row.substance.name
    yield _reason(row, words)
    yield " ".join(row.named_in)


def _reason(row: Unresolved, words: Words) -> str:
    if row.lack == "none":
        said = words("no_structure", row.substance.no_structure)
        # the note is written in English alone, and repeats the reason in more detail
        return f"{said} ({row.substance.note})" if row.substance.note and words.language == "en" else said
    said = words("unresolved", "witnesses", lists=_named(row.witnesses, words))
    if row.outvoted:
        said = words.sentences(said, words("unresolved", "outvoted", lists=_named(row.outvoted, words)))
    return said


def _named(lists: Iterable[str], words: Words) -> str:
    names = {"vocabulary": "DrugBank", "pubchem": "PubChem", "systematic": words("unresolved", "systematic")}
    return ", ".join(names.get(one, one) for one in lists)


def _counted(law: Law, words: Words) -> str:
    structures = [one.structure for one in law.substances.values() if one.structure is not None]
    full = sum(structure.grade == "full" for structure in structures)
    return words("unresolved", "counted", all=str(len(law.substances)), structures=str(len(structures)), full=str(full))


def unresolved_row(row: Unresolved, words: Words) -> dict[str, Any]:
    """Give a row for JSON."""
    return {
        "substance": row.substance.id,
        "name": row.substance.name,
        "cas": row.substance.cas,
        "lack": row.lack,
        "no_structure": row.substance.no_structure,
        "note": row.substance.note,
        "witnesses": row.witnesses,
        "outvoted": row.outvoted,
        "named_in": row.named_in,
        "reason": _reason(row, words),
    }
