"""United States: the XML of the electronic Code of Federal Regulations, 21 CFR 1308.11 to 1308.15 and 1310.02.

Sections are ``DIV8`` with ``TYPE="SECTION"`` (GPO, eCFR XML user guide, 2.3). Numbering is part of the text and nothing
is nested (2.4), so the paragraph of an entry is found by reading on. An entry ends with its code, in a cell of its own
or at the end of the line.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import line_of, parse_xml, read_day
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, names_and_chemical

ADDRESS = "https://www.ecfr.gov/current/title-21/chapter-II"
INSTRUMENTS = {"1308": "us-cfr-1308", "1310": "us-cfr-1310"}
_SECTION = re.compile(r"1308\.1[1-5]|1310\.02")
_LABELS = re.compile(r"\s*\(([a-z]{1,2}|\d{1,3}|[ivxl]+)\)")
_DAY = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})")
_CODE = re.compile(r"[\s.]*(\d{4}|XXXX)$")
_PARAGRAPHS = ("P", "P-1", "P-2", "P-3", "FP", "FP-1", "FP-2", "FP1-2", "TR")


def recognises(head: str) -> bool:
    """Tell the file by its divisions, or by the root of a whole title."""
    return "<DLPSTEXTCLASS" in head or bool(re.search(r"<DIV[158] [^>]*TYPE=\"(?:TITLE|PART|SECTION)\"", head))


def read(path: Path, content: bytes) -> OfficialFile:
    """Read the sections with schedules and list chemicals that the file has.

    Raises
    ------
    ReadError
        When the file does not say of which day it is.
    """
    root = parse_xml(path, content)
    sections = {
        number[0]: division
        for division in root.iter("DIV8")
        if (number := _SECTION.search(division.attrib.get("N", "")))
    }
    rows = tuple(row for number, section in sections.items() for row in _entries(number, section))
    parts = {number[:4] for number in sections}
    return OfficialFile(
        format="United States: eCFR XML",
        title=f"eCFR, 21 CFR {', '.join(sections)}",
        address=ADDRESS,
        instruments=tuple(instrument for part, instrument in INSTRUMENTS.items() if part in parts),
        text_of=_day_of(path, root),
        rows=rows,
        schedules=frozenset(row.schedule for row in rows),
    )


def _day_of(path: Path, root: Element) -> date:
    day = _DAY.search(root.findtext(".//AMDDATE") or "")
    if day is None:
        raise ReadError(f"{path} does not say of which day it is.", "Keep its AMDDATE element (month day, year).")
    return read_day(path, " ".join(day.groups()), "%b %d %Y")


def _entries(section: str, division: Element) -> Iterator[OfficialRow]:
    """Read paragraphs in order; (b) opens a list; (1) is an entry of it if a code follows, else opens one."""
    letter = number = ""
    for element in division.iter():
        if element.tag not in _PARAGRAPHS or (element.tag != "TR" and element.find(".//TR") is not None):
            continue
        labels, rest = _labels(line_of(element))
        code = _CODE.search(rest)
        inner = []
        for label in labels:
            if label.isdigit():
                number = label
            elif number and code and set(label) <= set("ivxl"):
                inner.append(label)
            else:
                letter, number = label, ""
        printed = rest[: code.start()].strip(" .;") if code else ""
        if code and letter and printed:
            item = "".join(f"({label})" for label in (letter, number, *inner) if label)
            schedule = section if section.startswith("1308") else f"{section}({letter})"
            names, chemical = names_and_chemical(printed)
            note = f"code {code[1]}"
            yield OfficialRow(schedule=schedule, item=item, printed=printed, names=names, chemical=chemical, note=note)


def _labels(text: str) -> tuple[list[str], str]:
    labels: list[str] = []
    place = 0
    while label := _LABELS.match(text, place):
        labels.append(label[1])
        place = label.end()
    return labels, text[place:].strip()
