"""What is held of the law, for a terminal: list by list, or one line a place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from drugcontrol.law import Law
from drugcontrol.law.model import STRONGEST_FIRST, CoveredInterval
from drugcontrol.law.rows import Known
from drugcontrol.report.tables import plain_table
from drugcontrol.report.words import Words


def print_coverage(law: Law, place: str, words: Words, console: Console) -> None:
    """Print what is held of the lists of a place: which text, which families, which days, how well known."""
    console.print(Text(f"{place}  {words.text(law.jurisdictions[place].name)}", style="bold"))
    table = plain_table([words("heading", "lists"), words("heading", "kind"), words("word", "held_for")])
    for heading in ("since", "until"):
        table.add_column(words("heading", heading), no_wrap=True)
    table.add_column(words("heading", "state"))
    table.add_column(words("word", "missing"), ratio=1, overflow="fold")
    groups = lawgivers(law, place)
    for interval in law.coverage:
        if interval.instrument.jurisdiction in groups:
            table.add_row(*_interval(interval, words))
    for row in law.jurisdictions[place].not_covered:
        why = _why(words.text(row.why), row.address)
        cells = (words.text(row.what), words("kind", row.kind), "", "", "", words("state", "none"), why)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    for text in law.rules:
        if text.instrument.jurisdiction in groups:
            console.print(Text(f"{words('word', 'class_rule')}: {words.text(text.row.title)} [{text.id}]"))
    known = [listing.row.known for listing in law.listings if listing.instrument.jurisdiction in groups]
    if known:
        console.print(Text(f"{words('heading', 'known')}: {_counted(known, words)}", style="dim"))


def lawgivers(law: Law, place: str) -> set[str]:
    """Name a place and the groups that it is or was a member of: whose instruments are law there."""
    return {place, *(membership.group for membership in law.jurisdictions[place].member_of)}


def coverage_rows(law: Law, place: str) -> dict[str, Any]:
    """Give what is held of a place as plain values: lists with their days, what is not held, how well it is known."""
    groups = lawgivers(law, place)
    known = Counter(listing.row.known for listing in law.listings if listing.instrument.jurisdiction in groups)
    return {
        "jurisdiction": place,
        "edition": law.edition_name,
        "languages": list(law.jurisdictions[place].languages),
        "lists": [
            {
                "instrument": interval.instrument.id,
                "schedule": interval.schedule.id,
                "kind": interval.schedule.kind,
                "name": interval.schedule.name,
                "families": list(interval.row.families),
                "from": interval.row.since,
                "to": interval.row.to,
                "state": interval.row.state,
                "missing": interval.row.missing,
            }
            for interval in law.coverage
            if interval.instrument.jurisdiction in groups
        ],
        "not_held": [
            {"kind": row.kind, "what": row.what, "why": row.why, "address": row.address}
            for row in law.jurisdictions[place].not_covered
        ],
        "class_rules": [text.id for text in law.rules if text.instrument.jurisdiction in groups],
        "known": {level: known[level] for level in STRONGEST_FIRST if known[level]},
    }


def coverage_values(law: Law, place: str) -> list[dict[str, str]]:
    """Give the lists of a place as flat texts, for CSV: those held with their days, then those that are not."""
    whole = coverage_rows(law, place)
    held = [
        {
            "jurisdiction": place,
            "instrument": row["instrument"],
            "schedule": row["schedule"],
            "name": row["name"]["en"],
            "kind": row["kind"],
            "families": ", ".join(row["families"]),
            "from": row["from"],
            "to": row["to"],
            "state": row["state"],
            "missing": row["missing"].get("en", ""),
        }
        for row in whole["lists"]
    ]
    empty = {"jurisdiction": place, "instrument": "", "schedule": "", "families": "", "from": "", "to": ""}
    missed = [
        {
            **empty,
            "name": row["what"]["en"],
            "kind": row["kind"],
            "state": "none",
            "missing": _why(row["why"].get("en", ""), row["address"]),
        }
        for row in whole["not_held"]
    ]
    return [*held, *missed]


def _why(reason: str, address: str) -> str:
    return " ".join(filter(None, (reason, address)))


def _interval(interval: CoveredInterval, words: Words) -> Iterator[Text]:
    families = interval.row.families
    yield Text(f"{words.text(interval.schedule.name)} [{interval.instrument.id}]")
    yield Text(words("kind", interval.schedule.kind))
    named = (words("family", family) for family in families if family != "all")
    yield Text(words("word", "all_families") if "all" in families else ", ".join(named))
    yield Text(interval.row.since)
    yield Text(interval.row.to)
    yield Text(words("state", interval.row.state))
    yield Text(words.text(interval.row.missing))


def print_summary(law: Law, places: Sequence[str], words: Words, console: Console) -> None:
    """Print one line a place: instruments, listings, class rules, how far the texts reach, how well known."""
    headings = ("jurisdiction", "instruments", "listings", "class_rules", "compared_to", "known")
    table = plain_table(words("heading", heading) for heading in headings)
    for place in places:
        table.add_row(*(Text(cell) for cell in _summary(law, place, words)))
    console.print(table)


def _summary(law: Law, place: str, words: Words) -> Iterator[str]:
    own = [row for row in law.instruments.values() if row.jurisdiction == place]
    listings = [listing for listing in law.listings if listing.instrument.jurisdiction == place]
    compared = [interval.to.isoformat() for interval in law.coverage if interval.instrument.jurisdiction == place]
    yield f"{place}  {words.text(law.jurisdictions[place].name)}"
    yield str(len(own))
    yield str(len(listings))
    yield str(sum(row.instrument in {instrument.id for instrument in own} for row in law.edition.rules))
    yield max(compared, default="")
    yield _counted((listing.row.known for listing in listings), words)


def _counted(known: Iterable[Known], words: Words) -> str:
    counts = Counter(known)
    return ", ".join(f"{words('known', level)} {counts[level]}" for level in STRONGEST_FIRST if counts[level])
