"""Answers for a terminal."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from drugcontrol.check.verdict import Answer, Finding, Verdict
from drugcontrol.law.history import Event
from drugcontrol.law.model import Listing
from drugcontrol.report.tables import plain_table
from drugcontrol.report.words import ICONS, Standing, Words

_INDENT = "    "
_STYLES = {"controlled": "bold red", "review": "bold yellow", "not_listed": "", "not_held": "dim", "pending": "cyan"}


def print_answer(answer: Answer, words: Words, console: Console, *, sources: bool = False) -> None:
    """Print an answer: what was asked, a block for each place, the notice; `sources` adds the address of each."""
    console.print(_title(answer, words))
    for verdict in answer.verdicts:
        for line in _verdict(verdict, answer.as_of, words, sources):
            _print_line(line, console)
    for note in dict.fromkeys(words.text(note) for verdict in answer.verdicts for note in verdict.notes):
        console.print(Text(f"* {note}", style="dim"))
    console.print(Text(words.text(answer.notice), style="italic"))


def print_history(
    name: str, events: Sequence[Event], standing: Mapping[str, Collection[Standing]], words: Words, console: Console
) -> None:
    """Print the changes of one substance, by place; `standing` is what is said of class rules, by id."""
    console.print(Text(name, style="bold"))
    if not events:
        console.print(words("word", "no_change"))
        return
    _events(events, words, console, standing=standing)


def print_upcoming(events: Sequence[Event], words: Words, console: Console) -> None:
    """Print the changes to come, soonest first."""
    if not events:
        console.print(words("word", "nothing_upcoming"))
        return
    _events(events, words, console, with_subject=True)


def _title(answer: Answer, words: Words) -> Text:
    substance = answer.substance
    title = Text()
    title.append(substance.name if substance else words("word", "no_substance"), style="bold")
    if substance:
        others = [name for name in substance.names.get(words.language, ()) if name != substance.name][:3]
        title.append(f" ({', '.join(others)})" if others else "")
        title.append(f"  CAS {', '.join(substance.cas)}" if substance.cas else "")
    title.append(f"\n{words('word', 'as_of', date=answer.as_of)} · {words('word', 'edition', edition=answer.edition)}")
    return title


def _verdict(verdict: Verdict, as_of: str, words: Words, sources: bool) -> Iterator[Text]:
    head = Text()
    head.append(f"{verdict.jurisdiction:<3} ", style="bold")
    head.append(f"{ICONS[verdict.status]} {words.status(verdict)}", style=_STYLES[verdict.status])
    if verdict.findings and verdict.controlled_since not in ("", verdict.findings[0].since):
        head.append(f" · {words('word', 'unbroken', date=verdict.controlled_since)}")
    yield head
    for finding in verdict.findings:
        yield from _finding(finding, "" if finding.role == "governs" else words("word", "also"), words, sources)
    if not verdict.findings:
        yield Text(_INDENT + words.negative(verdict, as_of))
        if verdict.coverage.by_kind:
            yield Text(_INDENT + _states(verdict, words), style="dim")
    for finding in verdict.pending:
        yield from _finding(finding, words("word", "pending"), words, sources)


def _states(verdict: Verdict, words: Words) -> str:
    return " · ".join(
        words("word", "coverage_line", name=words("kind", kind), state=words("state", state))
        for kind, state in verdict.coverage.by_kind.items()
    )


def _finding(finding: Finding, label: str, words: Words, sources: bool) -> Iterator[Text]:
    first, *others = _lines(finding, words)
    yield Text(_INDENT + (f"{label}: {first}" if label else first))
    for line in others:
        yield Text(_INDENT + line)
    known = words("known", finding.known)
    if not sources:
        yield Text(f"{_INDENT}{known}: {'; '.join(citation.title for citation in finding.citations)}", style="dim")
        return
    yield Text(f"{_INDENT}{known}:", style="dim")
    for citation in finding.citations:
        address = f" <{citation.address}>" if citation.address else ""
        yield Text(f"{_INDENT}- {citation.title}{address}", style="dim")


def _print_line(line: Text, console: Console) -> None:
    """Print a line; in a terminal its continuation is indented as it is, elsewhere it stays one line."""
    if console.is_terminal and line.plain.startswith(_INDENT):
        console.print(Padding(line[len(_INDENT) :], (0, 0, 0, len(_INDENT))))
    else:
        console.print(line, soft_wrap=True)


def _lines(finding: Finding, words: Words) -> Iterator[str]:
    where = f"{words.text(finding.instrument_title)}, {words.text(finding.schedule_name)}"
    item = f", {words('word', 'item', item=finding.item)}" if finding.item else ""
    yield f"{words('kind', finding.kind)} · {where}{item} · {words.span(finding.since, finding.until)}"
    yield words.reason(finding)
    if finding.role == "displaced":
        yield words("role", "displaced")
    if finding.forms:
        yield words("word", "as_form", forms=", ".join(words("form", form) for form in finding.forms))
    if finding.component:
        yield words("word", "component", number=str(finding.component))
    if finding.conditions:
        yield finding.conditions


def _events(
    events: Sequence[Event],
    words: Words,
    console: Console,
    *,
    with_subject: bool = False,
    standing: Mapping[str, Collection[Standing]] | None = None,
) -> None:
    table = plain_table(())
    for heading in ("jurisdiction", "since"):
        table.add_column(words("heading", heading), no_wrap=True)
    for heading in (
        ("substance", "status", "schedule", "instrument") if with_subject else ("status", "schedule", "instrument")
    ):
        table.add_column(words("heading", heading), overflow="fold")
    for event in events:
        control = event.control
        subject = control.substance.name if isinstance(control, Listing) else words.text(control.rule.title)
        listed = control.schedule.name if isinstance(control, Listing) else control.row.title
        said = words.standing((standing or {}).get(control.id, ()))
        change = words("change", event.change) + (f" ({said})" if said else "")
        where = f"{words.text(listed)} [{control.instrument.id}]"
        cells = [event.jurisdiction, event.on.text, change, where]
        cells.append(event.provision.row.act if event.provision else words.text(control.instrument.title))
        if with_subject:
            cells.insert(2, subject)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
