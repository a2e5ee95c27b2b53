"""``drugcontrol law propose``: an official file against the data held."""

from pathlib import Path
from typing import Any

import click
import msgspec

from drugcontrol.cli import options
from drugcontrol.law.official import Change, OfficialFile, compare, proposal, read_official
from drugcontrol.report.proposal import print_proposal
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
@options.language_option
@options.law_option
def propose(file: Path, as_json: bool, language: Language, edition: Path | None) -> None:
    """Compare the official FILE with the data, and propose what to change, as YAML with its citation.

    The format is recognised. Exit code 0: nothing differs; 1: something was added, removed, renamed or re-dated; 2: the
    file cannot be read.
    """
    law = options.open_law(edition)
    official = read_official(file)
    changes = compare(law, official)
    if as_json:
        content = _content(law.edition_name, official, changes)
        click.echo(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())
    else:
        print_proposal(official, changes, Words.of(language), options.console())
        click.echo(proposal(law, official, changes), nl=False)
    if changes:
        raise SystemExit(1)


def _content(edition: str, file: OfficialFile, changes: tuple[Change, ...]) -> dict[str, Any]:
    return {
        "edition": edition,
        "format": file.format,
        "title": file.title,
        "text_of": file.text_of.isoformat(),
        "entries": len(file.rows),
        "changes": [_change(item) for item in changes],
    }


def _change(item: Change) -> dict[str, Any]:
    row = item.row
    return {
        "kind": item.kind,
        "reason": item.reason,
        "heading": row.schedule if row else item.schedules[0].official if item.schedules else "",
        "item": row.item if row else item.listing.row.item if item.listing else "",
        "printed": row.printed if row else item.apart.printed if item.apart else "",
        "chemical": row.chemical if row else "",
        "since": row.since.isoformat() if row and row.since else "",
        "until": row.until.isoformat() if row and row.until else "",
        "act": row.act if row else "",
        "listing": item.listing.id if item.listing else "",
        "substances": [substance.id for substance in item.substances],
    }
