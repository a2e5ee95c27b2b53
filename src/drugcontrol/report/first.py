"""Who controlled a family as a class first, for a terminal and as plain values for JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from drugcontrol.check import NOTICE
from drugcontrol.law import Law
from drugcontrol.law.coverage import State
from drugcontrol.law.first import ClassControl, Reading, first_controls, leaders, without_class_control
from drugcontrol.law.rows import Family
from drugcontrol.report.words import Words


def print_first(
    family: Family,
    found: Mapping[Reading, Sequence[ClassControl]],
    without: Mapping[str, State],
    words: Words,
    console: Console,
) -> None:
    """Print who was first under each reading, and the others in order; then the places of which no rule is held."""
    for reading, controls in found.items():
        title = words("reading", reading, family=words("family", family))
        console.print(Text(f"{title} · {leaders_text(controls, words)}", style="bold"), soft_wrap=True)
        for number, control in enumerate(controls, start=1):
            by = f"{words('word', 'by')} {control.act}"
            listed = f"{words.text(control.text.row.title)} [{control.text.id}], {by}"
            console.print(
                Text(f"  {number}. {control.place}  {control_days(control, words)}  {listed}"), soft_wrap=True
            )
    for state in ("complete", "partial", "none"):
        places = [place for place, held in without.items() if held == state]
        if places:
            line = words("survey", "without", places=", ".join(places), state=words("state", state))
            console.print(Text(line), soft_wrap=True)
    console.print(Text(words("survey", "first_note"), style="dim"), soft_wrap=True)
    console.print(Text(words.text(NOTICE), style="italic"), soft_wrap=True)


def first_answer(law: Law, family: Family, day: date) -> dict[str, Any]:
    """Give the order of the places under each reading, and the places without a rule, as of a day, as plain values."""
    without = without_class_control(law, family, day)
    return {
        "edition": law.edition_name,
        "as_of": day.isoformat(),
        "family": family,
        "readings": {reading: _rows(controls) for reading, controls in first_controls(law, family, day).items()},
        "without": [{"jurisdiction": place, "lists_held": state} for place, state in without.items()],
        "notice": NOTICE,
    }


def first_rows(law: Law, family: Family, day: date) -> list[dict[str, str]]:
    """Give the places under each reading as of a day as flat values, one row for each place and reading."""
    return [
        {"reading": reading, **{name: value for name, value in row.items() if isinstance(value, str)}}
        for reading, controls in first_controls(law, family, day).items()
        for row in _rows(controls)
    ]


def _rows(controls: Iterable[ClassControl]) -> list[dict[str, Any]]:
    return [
        {
            "jurisdiction": control.place,
            "from": control.runs[0].first.text,
            "until": _last(control),
            "runs": [[run.first.text, run.last.text if run.last else ""] for run in control.runs],
            "rule": control.text.rule.id,
            "text": control.text.id,
            "act": control.act,
            "form": control.text.rule.form,
            "term": control.text.row.term,
            "known": control.text.row.known,
        }
        for control in controls
    ]


def leaders_text(controls: Sequence[ClassControl], words: Words) -> str:
    """Say which place was first, or that the days leave it open."""
    first = leaders(controls)
    if not first:
        return words("survey", "none")
    places = ", ".join(f"{control.place} ({control.runs[0].first.text})" for control in first)
    return words("survey", "first" if len(first) == 1 else "first_undecided", places=places)


def control_days(control: ClassControl, words: Words) -> str:
    """Write the days of a class control."""
    return "; ".join(words.span(run.first.text, run.last.text if run.last else "") for run in control.runs)


def _last(control: ClassControl) -> str:
    last = control.runs[-1].last
    return last.text if last else ""
