"""The checks of class rules that need no chemistry: references, languages, evidence."""

from collections.abc import Iterable, Iterator

from drugcontrol.dates import LegalDate
from drugcontrol.errors import Problem
from drugcontrol.law.files import LawFiles
from drugcontrol.law.rows import LANGUAGES, ClassRuleRow, InstrumentRow, RuleTextRow, Text
from drugcontrol.law.yamlfile import LinedFile, Place


def rule_problems(files: LawFiles) -> Iterator[Problem]:
    """Give everything of the class rules that does not fit the rest of the data."""
    instruments = {row.id: row for _, row in files.instruments}
    substances = {row.id for _, content in files.substances for row in content.substances}
    seen: set[str] = set()
    for file, row in files.rules:
        instrument = instruments.get(row.instrument)
        if instrument is None:
            yield _undefined(file, "instrument", row.instrument, "instrument")
            continue
        for index, text in enumerate(row.texts):
            if text.id in seen:
                yield file.problem(f"The rule id {text.id} is given twice", "Give one another id", "texts", index)
            seen.add(text.id)
            yield from _text(file, instrument, set(instruments), text, ("texts", index))
        yield from _clauses(file, row, substances)
        yield from _rulings(file, row, instrument, substances)
        if not row.reading:
            yield file.problem("A rule without its reading", "Say in `reading` how the words are read", "id")


def _text(
    file: LinedFile, instrument: InstrumentRow, instruments: set[str], text: RuleTextRow, place: Place
) -> Iterator[Problem]:
    groups = (
        ("schedule", [text.schedule], {schedule.id for schedule in instrument.schedules}),
        ("provision", [*text.by, *filter(None, [text.until])], {provision.id for provision in instrument.provisions}),
        ("source", text.sources, {source.id for source in instrument.sources}),
        ("instrument", text.gives_way_to, instruments),
    )
    for what, ids, known in groups:
        yield from _known(file, what, ids, known, place)
    yield from _translated(file, text.title, (*place, "title"))
    yield from _translated(file, text.says, (*place, "says"))
    if not text.by:
        yield file.problem(f"{text.id} has no provision", "Name in `by` what put it in force", *place)


def _clauses(file: LinedFile, row: ClassRuleRow, substances: set[str]) -> Iterator[Problem]:
    clauses = {clause.id for clause in row.clauses}
    for index, clause in enumerate(row.clauses):
        place: Place = ("clauses", index)
        yield from _translated(file, clause.says, (*place, "says"))
        named = [item for item in (*clause.members, *clause.outside) if isinstance(item, str)]
        yield from _known(file, "substance", named, substances, place)
    yield from _known(file, "clause", row.requires, clauses, ("requires",))
    yield from _known(file, "substance", row.outside, substances, ("outside",))
    for index, portion in enumerate(row.portions):
        yield from _translated(file, portion.name, ("portions", index, "name"))
        used = [change.clause for change in portion.changes]
        yield from _known(file, "clause", used, clauses, ("portions", index))


def _rulings(file: LinedFile, row: ClassRuleRow, instrument: InstrumentRow, substances: set[str]) -> Iterator[Problem]:
    sources = {source.id for source in instrument.sources}
    for index, ruling in enumerate(row.rulings):
        place: Place = ("rulings", index)
        yield from _known(file, "substance", ruling.substances, substances, place)
        yield from _known(file, "source", ruling.sources, sources, place)
        if not ruling.sources:
            yield file.problem("A ruling without a source", "Cite what was read", *place)
        try:
            LegalDate.parse(ruling.on)
        except ValueError as error:
            yield file.problem(str(error), "See “Dates” in docs/data-guide.md", *place)


def _known(file: LinedFile, what: str, ids: Iterable[str], known: set[str], place: Place) -> Iterator[Problem]:
    for item in ids:
        if item not in known:
            yield _undefined(file, what, item, *place)


def _undefined(file: LinedFile, what: str, item: str, *place: str | int) -> Problem:
    return file.problem(f"The {what} “{item}” is not defined", f"Add the {what}, or mend the id", *place)


def _translated(file: LinedFile, text: Text, place: Place) -> Iterator[Problem]:
    missing = [language for language in LANGUAGES if not text.get(language)]
    if missing:
        yield file.problem(f"The text is missing in {', '.join(missing)}", "Add it: answers print it", *place)
