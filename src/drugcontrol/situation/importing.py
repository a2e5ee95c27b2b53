"""A publisher's file becomes a release: recognised, held against what is there, and only then stored."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from drugcontrol.dates import LegalDate
from drugcontrol.errors import DataError, Problem, UsageError
from drugcontrol.situation.formats import Content, Figure, Format, SourceFile
from drugcontrol.situation.formats.recognise import recognise
from drugcontrol.situation.model import Dataset, Figures, Observation, Release, series_name
from drugcontrol.situation.periods import follows
from drugcontrol.situation.rows import PatternRow, TermRow
from drugcontrol.situation.tables import Cell

_NEXT_DAY = timedelta(days=1)
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A release that a file would add.

    Attributes
    ----------
    rows : tuple of mapping
        Rows of its table of observations.
    new_terms : tuple of TermRow
        What the publisher had not named before.
    new, changed, same : int
        Figures of periods that were not held; that differ from the newest release held; that equal it.
    same_as : Release or None
        A release that is held and has the same figures.
    """

    release: Release
    rows: tuple[Mapping[str, Cell], ...]
    new_terms: tuple[TermRow, ...]
    new: int
    changed: int
    same: int
    same_as: Release | None


def plan(
    figures: Figures,
    path: Path,
    today: date,
    *,
    published: str = "",
    only: Collection[str] = (),
    release_id: str = "",
    address: str = "",
) -> list[Planned]:
    """Say what a file would add, release by release; nothing is stored.

    Parameters
    ----------
    published : str
        Day of publication in the notation of :mod:`drugcontrol.dates`. Where neither this nor the file says it, it is
        held as unknown between the end of the newest period and `today`.
    only : collection of str
        Ids of the series to take; all when empty. A release of which not all is taken is held in part.
    release_id : str
        Name of the release; made from day and digest when empty.

    Raises
    ------
    DataError
        When figures do not fit: unknown words, missing periods, a period twice.
    UsageError
        When `only` names a series that the file does not hold, the day of publication cannot be, or a release of that
        name is there with other figures.
    """
    if release_id and not _ID.fullmatch(release_id):
        raise UsageError(f"--id {release_id}: no name of a release.", "Use small letters, digits, dots and hyphens.")
    form, file = recognise(path)
    dataset = figures.datasets[form.dataset]
    wanted = {figures.series(name).id for name in only}
    contents = form.read(file)
    if len(contents) > 1 and (published or release_id):
        raise UsageError(
            f"{path} holds {len(contents)} releases.", "Leave out --published and --id: the file says which."
        )
    found = []
    for content in contents:
        rows, terms = to_rows(dataset, file.path, content.figures)
        rows = [row for row in rows if not wanted or row["series"] in wanted]
        if not rows:
            raise UsageError(
                f"{path} holds no figure of {', '.join(sorted(wanted))}.", "Leave out --series to see all."
            )
        check_periods(dataset, form, file.path, content.figures)
        release = _release(dataset, form, file, content, today, published, release_id, address)
        planned = _compared(dataset, replace(release, held="part" if wanted else "whole"), rows, terms)
        if planned.same_as is None and release.id in {item.id for item in dataset.releases}:
            what = f"A release “{release.id}” of {dataset.id} is there already, with other figures."
            raise UsageError(what, "A release is never written over; name the new one with --id.")
        found.append(planned)
    return found


def to_rows(
    dataset: Dataset, path: Path, figures: Sequence[Figure]
) -> tuple[list[Mapping[str, Cell]], tuple[TermRow, ...]]:
    """Turn figures into rows of a table of observations; give the terms that are new, where the dataset takes new ones.

    Raises
    ------
    DataError
        With every word of the publisher that is not known, and every figure that stands twice.
    """
    ids = {term.publisher: term.id for term in dataset.terms}
    patterns = {row.key: row for row in dataset.row.patterns}
    new: dict[str, TermRow] = {}
    problems: list[Problem] = []
    seen: dict[tuple[Cell, ...], int] = {}
    rows: list[Mapping[str, Cell]] = []
    for item in figures:
        if item.term and item.term not in ids:
            if dataset.row.open_terms == "no":
                problems.append(_unknown_term(path, item))
            else:
                new[item.term] = TermRow(id=item.term_id, publisher=item.term)
            ids[item.term] = item.term_id
        series = _series_id(patterns[item.pattern], ids.get(item.term, ""), item.place)
        key = (series, item.period.first, item.period.last)
        if key in seen:
            what, cure = f"This figure stands on line {seen[key]} already", "Take the publisher's file as it is"
            problems.append(Problem(str(path), item.line, what, cure))
        seen[key] = item.line
        rows.append(_row(series, item))
    if problems:
        raise DataError(problems)
    rows.sort(key=lambda row: (str(row["series"]), str(row["period_last"]), str(row["period_first"])))
    return rows, tuple(new.values())


def check_periods(dataset: Dataset, form: Format, path: Path, figures: Sequence[Figure]) -> None:
    """Refuse a file in which a period between the first and the last is missing.

    Raises
    ------
    DataError
        Naming the line after the gap and the days that are missing.
    """
    frequency = {row.key: row.frequency for row in dataset.row.patterns if row.frequency != "other"}
    groups: dict[tuple[str, ...], dict[date, Figure]] = defaultdict(dict)
    for item in figures:
        key: tuple[str, ...] = (item.pattern,) if form.sparse else (item.pattern, item.term, item.place)
        if item.pattern in frequency:
            groups[key].setdefault(item.period.last, item)
    problems = []
    for key, items in groups.items():
        ordered = [items[last] for last in sorted(items)]
        for before, after in pairwise(ordered):
            if not follows(frequency[key[0]], before.period, after.period):
                what = f"Nothing stands between {before.period.last} and {after.period.last} ({' '.join(key)})"
                problems.append(Problem(str(path), after.line, what, "Take the publisher's whole file"))
    if problems:
        raise DataError(problems)


def _unknown_term(path: Path, item: Figure) -> Problem:
    cure = "If the publisher renamed or added it, add it to the terms of dataset.yaml (docs/figures.md)"
    return Problem(str(path), item.line, f"“{item.term[:80]}” is not known to this dataset", cure)


def _series_id(pattern: PatternRow, term: str, place: str) -> str:
    return series_name(pattern, term, place or pattern.places[0])


def _row(series: str, item: Figure) -> Mapping[str, Cell]:
    return {
        "series": series,
        "period_first": item.period.first,
        "period_last": item.period.last,
        "value": item.value,
        "status": item.status,
        "completeness_percent": item.completeness_percent,
        "pending_percent": item.pending_percent,
        "footnote": item.footnote,
    }


def _release(
    dataset: Dataset,
    form: Format,
    file: SourceFile,
    content: Content,
    today: date,
    published: str,
    release_id: str,
    address: str,
) -> Release:
    newest = max(item.period.last for item in content.figures)
    said = published or content.published
    try:
        day = LegalDate.parse(said or f"[{newest + _NEXT_DAY}..{today}]")
    except ValueError as error:
        raise UsageError(f"--published: {error}.", "Write a day, a month or a range of days.") from None
    if day.latest <= newest:
        raise UsageError(
            f"Published on {day} cannot be: the file has figures up to {newest}.", "Give the day on which it came out."
        )
    label = content.label[:7] or day.text.strip("[]").replace("..", ".")
    return Release(
        id=release_id or f"{label}-{file.sha256[:8]}",
        dataset=dataset.id,
        published=day,
        basis="stated" if said else "inferred",
        reading=form.reading,
        held="whole",
        source=f"{form.name}: {file.path.name}",
        address=address,
        sha256=file.sha256,
        entered_on=today,
        note="",
    )


def _compared(
    dataset: Dataset, release: Release, rows: Sequence[Mapping[str, Cell]], terms: tuple[TermRow, ...]
) -> Planned:
    held: dict[tuple[Cell, ...], Decimal | None] = {}
    order = {item.id: index for index, item in enumerate(dataset.releases)}
    observations = [item for found in dataset.observations.values() for item in found]
    for item in sorted(observations, key=lambda item: order[item.release.id]):
        held[_key(item)] = item.value
    new = changed = same = 0
    for row in rows:
        key = (row["series"], row["period_first"], row["period_last"])
        if key not in held:
            new += 1
        elif held[key] == row["value"]:
            same += 1
        else:
            changed += 1
    return Planned(
        release=release,
        rows=tuple(rows),
        new_terms=terms,
        new=new,
        changed=changed,
        same=same,
        same_as=next(_duplicates(dataset, rows, observations), None),
    )


def _duplicates(
    dataset: Dataset, rows: Sequence[Mapping[str, Cell]], observations: Sequence[Observation]
) -> Iterator[Release]:
    """Give the releases held that have every figure of the new one, and no other figure of its series."""
    wanted = {(row["series"], row["period_first"], row["period_last"], row["value"]) for row in rows}
    series = {row["series"] for row in rows}
    by_release: dict[str, set[tuple[Cell, ...]]] = defaultdict(set)
    for item in observations:
        if item.series in series:
            by_release[item.release.id].add((*_key(item), item.value))
    for other in dataset.releases:
        if by_release[other.id] == wanted:
            yield other


def _key(item: Observation) -> tuple[Cell, ...]:
    return (item.series, item.period.first, item.period.last)
