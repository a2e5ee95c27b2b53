"""A class rule as a lawyer's sheet: what it says, how it is read, what is open, who decided what. Made for one page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.dates import Period
from drugcontrol.law import Law
from drugcontrol.law.model import ClassRule
from drugcontrol.law.rows import ClassRuleRow, DrawnRow, RulingRow
from drugcontrol.report.lines import wrapped
from drugcontrol.report.words import Words

_FIRST, _NEXT = " ", "  "
"""How far the lines of a paragraph are indented."""


def print_rules(law: Law, words: Words, console: Console) -> None:
    """Print every class rule that is held: id, title, days of each text."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("rule", "title", "days"):
        table.add_column(words("sheet", heading), no_wrap=heading == "rule", overflow="fold")
    for row in law.edition.rules:
        texts = [text for text in law.rules if text.rule is row]
        place = texts[0].instrument.jurisdiction
        days = "; ".join(dict.fromkeys(_days(_whole(text), words) for text in texts))
        table.add_row(Text(row.id), Text(f"{place}  {words.text(row.title)}"), Text(days))
    console.print(table)


def print_sheet(law: Law, texts: Sequence[ClassRule], words: Words, console: Console) -> None:
    """Print a class rule.

    Parameters
    ----------
    texts : sequence of ClassRule
        The texts in which it stands; see :func:`drugcontrol.law.rules.rule_texts`.
    """
    row = texts[0].rule
    edition = words("word", "edition", edition=law.edition_name)
    _section(f"{row.id}: {words.text(row.title)} · {edition}", [facts(law, texts, words)], console)
    for title, paragraphs in sections(law, texts, words):
        _section(title, paragraphs, console)


def facts(law: Law, texts: Sequence[ClassRule], words: Words) -> str:
    """Say whose rule it is, where it stands, what form it has and who reviewed it."""
    row, instrument = texts[0].rule, texts[0].instrument
    place = words.text(law.jurisdictions[instrument.jurisdiction].name)
    reviewer = words("sheet", "reviewed_by", name=row.reviewed_by or words("sheet", "nobody"))
    return " · ".join((place, words.text(instrument.title), words("sheet", row.form), reviewer))


def sections(law: Law, texts: Sequence[ClassRule], words: Words) -> Iterator[tuple[str, list[str]]]:
    """Give the sheet section by section, each a heading with its paragraphs."""
    row = texts[0].rule
    for text in texts:
        item = f", {words('word', 'item', item=text.row.item)}" if text.row.item else ""
        yield f"{words.text(text.row.title)}{item}", list(_text(law, text, words))
    yield words("sheet", "clauses"), list(_clauses(law, row, words))
    yield words("sheet", "reading"), _numbered(row.reading)
    yield words("sheet", "open_questions"), _numbered(row.open_questions)
    yield words("sheet", "rulings"), [_ruling(ruling, words) for ruling in row.rulings]


def _section(title: str, paragraphs: Sequence[str], console: Console) -> None:
    """Print a heading with its paragraphs, each indented after its first line; nothing where there are none."""
    width = console.width - len(_NEXT)
    if paragraphs:
        for line in wrapped(title, width):
            console.print(Text(line, style="bold"), soft_wrap=True)
    for paragraph in paragraphs:
        for place, line in enumerate(wrapped(paragraph, width)):
            console.print(Text((_NEXT if place else _FIRST) + line), soft_wrap=True)


def _numbered(lines: Sequence[str]) -> list[str]:
    """Put short sentences into one paragraph, each with a number to cite it by."""
    return [" ".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))] if lines else []


def _text(law: Law, text: ClassRule, words: Words) -> Iterator[str]:
    row = text.row
    yield f"{row.id} · {row.address}"
    yield words.text(row.says)
    acts = (f"{act.row.act}, {_days(period, words)}" for act, period in zip(text.chain, text.periods, strict=True))
    term = words("sheet", row.term, known=words("known", row.known), acts="; ".join(acts))
    yield words.sentences(term, *_gives_way(law, text, words))


def _gives_way(law: Law, text: ClassRule, words: Words) -> Iterator[str]:
    others = [item for item in text.row.gives_way_to if item != text.instrument.id]
    if text.instrument.id in text.row.gives_way_to:
        yield words("sheet", "gives_way_within")
    if others:
        titles = "; ".join(words.text(law.instruments[item].title) for item in others)
        yield words("sheet", "gives_way", instruments=titles)


def _clauses(law: Law, row: ClassRuleRow, words: Words) -> Iterator[str]:
    for clause in row.clauses:
        published = (("members", clause.members), ("not", clause.outside))
        names = (words("sheet", key, substances=_names(law, ids)) for key, ids in published if ids)
        yield words.sentences(words("sheet", "clause", id=clause.id, says=words.text(clause.says)), *names)
    yield words.sentences(*_whole_rule(law, row, words))


def _whole_rule(law: Law, row: ClassRuleRow, words: Words) -> Iterator[str]:
    """Say what holds for the rule as a whole."""
    if row.requires:
        yield words("sheet", "requires", clauses=", ".join(row.requires))
    yield words("sheet", f"additions_{row.other_additions}")
    if row.mass_limit is not None:
        yield words("sheet", "mass_limit", limit=f"{row.mass_limit:g}")
    if row.question:
        yield words("sheet", "always_review", question=row.question)
    if row.core_from_picture:
        yield words("sheet", "core_from_picture")
    if row.outside:
        yield words("sheet", "outside", substances=_names(law, row.outside))
    if row.excludes:
        yield words("sheet", "excludes", substances=_names(law, row.excludes))


def _ruling(ruling: RulingRow, words: Words) -> str:
    parts = [ruling.note]
    if ruling.question:
        parts.insert(0, words("sheet", f"closes_{ruling.answer}", question=ruling.question))
    if ruling.substances:
        parts.append(words("sheet", "placed", count=str(len(ruling.substances))))
    return f"{ruling.act}, {ruling.on}: " + "; ".join(filter(None, parts))


def _names(law: Law, items: Iterable[str | DrawnRow]) -> str:
    return ", ".join(law.substances[item].name if isinstance(item, str) else item.name for item in items)


def _whole(text: ClassRule) -> Period:
    return Period(text.periods[0].first, text.periods[-1].last)


def _days(period: Period, words: Words) -> str:
    key = "from_to" if period.last else "from"
    return words("sheet", key, first=period.first.text, last=period.last.text if period.last else "")


def sheet_row(law: Law, texts: Sequence[ClassRule]) -> dict[str, Any]:
    """Give a rule as it is written, with its place, and with the acts and days of each text in place of their ids."""
    row: dict[str, Any] = msgspec.to_builtins(texts[0].rule)
    written = [{**msgspec.to_builtins(text.row), "by": list(_acts(text))} for text in texts]
    place = {"edition": law.edition_name, "jurisdiction": texts[0].instrument.jurisdiction}
    return {**place, **row, "texts": written}


def sheet_values(law: Law, texts: Sequence[ClassRule], words: Words) -> list[dict[str, str]]:
    """Give what a sheet says as flat texts, for CSV: a row for each line, under the heading of its section."""
    rule = texts[0].rule.id
    return [
        {"rule": rule, "section": section, "line": line}
        for section, lines in sections(law, texts, words)
        for line in lines
    ]


def _acts(text: ClassRule) -> Iterator[dict[str, str]]:
    for act, period in zip(text.chain, text.periods, strict=True):
        last = period.last.text if period.last else ""
        yield {"act": act.row.act, "from": period.first.text, "until": last, "known": act.row.known}
