"""United Kingdom: the XML of legislation.gov.uk (CLML), Schedule 2 to the Misuse of Drugs Act 1971.

An entry is one text in a sub-paragraph of paragraph 1; the numbers stand in ``Pnumber``. What an order inserted is
wrapped in an ``Addition`` or ``Substitution`` whose commentary names the order and, since the nineties, its day.
Generic paragraphs ("any compound structurally derived from ...") are class rules and no entries; of one that leads
with a name, the named substance is an entry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import line_of, parse_xml, read_day
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, name_and_chemical

FORMAT = "United Kingdom: legislation.gov.uk XML"
NAMESPACE = "http://www.legislation.gov.uk/namespaces/legislation"
INSTRUMENTS = {"ukpga/1971/38": "gb-mda-1971"}
_L = f"{{{NAMESPACE}}}"
_DUBLIN = "{http://purl.org/dc/terms/}"
_PART = re.compile(r"PART\s+(I{1,3}|\d)\b", re.IGNORECASE)
_ROMAN = {"1": "I", "2": "II", "3": "III"}
_GENERIC = re.compile(r"any (?:compound|substance|5,5)|the following ", re.IGNORECASE)
_LEADING_NAME = re.compile(r"(?P<name>\S.*?) or any compound\b", re.IGNORECASE)
_NAMED_ONLY = re.compile(r"[.\s]*|F\d+")
_ORDER = re.compile(r"S\.I\. ?(\d{4}/\d+)")
_DAY = re.compile(r"\((\d{1,2})\.(\d{1,2})\.(\d{4})\)")


@dataclass(frozen=True)
class _Place:
    schedule: str
    item: str = ""
    commentary: str = ""


def recognises(head: str) -> bool:
    """Tell the file by its namespace."""
    return NAMESPACE in head


def read(path: Path, content: bytes) -> OfficialFile:
    """Read Parts I to III of Schedule 2.

    Raises
    ------
    ReadError
        When it is other legislation, or says not of which day it is.
    """
    root = parse_xml(path, content)
    uri = root.get("DocumentURI", "") + root.get("IdURI", "")
    instrument = next((held for number, held in INSTRUMENTS.items() if number in uri), None)
    if instrument is None:
        raise ReadError(f"{path} is {uri or 'other legislation'}, of which no list is held.", "Held is ukpga/1971/38.")
    day = root.findtext(f".//{_DUBLIN}valid") or root.get("RestrictStartDate") or ""
    notes = {note.get("id", ""): line_of(note) for note in root.iter(f"{_L}Commentary")}
    rows = tuple(_rows(root, notes))
    return OfficialFile(
        format=FORMAT,
        title=f"Misuse of Drugs Act 1971, Schedule 2, text of {day}",
        address="https://www.legislation.gov.uk/ukpga/1971/38/schedule/2",
        instruments=(instrument,),
        text_of=read_day(path, day),
        rows=rows,
        schedules=frozenset(row.schedule for row in rows),
    )


def _rows(root: Element, notes: dict[str, str]) -> Iterator[OfficialRow]:
    for part in root.iter(f"{_L}Part"):
        number = _PART.match(part.findtext(f"{_L}Number") or "")
        if number is None:
            continue
        place = _Place(f"Part {_ROMAN.get(number[1], number[1].upper())}")
        for paragraph in part.iter(f"{_L}P1"):
            if _number(paragraph) == "1":
                yield from _entries(paragraph, replace(place, item="1"), notes)


def _entries(element: Element, place: _Place, notes: dict[str, str]) -> Iterator[OfficialRow]:
    """Read the texts below a paragraph in order; the sub-paragraph and the last mark of a change go down with them."""
    for child in element:
        here = place
        if child.tag in (f"{_L}Addition", f"{_L}Substitution"):
            here = replace(place, commentary=child.get("CommentaryRef", place.commentary))
        if child.tag in (f"{_L}P2", f"{_L}P3"):
            here = replace(place, item=f"{place.item}({_number(child)})")
        if child.tag == f"{_L}Text":
            yield from _entry(child, here, notes)
        elif child.tag in (f"{_L}P4", f"{_L}P5", f"{_L}BlockText"):
            continue  # limbs of a generic paragraph
        elif child.tag != f"{_L}Pnumber":
            yield from _entries(child, here, notes)


def _entry(text: Element, place: _Place, notes: dict[str, str]) -> Iterator[OfficialRow]:
    printed = line_of(text).rstrip(".,; ")
    if _NAMED_ONLY.fullmatch(printed) or _GENERIC.match(printed):
        return
    led = _LEADING_NAME.match(printed)
    name, chemical = name_and_chemical(led["name"] if led else printed)
    marked = next(
        (mark.get("CommentaryRef", "") for mark in text.iter() if mark.get("CommentaryRef")), place.commentary
    )
    note = notes.get(marked, "")
    order, day = _ORDER.search(note), _DAY.search(note)
    yield OfficialRow(
        schedule=place.schedule,
        item=place.item,
        printed=led["name"] if led else printed,
        names=(name,),
        chemical=chemical,
        since=date(int(day[3]), int(day[2]), int(day[1])) if day else None,
        act=f"S.I. {order[1]}" if order else "",
    )


def _number(paragraph: Element) -> str:
    return (paragraph.findtext(f"{_L}Pnumber") or "").strip(" ().")
