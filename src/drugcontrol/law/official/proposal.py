"""Differences as YAML to paste: new rows with their citation, and the keys of held rows that change."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from drugcontrol.law.model import Law
from drugcontrol.law.names import normal_name
from drugcontrol.law.official.compare import Change
from drugcontrol.law.official.rows import OfficialFile, OfficialRow

_SLUG = re.compile(r"[^a-z0-9]+")


def proposal(law: Law, file: OfficialFile, changes: Sequence[Change]) -> str:
    """Write a proposed change of the data as YAML.

    Every row cites the file that was read. A day that the text does not give is written as the time between the day up
    to which the data were compared before and the day of the text. A substance that is not registered yet is left to a
    person: its names are given, its structure is not.
    """
    if not changes:
        return ""
    lines = [f"# {file.title}", "sources:", *_source(file)]
    added = [item for item in changes if item.kind == "added" and item.row]
    if added:
        lines += ["substances:  # to register first, each with its structure and witnesses"] if _new(added) else []
        lines += [line for item in _new(added) for line in _substance(item)]
        lines += ["provisions:", *_provisions(law, file, added), "listings:"]
        lines += [line for item in added for line in _listing(file, item)]
    changed = [item for item in changes if item.kind != "added"]
    if changed:
        lines += ["changes:  # of rows that are held", *(line for item in changed for line in _change(file, item))]
    return "\n".join(lines) + "\n"


def _source(file: OfficialFile) -> Iterator[str]:
    yield f"- id: {_source_id(file)}"
    yield f"  title: {_quoted(file.title)}"
    yield f"  address: {file.address}"
    yield "  read: whole"


def _new(added: Iterable[Change]) -> list[Change]:
    return [item for item in added if not item.substances]


def _substance(item: Change) -> Iterator[str]:
    row = _row(item)
    yield f"- id: {_slug(row.names[0])}"
    yield f"  name: {_quoted(row.names[0])}"
    if len(row.names) > 1:
        yield f"  names: {{en: [{', '.join(map(_quoted, row.names[1:]))}]}}"
    if row.cas:
        yield f"  cas: ['{row.cas}']"
    yield f"  note: {_quoted('printed as ' + row.printed)}"


def _provisions(law: Law, file: OfficialFile, added: Iterable[Change]) -> Iterator[str]:
    written = set()
    for item in added:
        row = _row(item)
        provision = _provision_id(file, row)
        if provision not in written:
            written.add(provision)
            yield f"- id: {provision}"
            yield f"  act: {_quoted(row.act or 'act not named in the text')}"
            yield f"  effective: '{row.since or _range(law, file, item)}'"
            if row.until:
                yield f"  expires: '{row.until}'"
            yield "  known: official"
            yield f"  sources: [{_source_id(file)}]"


def _range(law: Law, file: OfficialFile, item: Change) -> str:
    ids = {schedule.id for schedule in item.schedules}
    own = [held for held in law.coverage if held.instrument.id in file.instruments and held.schedule.id in ids]
    if not own:
        return f"[TO-CHOOSE..{file.text_of}]"
    compared = [held.to for held in own if held.to < file.text_of]
    first = max(compared) + timedelta(days=1) if compared else min(held.since for held in own)
    return f"[{first}..{file.text_of}]"


def _listing(file: OfficialFile, item: Change) -> Iterator[str]:
    row = _row(item)
    named = [substance.id for substance in item.substances] or [_slug(row.names[0])]
    where = " or ".join(schedule.id for schedule in item.schedules) or "the schedule is not in the file"
    for substance in named:
        yield f"- id: {file.instruments[0]}-{substance}"
        yield f"  substance: {substance}"
        yield f"  schedule: {item.schedules[0].id if len(item.schedules) == 1 else 'TO-CHOOSE'}  # {where}"
        if row.schedule and row.item:
            yield f"  item: {_quoted(row.item)}"
        if len(named) > 1 or not item.substances:
            yield f"  printed: {_quoted(row.printed)}"
        yield f"  by: [{_provision_id(file, row)}]"
        yield "  known: official"
        yield f"  sources: [{_source_id(file)}]"


def _change(file: OfficialFile, item: Change) -> Iterator[str]:
    if item.listing:
        yield f"- id: {item.listing.id}  # {item.kind}"
    elif item.apart:
        yield f"- printed: {_quoted(item.apart.printed)}  # of apart: take it out"
    yield from (f"  {line}" for line in _keys(file, item))
    yield f"  sources: [{_source_id(file)}]"


def _keys(file: OfficialFile, item: Change) -> Iterator[str]:
    if item.listing and item.reason == "gone":
        yield f"until: TO-CHOOSE  # the act that took it out, in force by {file.text_of}"
    elif item.row and item.reason == "other_item":
        yield f"item: {_quoted(item.row.item)}"
    elif item.row and item.reason == "other_name":
        yield f"printed: {_quoted(item.row.printed)}"
    elif item.row and item.reason == "named_outside":
        yield f"# named as outside: {_quoted(item.row.printed)}"
    elif item.row and item.reason == "other_end":
        yield f"# expires: '{item.row.until}'"
    elif item.row and item.listing:  # another first day
        first = item.listing.chain[0].effective.earliest
        day = f"[{first}..{item.row.since}]" if item.reason == "inexact" else item.row.since
        yield f"# of provision {item.listing.chain[0].row.id}: effective '{day}', act {_quoted(item.row.act)}"


def _row(item: Change) -> OfficialRow:
    if item.row is None:
        raise ValueError(f"A change of kind {item.kind} has no entry of the text.")
    return item.row


def _provision_id(file: OfficialFile, row: OfficialRow) -> str:
    if row.act or row.since:
        return _slug(" ".join(filter(None, (row.act, str(row.since or ""), str(row.until or "")))))
    return f"in-text-of-{file.text_of}"


def _source_id(file: OfficialFile) -> str:
    return f"{_slug(file.instruments[0])}-{file.text_of}"


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.casefold()).strip("-")[:60] or normal_name(text)


def _quoted(text: str) -> str:
    """Quote a text for YAML: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
