"""What changed between two days, for a terminal and as plain values for JSON."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, get_args

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from drugcontrol.check import NOTICE
from drugcontrol.check.change import Became, Changed, changes
from drugcontrol.check.survey import Survey
from drugcontrol.check.verdict import Finding
from drugcontrol.law import Law
from drugcontrol.law.coverage import held_whole
from drugcontrol.law.rows import Family
from drugcontrol.report.tables import plain_table, split_count, where
from drugcontrol.report.words import Words


def print_changes(
    changed: Iterable[Changed],
    days: tuple[date, date],
    places: Collection[str],
    in_part: Collection[str],
    words: Words,
    console: Console,
) -> None:
    """Print by place what became controlled, ceased, moved or is open now, under the acts that did it.

    Parameters
    ----------
    in_part : collection of str
        The places whose lists are not held whole on both days; what is printed of them is what is held.
    """
    rows = list(changed)
    for place in places:
        earlier, later = (day.isoformat() for day in days)
        title = words("survey", "between", place=place, earlier=earlier, later=later)
        console.print(Text(title, style="bold"), soft_wrap=True)
        own = [row for row in rows if row.place == place]
        if not own:
            console.print(f"  {words('word', 'no_change')}")
        for became in get_args(Became):
            _group(became, [row for row in own if row.became == became], words, console)
        if place in in_part:
            console.print(Text(f"  {words('survey', 'in_part', place=place)}", style="dim"), soft_wrap=True)
    console.print(Text(words.text(NOTICE), style="italic"), soft_wrap=True)


def not_held_whole(
    law: Law, days: tuple[date, date], places: Iterable[str], family: Family | None = None
) -> tuple[str, ...]:
    """Give the places whose lists are not held whole on both days: more may have changed there."""
    families = None if family is None else (family,)
    return tuple(place for place in places if not all(held_whole(law, place, day, families) for day in days))


def changes_answer(
    survey: Survey, days: tuple[date, date], places: Sequence[str], family: Family | None = None
) -> dict[str, Any]:
    """Give what changed between two days as plain values."""
    earlier, later = days
    in_part = not_held_whole(survey.checker.law, days, places, family)
    return {
        "edition": survey.checker.law.edition_name,
        "from": earlier.isoformat(),
        "to": later.isoformat(),
        "family": family or "",
        "places": [{"jurisdiction": place, "at_least": place in in_part} for place in places],
        "changes": [_change_row(row) for row in changes(survey, earlier, later, places, family)],
        "notice": NOTICE,
    }


def change_values(row: Changed) -> dict[str, str]:
    """Give a change as flat texts, for CSV."""
    return {
        "jurisdiction": row.place,
        "substance": row.substance.id,
        "name": row.substance.name,
        "became": row.became,
        "by_class": "yes" if row.by_class else "no",
        "was": row.was,
        "now": row.now,
        "before": _listings(row.before),
        "after": _listings(row.after),
        "acts": "; ".join(row.acts),
    }


def _listings(findings: Iterable[Finding]) -> str:
    return "; ".join(f"{item.instrument} {item.schedule} from {item.since}" for item in findings)


def _change_row(row: Changed) -> dict[str, Any]:
    return {
        "jurisdiction": row.place,
        "substance": row.substance.id,
        "became": row.became,
        "by_class": row.by_class,
        "was": row.was,
        "now": row.now,
        "before": [_finding_row(finding) for finding in row.before],
        "after": [_finding_row(finding) for finding in row.after],
        "acts": list(row.acts),
    }


def _group(became: Became, rows: Sequence[Changed], words: Words, console: Console) -> None:
    if not rows:
        return
    count = split_count([row.by_class for row in rows], words)
    console.print(Text(f"  {words('became', became)}: {count}"), soft_wrap=True)
    for acts in dict.fromkeys(row.acts for row in rows):
        by = f"{words('word', 'by')} {'; '.join(acts)}" if acts else words("survey", "no_act")
        console.print(Text(f"    {by}", style="dim"), soft_wrap=True)
        table = plain_table([words("heading", heading) for heading in ("substance", "before", "after")])
        for row in sorted((row for row in rows if row.acts == acts), key=lambda row: row.substance.name.casefold()):
            cells = (row.substance.name, held_text(row.before, words), held_text(row.after, words))
            table.add_row(*(Text(cell) for cell in cells))
        console.print(Padding(table, (0, 0, 0, 6)))


def held_text(findings: Iterable[Finding], words: Words) -> str:
    """Say where a substance stood, and since when."""
    return "; ".join(dict.fromkeys(_one(finding, words) for finding in findings))


def _one(finding: Finding, words: Words) -> str:
    review = f" ({words('status', 'review')})" if finding.status == "review" else ""
    return f"{where(finding, words)}{review}, {words.span(finding.since, finding.until)}"


def _finding_row(finding: Finding) -> dict[str, str]:
    return {
        "status": finding.status,
        "basis": finding.basis,
        "listing": finding.listing,
        "instrument": finding.instrument,
        "schedule": finding.schedule,
        "from": finding.since,
        "until": finding.until,
        "question": finding.question,
    }
