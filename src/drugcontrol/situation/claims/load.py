"""Claims on disk, read strictly: every problem with file, row and cure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process

from drugcontrol.dates import LegalDate
from drugcontrol.errors import DataError, Problem, UsageError
from drugcontrol.law import Law
from drugcontrol.law.rows import Text
from drugcontrol.law.yamlfile import LinedFile
from drugcontrol.situation.claims.rows import ClaimRow, ClaimSource, Greatest, ReadingRow, StatementRow
from drugcontrol.situation.model import Figures

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "claims"
"""The claims of the package."""

_LANGUAGES = {"en", "es", "zh"}
_GUIDE = "docs/claims.md"
_DATES = ("since", "first", "last", "period", "on", "by")
_PLACES = ("place", "other", "sender", "recipient")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence with the statement in which it was said."""

    row: ClaimRow
    statement: StatementRow
    said_on: date

    @property
    def id(self) -> str:
        """Give the id by which it is asked for."""
        return self.row.id

    @property
    def source(self) -> ClaimSource:
        """Give where its words were read."""
        return next(source for source in self.statement.sources if source.id == self.row.source)


def load_claims(figures: Figures, law: Law, directory: Path = SHIPPED) -> tuple[Claim, ...]:
    """Load every claim, in the order of the statements.

    Raises
    ------
    DataError
        When a file does not fit: unknown keys, tests, series, places or substances; a text that lacks a language; a
        claim without what its kind asks for.
    """
    claims: list[Claim] = []
    problems: list[Problem] = []
    for path in sorted(directory.glob("*.yaml")):
        file = LinedFile(path)
        statement = file.convert(StatementRow, guide=_GUIDE)
        found = list(_problems(file, statement, figures, law, {claim.id for claim in claims}))
        problems += found
        if not found:
            said_on = LegalDate.parse(statement.said_on).earliest
            claims += [Claim(row=row, statement=statement, said_on=said_on) for row in statement.claims]
    if problems:
        raise DataError(problems)
    return tuple(claims)


def find_claim(claims: Collection[Claim], claim_id: str) -> Claim:
    """Find a claim by its id; capitals do not matter.

    Raises
    ------
    UsageError
        When there is none; the hint names the nearest ones.
    """
    named = {claim.id: claim for claim in claims}
    wanted = claim_id.strip().casefold()
    if wanted in named:
        return named[wanted]
    near = process.extract(wanted, named.keys(), scorer=fuzz.WRatio, score_cutoff=60, limit=3)
    ask = f"Did you mean {', '.join(name for name, _, _ in near)}? " if near else ""
    raise UsageError(f"No claim has the id “{claim_id}”.", f"{ask}“claim list” shows them all.", code="unknown_id")


def _problems(
    file: LinedFile, statement: StatementRow, figures: Figures, law: Law, taken: Collection[str]
) -> Iterator[Problem]:
    if not _is_date(statement.said_on, exact=True):
        yield file.problem(f"“{statement.said_on}” is no day", "Write YYYY-MM-DD", "said_on")
    sources = {source.id for source in statement.sources}
    yield from _texts(file, {"title": statement.title, "said_by": statement.said_by, "place": statement.place})
    yield from _texts(file, {"words_note": statement.words_note})
    seen = set(taken)
    for index, row in enumerate(statement.claims):
        at = ("claims", index)
        if row.id in seen:
            yield file.problem(f"The id “{row.id}” is given twice", "Ids are never reused", *at, "id")
        seen.add(row.id)
        if row.source not in sources:
            yield file.problem(f"No source has the id “{row.source}”", "Add it to sources", *at, "source")
        if row.kind == "checkable" and not row.readings:
            yield file.problem("A checkable claim has no reading", "Add one, or another kind", *at)
        if (row.kind == "checkable") == bool(row.why):
            yield file.problem("Why it is not checked", "Give “why” where the kind is not checkable, only there", *at)
        yield from _texts(file, {"words": row.words} | ({"why": row.why} if row.why else {}), *at)
        for number, reading in enumerate(row.readings):
            yield from _reading(file, reading, figures, law, (*at, "readings", number))


def _reading(
    file: LinedFile, reading: ReadingRow, figures: Figures, law: Law, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    yield from _texts(file, {"says": reading.says}, *at)
    test = msgspec.to_builtins(reading.test)
    series = [test["series"]] if "series" in test else []
    known = {item.id: item for item in figures.all_series()}
    for name in (*series, *test.get("others", ())):
        if name not in known:
            yield file.problem(f"No series has the id “{name}”", "“figures list” shows them", *at, "test")
    if isinstance(reading.test, Greatest):
        units = {known[name].pattern.unit for name in (*series, *reading.test.others) if name in known}
        if len(units) > 1:
            cure = "Compare counts with counts, rates with rates"
            yield file.problem(f"The series have different units: {', '.join(sorted(units))}", cure, *at, "test")
    for place in (*(test[key] for key in _PLACES if key in test), *test.get("places", ())):
        if place not in law.jurisdictions:
            yield file.problem(f"No law is held for “{place}”", "Write a code of jurisdictions.yaml", *at, "test")
    for substance in test.get("substances", ()):
        if substance not in law.substances:
            yield file.problem(f"No substance has the id “{substance}”", "See data/substances", *at, "test")
    for key in _DATES:
        if test.get(key) and not _is_date(test[key], exact=False):
            cure = "Write 2023-04-06, 2023-04 or 2023"
            yield file.problem(f"{key}: “{test[key]}” is no date", cure, *at, "test", key)


def _texts(file: LinedFile, texts: Mapping[str, Text], *at: str | int) -> Iterator[Problem]:
    for key, text in texts.items():
        missing = _LANGUAGES - {language for language, words in text.items() if words.strip()}
        if missing:
            yield file.problem(f"{key} lacks {', '.join(sorted(missing))}", "Write it in en, es and zh", *at, key)


def _is_date(text: str, *, exact: bool) -> bool:
    try:
        parsed = LegalDate.parse(text)
    except ValueError:
        return False
    return parsed.exact or not exact
