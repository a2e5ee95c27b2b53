"""Two places side by side, for a terminal and as plain values for JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.check import NOTICE
from drugcontrol.check.compare import Comparison, Pair, Side, governing
from drugcontrol.check.verdict import Verdict
from drugcontrol.report.tables import plain_table, split_count, where
from drugcontrol.report.words import Words


def print_comparison(comparison: Comparison, edition: str, words: Words, console: Console) -> None:
    """Print counts, class rules and gaps of both places, then the substances that one or both control."""
    family = words("family", comparison.family) if comparison.family else words("word", "all_families")
    title = words("survey", "title", family=family, date=comparison.day.isoformat())
    console.print(Text(f"{title} · {words('word', 'edition', edition=edition)}", style="bold"), soft_wrap=True)
    for side in (comparison.first, comparison.second):
        for line in side_lines(side, words):
            console.print(Text(line), soft_wrap=True)
    for heading, pairs in pair_groups(comparison, words):
        console.print(Text(f"\n{heading}", style="bold"), soft_wrap=True)
        if pairs:
            console.print(_pairs(comparison, pairs, words))
    console.print(Text(f"\n{words.text(NOTICE)}", style="italic"), soft_wrap=True)


def comparison_row(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as plain values."""
    return {
        "as_of": comparison.day.isoformat(),
        "family": comparison.family or "",
        "sides": [_side_row(side) for side in (comparison.first, comparison.second)],
        "only_first": [_pair_row(pair) for pair in comparison.only_first],
        "only_second": [_pair_row(pair) for pair in comparison.only_second],
        "both": [_pair_row(pair) for pair in comparison.both],
        "review": [_pair_row(pair) for pair in comparison.review],
        "notice": NOTICE,
    }


def _side_row(side: Side) -> dict[str, Any]:
    return {
        "jurisdiction": side.place,
        "controlled": side.controlled,
        "at_least": not side.complete,
        "named": side.named,
        "by_class": side.by_class,
        "review": side.review,
        "pending": side.pending,
        "lists": [
            {
                "instrument": row.instrument,
                "schedule": row.schedule,
                "name": row.name,
                "kind": row.kind,
                "basis": "class" if row.by_class else "listing",
                "count": row.count,
            }
            for row in side.lists
        ],
        "class_rules": [text.id for text in side.rules],
        "gaps": list(side.gaps),
    }


def _pair_row(pair: Pair) -> dict[str, Any]:
    return {
        "substance": pair.substance.id,
        "first": _answer_row(pair.first),
        "second": _answer_row(pair.second),
    }


def comparison_values(comparison: Comparison) -> list[dict[str, str]]:
    """Give every substance that one place or both control, or may, as flat texts for CSV."""
    groups = (
        (f"only_{comparison.first.place}", comparison.only_first),
        (f"only_{comparison.second.place}", comparison.only_second),
        ("both", comparison.both),
        ("review", comparison.review),
    )
    return [
        {"controlled_in": group, "substance": pair.substance.id, "name": pair.substance.name}
        | {f"{comparison.first.place}_{key}": value for key, value in _answer_row(pair.first).items()}
        | {f"{comparison.second.place}_{key}": value for key, value in _answer_row(pair.second).items()}
        for group, pairs in groups
        for pair in pairs
    ]


def _answer_row(verdict: Verdict) -> dict[str, str]:
    finding = verdict.findings[0] if verdict.findings else None
    return {
        "status": verdict.shown_status,
        "basis": finding.basis if finding else "",
        "instrument": finding.instrument if finding else "",
        "schedule": finding.schedule if finding else "",
        "listing": finding.listing if finding else "",
        "question": finding.question if finding else "",
    }


def side_lines(side: Side, words: Words) -> Iterator[str]:
    """Say what a place controls: counts, lists, class rules on top, what is missing."""
    count = _bounded(str(side.controlled), side.complete, words)
    numbers = {"named": str(side.named), "by_class": str(side.by_class), "review": str(side.review)}
    yield words("survey", "side", place=side.place, count=count, **numbers)
    for row in side.lists:
        label = f"{words('word', 'class_rule')}: " if row.by_class else ""
        yield f"  {row.count:>4}  {label}{words.text(row.name)} · {words('kind', row.kind)}"
    if side.pending:
        yield f"  {words('survey', 'pending', count=str(side.pending))}"
    for text in side.rules:
        yield f"  {words('survey', 'class_on_top')}: {words.text(text.row.title)} [{text.id}]"
    for gap in side.gaps:
        yield f"  {words('word', 'missing')}: {words.text(gap)}"


def pair_groups(comparison: Comparison, words: Words) -> Iterator[tuple[str, list[Pair]]]:
    """Give what one place controls and the other not, what both do, and what is under review, each with its heading."""
    one, other = comparison.first, comparison.second
    taken_in = [_by_class(pair.first) for pair in comparison.only_first]
    yield _only(one, other, split_count(taken_in, words), words), comparison.only_first
    taken_in = [_by_class(pair.second) for pair in comparison.only_second]
    yield _only(other, one, split_count(taken_in, words), words), comparison.only_second
    both = _bounded(str(len(comparison.both)), one.complete and other.complete, words)
    yield words("survey", "both", count=both), comparison.both
    if comparison.review:
        yield words("survey", "review", count=str(len(comparison.review))), comparison.review


def _only(side: Side, other: Side, count: str, words: Words) -> str:
    """Head what one place controls; where the other is held in part its silence is no "no", and nothing is bounded."""
    if not other.complete:
        return words("survey", "only_so_far", place=side.place, other=other.place, count=count)
    return words("survey", "only", place=side.place, other=other.place, count=_bounded(count, side.complete, words))


def _bounded(count: str, complete: bool, words: Words) -> str:
    return count if complete else words("survey", "at_least", count=count)


def _by_class(verdict: Verdict) -> bool:
    finding = governing(verdict)
    return finding is not None and finding.basis == "class"


def _pairs(comparison: Comparison, pairs: Sequence[Pair], words: Words) -> Table:
    table = plain_table([words("heading", "substance"), comparison.first.place, comparison.second.place])
    for pair in sorted(pairs, key=lambda pair: pair.substance.name.casefold()):
        cells = [pair.substance.name, *(answer_text(verdict, words) for verdict in (pair.first, pair.second))]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def answer_text(verdict: Verdict, words: Words) -> str:
    """Say in a few words where a place has a substance."""
    if finding := governing(verdict):
        return where(finding, words)
    if verdict.pending and not verdict.findings:
        to_come = verdict.pending[0]
        return f"{words.status(verdict)}; {words('word', 'pending')}: {where(to_come, words)}, {to_come.since}"
    if verdict.status == "review":
        return f"{words.status(verdict)}: {where(verdict.findings[0], words)}"
    return words.status(verdict)
