"""Measures for a terminal, and as plain values for JSON."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.dates import LegalDate
from drugcontrol.report.words import Words
from drugcontrol.situation.measure_rows import MeasureKind
from drugcontrol.situation.measures import KindBeside, Measure, Measures

Names = Mapping[str, str]
"""Places by code, in the language of the answer."""


def print_list(
    held: Measures,
    found: Sequence[Measure],
    places: Sequence[str],
    kinds: Sequence[MeasureKind],
    names: Names,
    words: Words,
    console: Console,
) -> None:
    """Print measures place by place, oldest first; what was asked for and is not held is said."""
    for place in places:
        console.print(Text(f"{place}  {names[place]}", style="bold"))
        here = [item for item in found if item.place == place]
        for item in here:
            _print_measure(item, words, console)
        for line in gaps(place, here, kinds, names, words):
            console.print(Text(f"  {line}", style="yellow"))
        _print_covers(held, place, names, words, console)
    console.print(Text(words("measures", "notice"), style="italic"), soft_wrap=True)


def print_comparison(
    held: Measures, found: Sequence[KindBeside], places: tuple[str, str], names: Names, words: Words, console: Console
) -> None:
    """Print the measures of two places side by side, by kind and day; an empty side is “not held”."""
    table = Table(pad_edge=False, header_style="bold", show_lines=False, expand=True)
    table.add_column(words("measures", "day"), no_wrap=True)
    for place in places:
        table.add_column(f"{place}  {names[place]}", ratio=1, overflow="fold")
    for beside in found:
        table.add_section()
        table.add_row("", Text(words("measure_kind", beside.kind), style="bold"), "")
        for day, cells in beside_rows(beside, words):
            table.add_row(day, *(Text(cell) for cell in cells))
    console.print(table)
    for place in places:
        _print_covers(held, place, names, words, console)
    console.print(Text(words("measures", "notice"), style="italic"), soft_wrap=True)


def gaps(
    place: str, here: Sequence[Measure], kinds: Sequence[MeasureKind], names: Names, words: Words
) -> Iterator[str]:
    """Say what was asked for and is not held for a place."""
    if not here and not kinds:
        yield words("measures", "nothing_place", place=names[place])
    for kind in kinds:
        if all(item.row.kind != kind for item in here):
            yield words("measures", "nothing_here", place=names[place], kind=words("measure_kind", kind))


def beside_rows(beside: KindBeside, words: Words) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give the rows of one kind: day, and the cells of both places; measures of one day share a row."""
    empty = words("measures", "not_held")
    if not beside.one and not beside.other:
        yield "", (empty, empty)
        return
    both = [(item, 0) for item in beside.one] + [(item, 1) for item in beside.other]
    both.sort(key=lambda pair: (pair[0].on.earliest, pair[0].on.latest, pair[1], pair[0].row.id))
    missing = {index: empty for index, side in enumerate((beside.one, beside.other)) if not side}
    for day, pairs in groupby(both, key=lambda pair: day_text(pair[0].on, words)):
        cells = ["", ""]
        for item, index in pairs:
            cells[index] = "\n".join(filter(None, (cells[index], title(item, words))))
        for index, said in missing.items():
            cells[index] = said
        missing = {}
        yield day, (cells[0], cells[1])


def title(item: Measure, words: Words) -> str:
    """Give the title, with the part of the place to which a measure is confined."""
    within = words("measures", "within", place=words.text(item.row.within)) if item.row.within else ""
    return f"{words.text(item.row.title)} ({within})" if within else words.text(item.row.title)


def day_text(day: LegalDate, words: Words) -> str:
    """Write a day with its doubt in words."""
    if day.precision != "range":
        return day.text
    if day.latest == date.max:
        return words("measures", "from", date=day.earliest.isoformat())
    if day.earliest == date.min:
        return words("measures", "by", date=day.latest.isoformat())
    return words("measures", "between", first=day.earliest.isoformat(), last=day.latest.isoformat())


def value(item: Measure, words: Words) -> dict[str, Any]:
    """Give a measure as plain values, its texts in the language of the answer."""
    row = item.row
    return {
        "id": row.id,
        "place": item.place,
        "within": words.text(row.within),
        "kind": row.kind,
        "side": item.side,
        "title": words.text(row.title),
        "says": words.text(row.says),
        "instrument": {"name": row.instrument.name, "number": row.instrument.number, "address": row.instrument.address},
        "on": item.on.text,
        "day_of": item.day_of,
        "decided": row.decided,
        "published": row.published,
        "effective": row.effective,
        "until": row.until,
        "known": row.known,
        "read": list(row.read),
        "read_on": row.read_on,
        "note": words.text(row.note),
    }


def comparison_value(beside: KindBeside, places: tuple[str, str], words: Words) -> dict[str, Any]:
    """Give one kind of a comparison as plain values; `not_held` names the places of which nothing is held."""
    sides = (beside.one, beside.other)
    return {
        "kind": beside.kind,
        "held": {
            place: [value(item, words) for item in side] for place, side in zip(places, sides, strict=True) if side
        },
        "not_held": [place for place, side in zip(places, sides, strict=True) if not side],
    }


def _print_measure(item: Measure, words: Words, console: Console) -> None:
    row = item.row
    kind = words("measure_kind", row.kind)
    console.print(Text(f"  {day_text(item.on, words)}  {title(item, words)}  [{row.id}]"), soft_wrap=True)
    facts = (kind, *_days(item, words), words("known", row.known), words("measures", "read_on", date=row.read_on))
    console.print(Text(f"      {' · '.join(facts)}", style="dim"), soft_wrap=True)
    console.print(Text(f"      {words.text(row.says)}"), soft_wrap=True)
    if row.note:
        console.print(Text(f"      {words('measures', 'note')}: {words.text(row.note)}"), soft_wrap=True)
    cited = ", ".join(filter(None, (row.instrument.name, row.instrument.number)))
    console.print(Text(f"      {cited} · {row.instrument.address}", style="dim"), soft_wrap=True)


def _days(item: Measure, words: Words) -> Iterator[str]:
    for key, name in (("decided", "day_decided"), ("published", "day_published"), ("effective", "day_effective")):
        if text := getattr(item.row, key):
            yield f"{words('measures', name)} {day_text(LegalDate.parse(text), words)}"
    if item.until is not None:
        yield f"{words('measures', 'until')} {day_text(item.until, words)}"


def _print_covers(held: Measures, place: str, names: Names, words: Words, console: Console) -> None:
    if place in held.covers:
        said = f"{words('measures', 'covers', place=names[place])}: {words.text(held.covers[place])}"
        console.print(Text(said, style="dim"), soft_wrap=True)
