"""Measures of States beside law and figures: treatment, overdose help, inspections, trade, post, as dated cited acts.

What is held was looked up; it is a selection. A kind of which nothing is held for a place is *not held*, never "none".
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from drugcontrol.dates import LegalDate
from drugcontrol.errors import DataError, Problem, UsageError
from drugcontrol.law.rows import Text
from drugcontrol.law.yamlfile import LinedFile
from drugcontrol.situation.measure_rows import KINDS, SIDES, MeasureFile, MeasureKind, MeasureRow, Side

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "measures"
"""The measures of the package, a file for each place."""

LANGUAGES = ("en", "es", "zh")

DayOf = Literal["effective", "published", "decided"]
_DAYS: tuple[DayOf, ...] = ("effective", "published", "decided")
_GUIDE = "docs/measures.md"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure with its days read.

    Attributes
    ----------
    on : LegalDate
        The day under which it stands on a timeline, with its doubt.
    day_of : {"effective", "published", "decided"}
        What that day is: the first of these that is held.
    until : LegalDate or None
        Its last day; None where no end is held.
    """

    place: str
    row: MeasureRow
    on: LegalDate
    day_of: DayOf
    until: LegalDate | None

    @property
    def side(self) -> Side:
        """Say whether it is about demand or supply."""
        return SIDES[self.row.kind]

    @property
    def known_from(self) -> LegalDate:
        """Give the day from which it was public: of publication, else of decision, else the day it stands under."""
        return LegalDate.parse(self.row.published or self.row.decided or self.on.text)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Every measure that is held, by place and day, and what was looked for."""

    all: tuple[Measure, ...]
    covers: dict[str, Text]

    def places(self) -> tuple[str, ...]:
        """Give the places of which a file is held."""
        return tuple(self.covers)

    def select(
        self,
        places: Collection[str] = (),
        kinds: Collection[MeasureKind] = (),
        first: date = date.min,
        last: date = date.max,
    ) -> list[Measure]:
        """Give the measures of places and kinds whose day may lie between two days; without them, of all."""
        return [
            item
            for item in self.all
            if (not places or item.place in places)
            and (not kinds or item.row.kind in kinds)
            and item.on.latest >= first
            and item.on.earliest <= last
        ]

    def public_by(self, places: Sequence[str], day: date) -> list[Measure]:
        """Give the measures that stood and were public on or before a day, beyond doubt, place by place."""
        held = [item for item in self.select(places) if item.on.latest <= day and item.known_from.latest <= day]
        return sorted(held, key=lambda item: (places.index(item.place), item.on.earliest, item.row.id))


@dataclass(frozen=True, kw_only=True)
class KindBeside:
    """What is held of one kind for two places; an empty list is “not held”."""

    kind: MeasureKind
    one: tuple[Measure, ...]
    other: tuple[Measure, ...]


def compare(held: Measures, one: str, other: str, kinds: Collection[MeasureKind] = ()) -> list[KindBeside]:
    """Put the measures of two places side by side, kind by kind, oldest first.

    A kind of which nothing is held for either is given only when it was asked for.
    """
    found = []
    for kind in KINDS:
        sides = [tuple(held.select((place,), (kind,))) for place in (one, other)]
        if any(sides) or kind in kinds:
            found.append(KindBeside(kind=kind, one=sides[0], other=sides[1]))
    return [item for item in found if not kinds or item.kind in kinds]


def read_places(held: Measures, asked: str) -> tuple[str, ...]:
    """Read the codes that were asked for, each once; all that are held when none was.

    Raises
    ------
    UsageError
        When no measures are held for a place.
    """
    codes = [part.upper() for part in asked.replace(" ", ",").split(",") if part]
    for code in codes:
        if code not in held.places():
            listed = ", ".join(held.places())
            raise UsageError(
                f"Measures of “{code}” are not held.",
                f"Held are {listed}; see {_GUIDE} to add some.",
                code="no_place",
                field="in",
            )
    return tuple(dict.fromkeys(codes)) or held.places()


def read_kinds(asked: str) -> tuple[MeasureKind, ...]:
    """Read the kinds that were asked for, each once; none means all.

    Raises
    ------
    UsageError
        When there is no such kind.
    """
    parts = [part for part in asked.replace(" ", ",").split(",") if part]
    for part in parts:
        if part not in KINDS:
            raise UsageError(
                f"There is no such kind as “{part}”.",
                f"Write one or more of {', '.join(KINDS)}.",
                code="no_kind",
                field="kind",
            )
    return tuple(cast(MeasureKind, part) for part in dict.fromkeys(parts))


def load_measures(directory: Path = SHIPPED) -> Measures:
    """Load every file of measures.

    Raises
    ------
    DataError
        When rows do not fit; each problem with file, line and cure.
    """
    files = [LinedFile(path) for path in sorted(directory.glob("*.yaml"))]
    rows = [(file, file.convert(MeasureFile, guide=_GUIDE)) for file in files]
    if found := list(_problems(rows)):
        raise DataError(found)
    measures = (_measure(content.jurisdiction, row) for _, content in rows for row in content.measures)
    ordered = sorted(measures, key=lambda item: (item.place, item.on.earliest, item.on.latest, item.row.id))
    return Measures(all=tuple(ordered), covers={content.jurisdiction: content.covers for _, content in rows})


def _measure(place: str, row: MeasureRow) -> Measure:
    day_of: DayOf = next(name for name in _DAYS if getattr(row, name))
    until = LegalDate.parse(row.until) if row.until else None
    return Measure(place=place, row=row, on=LegalDate.parse(getattr(row, day_of)), day_of=day_of, until=until)


def _problems(files: Iterable[tuple[LinedFile, MeasureFile]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for file, content in files:
        if file.path.stem != content.jurisdiction.lower():
            cure = f"Name the file {content.jurisdiction.lower()}.yaml, or correct the code"
            yield file.problem(f"{file.path.name} holds measures of “{content.jurisdiction}”", cure, "jurisdiction")
        yield from _text_problems(file, content.covers, "covers")
        for index, row in enumerate(content.measures):
            at = ("measures", index)
            if row.id in seen:
                yield file.problem(f"The id “{row.id}” is given twice", "Give each measure an id of its own", *at, "id")
            seen.add(row.id)
            if not row.id.startswith(f"{content.jurisdiction.lower()}-"):
                cure = f"Begin it with “{content.jurisdiction.lower()}-”"
                yield file.problem(f"The id “{row.id}” does not name its place", cure, *at, "id")
            yield from _row_problems(file, row, *at)


def _row_problems(file: LinedFile, row: MeasureRow, *at: str | int) -> Iterator[Problem]:
    for key in ("title", "says"):
        yield from _text_problems(file, getattr(row, key), *at, key)
    for key in ("within", "note"):
        if getattr(row, key):
            yield from _text_problems(file, getattr(row, key), *at, key)
    for address in (row.instrument.address, *row.read):
        if not address.startswith(("https://", "http://")):
            yield file.problem(f"“{address}” is no address", "Write it from https:// on", *at)
    if not row.read:
        yield file.problem(f"{row.id} names nothing that was read", "Give the addresses under “read”", *at)
    yield from _day_problems(file, row, *at)


def _text_problems(file: LinedFile, text: Text, *at: str | int) -> Iterator[Problem]:
    missing = [language for language in LANGUAGES if not text.get(language, "").strip()]
    if missing:
        what = f"The text is missing in {', '.join(missing)}"
        yield file.problem(what, "Write it in English, Spanish and Chinese", *at)


def _day_problems(file: LinedFile, row: MeasureRow, *at: str | int) -> Iterator[Problem]:
    days: dict[str, LegalDate] = {}
    for key in (*_DAYS, "until", "read_on"):
        text: str = getattr(row, key)
        try:
            if text:
                days[key] = LegalDate.parse(text)
        except ValueError as error:
            yield file.problem(f"{key}: {error}", "Write a day, a month, a year or a range", *at, key)
            return
    if not any(key in days for key in _DAYS):
        yield file.problem(f"{row.id} has no day", "Give “decided”, “published” or “effective”", *at)
    if "read_on" not in days or not days["read_on"].exact:
        yield file.problem(f"{row.id} does not say when it was read", "Give “read_on” as a day", *at)
    for earlier, later in (("decided", "published"), ("decided", "effective"), ("effective", "until")):
        if earlier in days and later in days and days[earlier].earliest > days[later].latest:
            what = f"{later} ({days[later]}) lies before {earlier} ({days[earlier]})"
            yield file.problem(what, "Read the act again and correct one of them", *at, later)
