"""Figures for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drugcontrol.report.figure_values import kilograms
from drugcontrol.report.words import Words
from drugcontrol.situation.importing import Planned
from drugcontrol.situation.known import Revision, Row, View
from drugcontrol.situation.model import Dataset, Figures, Observation, Period, Release, Series
from drugcontrol.situation.periods import period_label

_SHOWN_OF_A_DATASET = 12


def print_list(figures: Figures, asked: Sequence[str], words: Words, console: Console) -> None:
    """Print datasets with their series; with words, every series whose id, title or dataset has all of them."""
    found = False
    for dataset in figures.datasets.values():
        series = [item for item in dataset.series.values() if has_words(item, dataset, asked)]
        if not series:
            continue
        found = True
        counts = {"series": str(len(dataset.series)), "releases": str(len(dataset.releases))}
        console.print(Text(f"{words.text(dataset.row.title)} [{dataset.id}]", style="bold"), soft_wrap=True)
        kinds = ", ".join(words("indicator", kind) for kind in dict.fromkeys(item.pattern.indicator for item in series))
        said = (dataset.row.publisher, kinds, words("figures", "series_count", **counts))
        console.print(Text(" · ".join(said), style="dim"))
        shown = series if asked else series[:_SHOWN_OF_A_DATASET]
        for item in shown:
            console.print(Text(f"  {item.id}  {words.text(item.title)}"), soft_wrap=True)
        if len(series) > len(shown):
            more = words("figures", "more", count=str(len(series) - len(shown)), dataset=dataset.id)
            console.print(Text(f"  {more}", style="dim"))
    if not found:
        console.print(words("figures", "none_found"))
        return
    for key in ("no_traffic", "names"):
        console.print(Text(words("figures", key), style="italic"), soft_wrap=True)


def print_view(dataset: Dataset, view: View, words: Words, console: Console) -> None:
    """Print a series as known on a day: what it is, its rows, what stands in the way of an answer, its caveats."""
    _head(dataset, view.series, words("figures", "as_known", date=view.day.isoformat()), words, console)
    if not view.rows:
        console.print(words("figures", "nothing"))
    else:
        console.print(_rows(dataset, view, words))
    for line in remarks(view, words):
        console.print(Text(line, style="yellow"), soft_wrap=True)
    _foot(dataset, view.series, words, console)


def print_revisions(
    dataset: Dataset, series: Series, found: Mapping[Period, Sequence[Revision]], words: Words, console: Console
) -> None:
    """Print for each period what every release said of it."""
    _head(dataset, series, words.text(dataset.row.title), words, console)
    table = _table(words, ("period", "value", "status", "published", "release", "difference"), {"value"})
    for period, revisions in found.items():
        for index, item in enumerate(revisions):
            label = period_label(series.pattern.frequency, period) if index == 0 else ""
            observation = item.observation
            cells = [
                label,
                shown(series, observation.value, words),
                words("figure_status", observation.status),
                published(observation.release, words),
                _release(dataset, observation.release, words),
                _difference(item, words),
            ]
            table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    _foot(dataset, series, words, console)


def remarks(view: View, words: Words) -> list[str]:
    """Say what stands in the way of an answer for the newest time."""
    if not view.releases_missing or view.newest is None:
        return []
    return [words("figures", "missing", published=published(view.newest, words))]


def planned_line(planned: Planned, words: Words, *, stored: bool) -> str:
    """Say what an import adds, or would add."""
    if planned.same_as is not None:
        return words("figures", "held_already", release=planned.same_as.id)
    counts = {"new": str(planned.new), "changed": str(planned.changed), "same": str(planned.same)}
    release = planned.release
    key = "added" if stored else "would_add"
    line = words("figures", key, release=release.id, published=release.published.text, **counts)
    names = ", ".join(term.publisher for term in planned.new_terms)
    return words.sentences(line, words("figures", "new_terms", names=names) if names else "")


def number(value: Decimal | None, words: Words) -> str:
    """Write a number as the language does."""
    if value is None:
        return "–"
    plain = f"{value:,f}"
    return plain.translate(str.maketrans(",.", ".,")) if words.language == "es" else plain


def shown(series: Series, value: Decimal | None, words: Words) -> str:
    """Write a figure of a series for people: weights to a tenth, all others as published."""
    weight = series.pattern.unit == "lb" and value is not None
    return number(value.quantize(Decimal("0.1"), ROUND_HALF_EVEN) if weight and value is not None else value, words)


def published(release: Release, words: Words) -> str:
    """Give the day of publication with its doubt, and whether it was inferred."""
    day = release.published
    said = day.text
    if day.precision == "range":
        said = words("figures", "range", first=day.earliest.isoformat(), last=day.latest.isoformat())
    inferred = words("figures", "inferred") if release.basis == "inferred" else ""
    return ", ".join(filter(None, (said, inferred)))


def _rows(dataset: Dataset, view: View, words: Words) -> Table:
    pounds = view.series.pattern.unit == "lb"
    rated = any(row.rate for row in view.rows)
    columns = ["period", "value", *(["kilograms"] if pounds else []), *(["rate", "rate_unit"] if rated else [])]
    table = _table(words, (*columns, "status", "published", "release", "remark"), {"value", "kilograms", "rate"})
    segment: int | None = None
    for row in view.rows:
        table.add_section() if segment not in {None, row.segment} else None
        segment = row.segment
        table.add_row(*(Text(cell) for cell in _cells(dataset, view.series, row, words, pounds, rated)))
    return table


def _cells(dataset: Dataset, series: Series, row: Row, words: Words, pounds: bool, rated: bool) -> Iterator[str]:
    item = row.observation
    yield period_label(series.pattern.frequency, row.period)
    yield shown(series, item.value, words) if item else "?"
    if pounds:
        yield number(kilograms(item.value), words) if item and item.value is not None else ""
    if rated:
        computed = f" ({words('figures', 'computed')})" if row.rate and row.rate.computed else ""
        yield f"{number(row.rate.value, words)}{computed}" if row.rate else ""
        yield words("unit", row.rate.unit) if row.rate else ""
    yield words("figure_status", item.status) if item else ""
    yield published(item.release, words) if item else ""
    yield _release(dataset, item.release, words) if item else ""
    if row.state == "undecided":
        yield words("figures", "undecided", values="; ".join(_candidate(other, words) for other in row.candidates))
    else:
        yield words("figures", "may_have_changed") if row.state == "may-have-changed" else ""


def _candidate(item: Observation, words: Words) -> str:
    value = number(item.value, words)
    return words("figures", "undecided_value", value=value, published=published(item.release, words))


def _release(dataset: Dataset, release: Release, words: Words) -> str:
    marks = [
        words("figures", key)
        for key, holds in (
            ("hand_read", release.reading == "hand-read"),
            ("in_part", release.held == "part" and release.reading == "file"),
            ("own", release.id in dataset.own),
        )
        if holds
    ]
    return f"{release.id} ({', '.join(marks)})" if marks else release.id


def _difference(item: Revision, words: Words) -> str:
    named = words("revision", item.change)
    value = item.observation.value
    if item.before is None or value is None or value == item.before:
        return named
    percent = f" ({(value - item.before) * 100 / item.before:+.2f} %)" if item.before else ""
    sign = "+" if value > item.before else ""
    return f"{sign}{number(value - item.before, words)}{percent} · {named}"


def _head(dataset: Dataset, series: Series, second: str, words: Words, console: Console) -> None:
    console.print(Text(f"{words.text(series.title)} [{series.id}]", style="bold"), soft_wrap=True)
    console.print(Text(second))
    facts = (
        ("publisher", dataset.row.publisher),
        ("unit", f"{words('unit', series.pattern.unit)}; {words('series_nature', series.pattern.nature)}"),
        ("counted", words("event_basis", series.pattern.event_basis)),
        ("population", words.text(dataset.row.population)),
    )
    for key, value in facts:
        console.print(Text(f"{words('figures', key)}: {value}"), soft_wrap=True)


def _foot(dataset: Dataset, series: Series, words: Words, console: Console) -> None:
    for release, definition in dataset.definitions(series):
        begins = words("figures", "definition", published=published(release, words))
        console.print(Text(f"{begins}: {words.text(definition.text)}"), soft_wrap=True)
    console.print(Text(f"{words('figures', 'caveats')}:"))
    for caveat in dataset.row.caveats:
        console.print(Text(f"  - {words.text(caveat)}"), soft_wrap=True)
    console.print(Text(f"{dataset.row.address} · {dataset.row.licence}", style="dim"), soft_wrap=True)
    console.print(Text(words("figures", "notice"), style="italic"), soft_wrap=True)


def _table(words: Words, columns: Sequence[str], right: set[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(words("figures", column), justify="right" if column in right else "left", overflow="fold")
    return table


def has_words(series: Series, dataset: Dataset, asked: Sequence[str]) -> bool:
    """Say whether id, title, publisher's term or dataset of a series hold all words."""
    said = (dataset.id, series.id, series.term, series.place, series.pattern.indicator, *series.title.values())
    text = " ".join(said).casefold()
    return all(word.casefold() in text for word in asked)
