"""``drugcontrol law diff``: what changed in the data between two editions."""

from collections import Counter
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.text import Text

from drugcontrol.cli import options
from drugcontrol.law import Law
from drugcontrol.law.edition_diff import RowChange, edition_changes
from drugcontrol.law.load import load_law
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("edition1", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("edition2", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the rows that differ as JSON, before and after.")
@options.language_option
def diff(edition1: Path, edition2: Path | None, as_json: bool, language: Language) -> None:
    """Show which rows of the law were added, removed or changed from EDITION1 to EDITION2.

    Both are files written by "law export"; without EDITION2 the law that the package carries is compared. This compares
    what is written, not what was law: for that, see "drugcontrol diff".
    """
    earlier, later = load_law(edition1), load_law(edition2)
    changes = edition_changes(earlier.edition, later.edition)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(_content(earlier, later, changes)), indent=2).decode())
    else:
        _print(earlier, later, changes, Words.of(language), options.console())


def _content(earlier: Law, later: Law, changes: tuple[RowChange, ...]) -> dict[str, Any]:
    rows = [
        {"kind": item.kind, "group": item.group, "id": item.id, "before": item.before, "after": item.after}
        for item in changes
    ]
    return {"from": earlier.edition_name, "to": later.edition_name, "changes": rows}


def _print(earlier: Law, later: Law, changes: tuple[RowChange, ...], words: Words, console: Console) -> None:
    title = words("editions", "between", earlier=earlier.edition_name, later=later.edition_name)
    console.print(Text(title, style="bold"), soft_wrap=True)
    if not changes:
        console.print(f"  {words('editions', 'same')}")
    for (group, kind), count in Counter((item.group, item.kind) for item in changes).items():
        console.print(
            Text(f"  {words('editions', kind, rows=words('editions', group), count=str(count))}"), soft_wrap=True
        )
        for item in changes:
            if (item.group, item.kind) == (group, kind):
                keys = f"  ({', '.join(item.keys)})" if item.keys else ""
                console.print(Text(f"    {item.id}{keys}"), soft_wrap=True)
