"""Canada: the XML of the Justice Laws website (``justicecanada/laws-lois-xml``), the schedules of the Act on drugs.

The attribute ``inforce-start-date`` of an item is the day of its text only where ``enacted-date`` stands beside it;
without it, it is the day on which the database was set up anew, and says nothing of the law.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import line_of, parse_xml, read_day
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, names_and_chemical

NAMESPACE = "{http://justice.gc.ca/lims}"
INSTRUMENTS = {"C-38.8": ("ca-cdsa", "https://laws-lois.justice.gc.ca/eng/acts/C-38.8/")}
_SCHEDULES = re.compile(r"SCHEDULE (I|II|III|IV|V|VI)")
_PERIOD = re.compile(r"(\w+ \d{1,2}, \d{4}) to (\w+ \d{1,2}, \d{4})")
_EXCLUDING = re.compile(r"but (?:not including|does not include|excluding)", re.IGNORECASE)
_JOINING = re.compile(r"(?:and|or|but)\b|Note", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    schedule: str
    item: str = ""
    excluded: bool = False


def recognises(head: str) -> bool:
    """Tell the file by its namespace."""
    return "http://justice.gc.ca/lims" in head


def read(path: Path, content: bytes) -> OfficialFile:
    """Read Schedules I to VI.

    Raises
    ------
    ReadError
        When it is another Act or regulation, or does not say of which day it is.
    """
    root = parse_xml(path, content)
    number = root.findtext(".//ConsolidatedNumber") or root.findtext(".//InstrumentNumber") or ""
    if number not in INSTRUMENTS:
        known = ", ".join(INSTRUMENTS)
        raise ReadError(f"{path} is {number or 'another text'}, of which no list is held.", f"Held are: {known}.")
    instrument, address = INSTRUMENTS[number]
    day = read_day(path, root.attrib.get(f"{NAMESPACE}current-date", ""))
    rows = tuple(row for schedule in root.iter("Schedule") for row in _schedule(schedule))
    amended = root.attrib.get(f"{NAMESPACE}lastAmendedDate", "")
    return OfficialFile(
        format="Canada: Justice Laws XML",
        title=f"{root.findtext('.//ShortTitle')}, official XML, current to {day}, last amended {amended}",
        address=address,
        instruments=(instrument,),
        text_of=day,
        rows=rows,
        schedules=frozenset(row.schedule for row in rows),
    )


def _schedule(schedule: Element) -> Iterator[OfficialRow]:
    label = _SCHEDULES.fullmatch(schedule.findtext("ScheduleFormHeading/Label") or "")
    if label is None:
        return
    name = f"Schedule {label[1]}"
    acts = _acts(schedule)
    groups = list(schedule.iter("Group"))
    for part in groups or [schedule]:
        heading = part.findtext("GroupHeading/Label")
        place = _Place(f"{name}, {heading.capitalize()}" if heading else name)
        rows = [*_lists(part, place), *_tables(part, place)]
        yield from (replace(row, act=acts.get(row.since, "")) if row.since else row for row in rows)


def _lists(part: Element, place: _Place) -> Iterator[OfficialRow]:
    for child in part:
        if child.tag == "List":
            yield from _items(child, place)
        elif child.tag not in ("Item", "HistoricalNote", "table", "Footnote"):
            yield from _lists(child, place)


def _items(listing: Element, place: _Place) -> Iterator[OfficialRow]:
    """Read the items of a list and what hangs below them; after "but not including" they are named as outside."""
    excluding = place.excluded
    for item in listing.findall("Item"):
        label = (item.findtext("Label") or "").strip()
        texts = [line_of(text) for text in item.findall("Text")]
        printed = " ".join(texts)
        if not label and _EXCLUDING.search(printed):
            excluding = True
        here = replace(place, item=place.item + label, excluded=excluding)
        below = item.findall("List")
        if label and printed and item.find(".//Text/Repealed") is None and item.find("Repealed") is None:
            yield _row(item, here, printed)
        outside = replace(here, excluded=excluding or bool(_EXCLUDING.search(printed)))
        for inner in below:
            yield from _items(inner, outside)


def _tables(part: Element, place: _Place) -> Iterator[OfficialRow]:
    """Read the tables of Schedule V: item, substance, period."""
    for group in part.iter("TableGroup"):
        caption = re.match(r"TABLE (\d+)", group.findtext("Caption") or "")
        for row in group.iterfind(".//tbody/row"):
            number, printed, period, *_ = [*(line_of(entry) for entry in row.findall("entry")), "", ""]
            if row.find(".//Repealed") is not None or not printed:
                continue
            item = f"table {caption[1]}, {number}" if caption else number
            read = _row(row, replace(place, item=item), printed)
            days = _PERIOD.search(period)
            yield replace(read, since=_day(days[1]), until=_day(days[2])) if days else read


def _row(element: Element, place: _Place, printed: str) -> OfficialRow:
    names, chemical = names_and_chemical(printed)
    started = element.attrib.get(f"{NAMESPACE}inforce-start-date")
    amended = f"{NAMESPACE}enacted-date" in element.attrib
    return OfficialRow(
        schedule=place.schedule,
        item=place.item,
        printed=printed,
        names=names,
        chemical=chemical,
        since=date.fromisoformat(started) if started and amended else None,
        excluded=place.excluded,
    )


def _acts(schedule: Element) -> dict[date | None, str]:
    """Give the acts of the history note by the day on which they came into force."""
    acts: dict[date | None, list[str]] = {}
    for note in schedule.iterfind("HistoricalNote/HistoricalNoteSubItem"):
        if f"{NAMESPACE}enacted-date" in note.attrib:
            act = line_of(note).partition(", s")[0]
            named = acts.setdefault(date.fromisoformat(note.attrib[f"{NAMESPACE}inforce-start-date"]), [])
            if act not in named:
                named.append(act)
    return {day: "; ".join(named) for day, named in acts.items()}


def _day(text: str) -> date:
    return datetime.strptime(text, "%B %d, %Y").date()  # noqa: DTZ007 - a civil day, no clock
