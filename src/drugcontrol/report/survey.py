"""Comparisons, changes and first controls for a terminal, and as plain values for JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.check import NOTICE
from drugcontrol.check.change import Changed
from drugcontrol.check.compare import Comparison, Held, Side
from drugcontrol.check.verdict import Finding
from drugcontrol.law.first import ClassControl, Reading
from drugcontrol.report.words import Words


def print_comparison(comparison: Comparison, words: Words, console: Console) -> None:
    """Print counts, class rules and gaps of both places, then the substances that only one or both control."""
    family = comparison.family or words("word", "all_families")
    console.print(Text(words("survey", "title", family=family, date=comparison.day.isoformat()), style="bold"))
    for side in (comparison.first, comparison.second):
        for line in _side(side, words):
            console.print(Text(line), soft_wrap=True)
    groups = (
        ("only", comparison.first.place, comparison.only_first()),
        ("only", comparison.second.place, comparison.only_second()),
        ("both", "", comparison.both()),
    )
    for key, place, held in groups:
        console.print(Text(f"\n{words('survey', key, place=place)}: {len(held)}", style="bold"))
        if held:
            console.print(_held(comparison, held, words))
    console.print(Text(words.text(NOTICE), style="italic"))


def print_changes(changed: Sequence[Changed], words: Words, console: Console) -> None:
    """Print what became controlled, what ceased, what moved, what is to be reviewed, by place."""
    if not changed:
        console.print(words("word", "no_change"))
    else:
        table = _table(words, ("jurisdiction", "substance", "status", "before", "after", "acts"))
        for row in changed:
            acts = dict.fromkeys(act for finding in row.after for act in finding.provisions)
            cells = [row.place, row.substance.name, words("became", row.became), *_both(row, words), "; ".join(acts)]
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    console.print(Text(words.text(NOTICE), style="italic"))


def print_first(family: str, found: Mapping[Reading, Sequence[ClassControl]], words: Words, console: Console) -> None:
    """Print who controlled a family as a class first, under each reading."""
    for reading, controls in found.items():
        console.print(Text(words("reading", reading, family=family), style="bold"))
        if not controls:
            console.print(f"  {words('survey', 'none')}")
        for number, control in enumerate(controls, start=1):
            text = control.text
            place = f"{number}. {control.place}  {words.span(_first(control), _last(control))}"
            console.print(Text(f"  {place}  {words.text(text.row.title)} [{text.id}]"), soft_wrap=True)
    console.print(Text(words("survey", "first_note"), style="dim"), soft_wrap=True)
    console.print(Text(words.text(NOTICE), style="italic"), soft_wrap=True)


def comparison_row(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as plain values."""
    return {
        "as_of": comparison.day.isoformat(),
        "family": comparison.family or "",
        "sides": [
            {
                "jurisdiction": side.place,
                "controlled": side.controlled,
                "at_least": not side.complete,
                "named": side.named,
                "by_class": side.by_class,
                "review": side.review,
                "class_rules": [text.id for text in side.rules],
                "gaps": list(side.gaps),
            }
            for side in (comparison.first, comparison.second)
        ],
        "only_first": [row.substance.id for row in comparison.only_first()],
        "only_second": [row.substance.id for row in comparison.only_second()],
        "both": [row.substance.id for row in comparison.both()],
        "notice": NOTICE,
    }


def change_row(row: Changed) -> dict[str, Any]:
    """Give a change as plain values."""
    return {
        "jurisdiction": row.place,
        "substance": row.substance.id,
        "became": row.became,
        "before": [finding.listing for finding in row.before],
        "after": [finding.listing for finding in row.after],
        "acts": list(dict.fromkeys(act for finding in row.after for act in finding.provisions)),
    }


def first_row(controls: Iterable[ClassControl]) -> list[dict[str, Any]]:
    """Give the first controls of one reading as plain values."""
    return [
        {
            "jurisdiction": control.place,
            "from": _first(control),
            "until": _last(control),
            "rule": control.text.rule.id,
            "text": control.text.id,
            "form": control.text.rule.form,
            "term": control.text.row.term,
            "known": control.text.row.known,
        }
        for control in controls
    ]


def _first(control: ClassControl) -> str:
    return control.period.first.text


def _last(control: ClassControl) -> str:
    return control.period.last.text if control.period.last else ""


def _side(side: Side, words: Words) -> Iterator[str]:
    count = str(side.controlled) if side.complete else words("survey", "at_least", count=str(side.controlled))
    numbers = {"named": str(side.named), "by_class": str(side.by_class), "review": str(side.review)}
    yield words("survey", "side", place=side.place, count=count, **numbers)
    for text in side.rules:
        yield f"  {words('survey', 'class_on_top')}: {words.text(text.row.title)} [{text.id}]"
    for gap in side.gaps:
        yield f"  {words('word', 'missing')}: {words.text(gap)}"


def _held(comparison: Comparison, held: Sequence[Held], words: Words) -> Table:
    table = _table(words, ("substance",))
    for place in (comparison.first.place, comparison.second.place):
        table.add_column(place)
    for row in sorted(held, key=lambda row: row.substance.name.casefold()):
        cells = [row.substance.name, *(_where(finding, words) for finding in (row.first, row.second))]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _where(finding: Finding | None, words: Words) -> str:
    return f"{words.text(finding.schedule_name)} {finding.item}".strip() if finding else ""


def _both(row: Changed, words: Words) -> Iterator[str]:
    for findings in (row.before, row.after):
        yield "; ".join(dict.fromkeys(_where(finding, words) for finding in findings))


def _table(words: Words, headings: Iterable[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(words("heading", heading))
    return table
