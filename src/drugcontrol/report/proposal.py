"""The differences between an official text and the data, in words."""

from collections.abc import Sequence
from typing import get_args

from rich.console import Console
from rich.text import Text

from drugcontrol.law.official import Change, OfficialFile
from drugcontrol.law.official.compare import Kind
from drugcontrol.report.words import Words


def print_proposal(file: OfficialFile, changes: Sequence[Change], words: Words, console: Console) -> None:
    """Print what differs, each with what the text says and what is held, as comments before the YAML."""
    counts = {kind: sum(item.kind == kind for item in changes) for kind in get_args(Kind)}
    params = {key: str(value) for key, value in counts.items()}
    summary = words("propose", "summary", entries=str(len(file.rows)), day=file.text_of.isoformat(), **params)
    console.print(Text(f"# {file.format}. {file.title}"), soft_wrap=True)
    console.print(Text(f"# {summary}"), soft_wrap=True)
    for item in changes:
        console.print(Text(f"# {_line(item, words)}"), soft_wrap=True)


def _line(item: Change, words: Words) -> str:
    row, listing = item.row, item.listing
    heading = row.schedule if row else item.schedules[0].official if item.schedules else ""
    return words(
        "propose",
        item.reason,
        place=" ".join(filter(None, (heading, row.item if row else listing.row.item if listing else ""))),
        printed=row.printed if row else item.apart.printed if item.apart else listing.substance.name if listing else "",
        held=listing.id if listing else "",
        held_item=listing.row.item if listing else "",
        held_since=listing.chain[0].effective.text if listing else "",
        since=str(row.since or "") if row else "",
        until=str(row.until or "") if row else "",
    )
