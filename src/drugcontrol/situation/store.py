"""Datasets on disk: those of the package, read only, and the releases that the user imported."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import platformdirs

from drugcontrol.dates import LegalDate
from drugcontrol.errors import DataError, Problem, ReadError
from drugcontrol.law.yamlfile import LinedFile
from drugcontrol.situation.model import Dataset, Figures, Observation, Period, Release, Series, series_name
from drugcontrol.situation.rows import DatasetRow, PatternRow, TermRow
from drugcontrol.situation.tables import Cell, Line, read_table, table_text

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "figures"
"""The datasets of the package."""


def own_directory() -> Path:
    """Give the directory in which the user's imports stand."""
    return Path(platformdirs.user_data_dir("drugcontrol")) / "figures"


def load_figures(shipped: Path = SHIPPED, own: Path | None = None) -> Figures:
    """Load every dataset: the package's releases and, beside them, those that the user imported.

    Raises
    ------
    DataError
        When a table or a ``dataset.yaml`` does not fit; each problem with file, line and cure.
    """
    own = own or own_directory()
    names = sorted(path.parent.name for path in shipped.glob("*/dataset.yaml"))
    return Figures(datasets={name: load_dataset(name, shipped, own) for name in names})


def load_dataset(name: str, shipped: Path = SHIPPED, own: Path | None = None) -> Dataset:
    """Load one dataset."""
    own = own or own_directory()
    file = LinedFile(shipped / name / "dataset.yaml")
    row = file.convert(DatasetRow, guide="docs/figures.md")
    folders = [folder for folder in (shipped / name, own / name) if (folder / "releases.csv").exists()]
    terms = (*row.terms, *(term for folder in folders for term in _terms(folder)))
    series = {item.id: item for item in _series(row, terms)}
    found: dict[str, tuple[Release, Path]] = {}
    for folder in folders:
        for release in _releases(folder, name):
            if release.id in found:
                what, cure = f"The release “{release.id}” is held twice", "Remove the imported one with its table"
                raise DataError([Problem(str(folder / "releases.csv"), 1, what, cure)])
            found[release.id] = (release, folder)
    dataset = Dataset(
        row=row,
        terms=terms,
        series=series,
        releases=tuple(sorted((release for release, _ in found.values()), key=_by_day)),
        read=lambda: _all_observations(found.values(), series),
        own=frozenset(release.id for release, folder in found.values() if folder == own / name),
    )
    _check_definitions(file, dataset)
    return dataset


def _by_day(release: Release) -> tuple[date, date, str]:
    return (release.published.latest, release.published.earliest, release.id)


def _all_observations(
    releases: Iterable[tuple[Release, Path]], series: Mapping[str, Series]
) -> dict[str, tuple[Observation, ...]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for release, folder in releases:
        for observation in _observations(folder, release, series):
            found[observation.series].append(observation)
    return {key: tuple(value) for key, value in found.items()}


def add_release(
    release: Release, rows: Sequence[Mapping[str, Cell]], terms: Sequence[TermRow], own: Path | None = None
) -> Path:
    """Store a release among the user's own; nothing that is there is written over.

    Raises
    ------
    ReadError
        When a table of that name is there already, or the directory cannot be written.
    """
    folder = (own or own_directory()) / release.dataset
    target = folder / "observations" / f"{release.id}.csv"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(table_text("observations", rows))
        if terms:
            _append(folder / "terms.csv", "terms", [{"id": term.id, "publisher": term.publisher} for term in terms])
        _append(folder / "releases.csv", "releases", [release_row(release)])
    except FileExistsError:
        hint = "A release is never written over; name the new one with --id."
        raise ReadError(f"{target} is there already.", hint) from None
    except OSError as error:
        raise ReadError(f"{folder} cannot be written: {error.strerror}.", "Check the folder and its rights.") from None
    return target


def release_row(release: Release) -> dict[str, Cell]:
    """Give a release as a row of ``releases.csv``."""
    return {
        "id": release.id,
        "published": release.published.text,
        "basis": release.basis,
        "reading": release.reading,
        "held": release.held,
        "source": release.source,
        "address": release.address,
        "sha256": release.sha256,
        "entered_on": release.entered_on,
        "note": release.note,
    }


def _append(path: Path, name: str, rows: Sequence[Mapping[str, Cell]]) -> None:
    """Add rows to a table through a draft, so that a reader never sees half of it."""
    table = "terms" if name == "terms" else "releases"
    text = table_text(table, rows)  # type: ignore[arg-type]  # one of the two names
    if path.exists():
        text = path.read_text(encoding="utf-8") + text.split("\n", 1)[1]
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8", newline="")
    draft.replace(path)


def _series(row: DatasetRow, terms: Sequence[TermRow]) -> Iterator[Series]:
    for pattern in row.patterns:
        for term in _terms_of(pattern, terms):
            for place in pattern.places:
                yield Series(
                    id=series_name(pattern, term.id if term else "", place),
                    dataset=row.id,
                    pattern=pattern,
                    place=place,
                    term=term.publisher if term else "",
                    term_id=term.id if term else "",
                    title=_title(pattern, term, place),
                    rate=_other(row, pattern.rate, term, place),
                    population=_other(row, pattern.population, term, place),
                )


def _terms_of(pattern: PatternRow, terms: Sequence[TermRow]) -> list[TermRow] | list[None]:
    if "{term}" not in pattern.id:
        return [None]
    return [term for term in terms if not pattern.terms or term.id in pattern.terms]


def _title(pattern: PatternRow, term: TermRow | None, place: str) -> dict[str, str]:
    named = {} if term is None else term.name or {"en": term.publisher}
    return {
        language: text.format(term=named.get(language) or named.get("en", ""), place=place)
        for language, text in pattern.title.items()
    }


def _other(row: DatasetRow, key: str, term: TermRow | None, place: str) -> str:
    found = next((pattern for pattern in row.patterns if pattern.key == key), None)
    if found is None:
        return key
    missing = place not in found.places or (term and found.terms and term.id not in found.terms)
    return "" if missing else series_name(found, term.id if term else "", place)


def _terms(folder: Path) -> Iterator[TermRow]:
    path = folder / "terms.csv"
    for line in read_table(path, "terms") if path.exists() else ():
        yield TermRow(id=str(line.cells["id"]), publisher=str(line.cells["publisher"]))


def _releases(folder: Path, dataset: str) -> Iterator[Release]:
    path = folder / "releases.csv"
    for line in read_table(path, "releases"):
        cells = {key: cast(str, value) for key, value in line.cells.items()}
        try:
            published = LegalDate.parse(cells["published"])
        except ValueError as error:
            cure = "Write a day, a month or a range of days"
            raise DataError([Problem(str(path), line.number, f"published: {error}", cure)]) from None
        yield Release(**{**cells, "dataset": dataset, "published": published})  # type: ignore[arg-type]  # by schema


def _observations(folder: Path, release: Release, series: Mapping[str, Series]) -> Iterator[Observation]:
    path = folder / "observations" / f"{release.id}.csv"
    problems: list[Problem] = []
    seen: dict[tuple[Cell, ...], int] = {}
    for line in read_table(path, "observations"):
        key = (line.cells["series"], line.cells["period_first"], line.cells["period_last"])
        problems += _problems(path, line, series, seen.get(key))
        seen[key] = line.number
        if not problems:
            yield _observation(line, release)
    if problems:
        raise DataError(problems)


def _problems(path: Path, line: Line, series: Mapping[str, Series], before: int | None) -> Iterator[Problem]:
    cells = line.cells
    if cells["series"] not in series:
        yield Problem(str(path), line.number, f"No series has the id “{cells['series']}”", "See dataset.yaml")
    if cast(str, cells["period_first"]) > cast(str, cells["period_last"]):
        yield Problem(str(path), line.number, "The period ends before it begins", "Exchange the two days")
    if before is not None:
        what = f"Series and period stand on line {before} already"
        yield Problem(str(path), line.number, what, "Keep the one that the publisher printed")
    if (cells["value"] is None) != (cells["status"] == "suppressed"):
        cure = "Leave the value empty and say “suppressed”, or give both otherwise"
        yield Problem(str(path), line.number, "Value and status do not fit each other", cure)


def _observation(line: Line, release: Release) -> Observation:
    cells = dict(line.cells)
    period = Period(first=cells.pop("period_first"), last=cells.pop("period_last"))  # type: ignore[arg-type]  # by schema
    return Observation(release=release, period=period, **cells)  # type: ignore[arg-type]  # by schema


def _check_definitions(file: LinedFile, dataset: Dataset) -> None:
    ids = {release.id for release in dataset.releases}
    problems = [
        file.problem(f"No release has the id “{row.from_release}”", "Take one of releases.csv", "definitions", index)
        for index, row in enumerate(dataset.row.definitions)
        if row.from_release not in ids
    ]
    if problems:
        raise DataError(problems)
