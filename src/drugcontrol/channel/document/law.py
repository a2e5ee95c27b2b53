"""The legal status of substance lines as tables, and once for all of them what the answers do not rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drugcontrol.channel.document.labels import code_label, text_label, word
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.channel.messages.parts import LegalStatus, Message
from drugcontrol.channel.messages.pen import PreExportNotification
from drugcontrol.check.status import PlaceStatus, StatusEntry
from drugcontrol.law.rows import Language


@dataclass(frozen=True, slots=True)
class LawRow:
    """One row of a table of legal status, in one language.

    Attributes
    ----------
    place, scheduled, lists : str
        Empty in the further rows of a place.
    answer : str
        Code of the answer, for its look.
    partial : bool
        Some list of the place is not held whole.
    """

    place: str
    scheduled: str
    answer: str
    by: str
    since: str
    acts: str
    known: str
    lists: str
    partial: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that holds for a place, said once: a list not held whole, a note, a source."""

    place: str
    text: str
    address: str = ""


def statuses_of(message: Message) -> tuple[LegalStatus, ...]:
    """Give the legal status of every substance line."""
    if isinstance(message, IncidentNotice | PreExportNotification):
        return tuple(line.legal_status for line in message.substances)
    return ()


def rows_of(status: LegalStatus, language: Language) -> Iterator[LawRow]:
    """Give the rows of a table: for each place one row an entry, or one that says that nothing was found."""
    for place in status.places:
        entries: Sequence[StatusEntry | None] = (*place.entries, *place.pending) or (None,)
        for index, entry in enumerate(entries):
            first = index == 0
            yield LawRow(
                place=f"{place.place} {text_label(place.name, language)}" if first else "",
                scheduled=code_label("law-scheduled", place.scheduled, language) if first else "",
                answer=place.scheduled,
                by=_by(entry, language) if entry else word("nothing_found", language),
                since=_span(entry) if entry else "",
                acts="; ".join(entry.acts) if entry else "",
                known=code_label("law-known", entry.known, language) if entry else "",
                lists=_lists(place, language) if first else "",
                partial=place.coverage != "complete",
            )


def missing_of(statuses: Sequence[LegalStatus], language: Language) -> list[Remark]:
    """Give every list that is not held whole, once."""
    found = [
        Remark(place.place, _missing(code_label("law-state", held.state, language), held.name, held.missing, language))
        for status in statuses
        for place in status.places
        for held in place.missing
    ]
    return list(dict.fromkeys(found))


def notes_of(statuses: Sequence[LegalStatus], language: Language) -> list[Remark]:
    """Give every note on the law of a place, once."""
    found = [
        Remark(place.place, text_label(note, language))
        for status in statuses
        for place in status.places
        for note in place.notes
    ]
    return list(dict.fromkeys(found))


def sources_of(statuses: Sequence[LegalStatus]) -> list[Remark]:
    """Give every source that an entry rests on, once."""
    found = [
        Remark(place.place, cited.title, cited.address)
        for status in statuses
        for place in status.places
        for entry in (*place.entries, *place.pending)
        for cited in entry.citations
    ]
    return list(dict.fromkeys(found))


def _by(entry: StatusEntry, language: Language) -> str:
    schedule = text_label(entry.schedule_name, language)
    parts = [
        code_label("law-kind", entry.kind, language),
        f"{text_label(entry.instrument_title, language)}, {schedule}",
    ]
    if entry.item:
        parts.append(entry.item)
    parts += [f"({clause.id}) {text_label(clause.says, language)}" for clause in entry.clauses]
    if entry.gives_way:
        parts.append(word("gives_way", language))
    if entry.status != "controlled":
        parts.append(code_label("law-status", entry.status, language))
    if entry.question:
        parts.append(code_label("law-question", entry.question, language))
    return " · ".join(parts)


def _span(entry: StatusEntry) -> str:
    return f"{entry.since} – {entry.until}" if entry.until else entry.since


def _lists(place: PlaceStatus, language: Language) -> str:
    """Say kind by kind what is held, and whether the substance was scheduled under it."""
    return "; ".join(
        f"{code_label('law-kind', kind.kind, language)}: {code_label('law-scheduled', kind.scheduled, language)}"
        f" ({code_label('law-state', kind.coverage, language)})"
        for kind in place.kinds
    )


def _missing(state: str, name: dict[str, str], missing: Sequence[dict[str, str]], language: Language) -> str:
    told = "; ".join(text_label(text, language) for text in missing)
    return f"{text_label(name, language)} [{state}]" + (f": {told}" if told else "")
