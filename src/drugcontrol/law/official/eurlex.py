"""European Union: Regulations (EC) No 273/2004 and No 111/2005 as EUR-Lex gives them, in HTML or in Formex (XML).

Each category is a heading and a table with the columns substance, CN designation, CN code and CAS number. Both
formats call their parts rows and cells, so that one parser of tags reads both. Marks of consolidation (▼M3, ►M1 ...
◄) are taken off.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import decode, require_whole
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, one_line

FORMAT = "European Union: EUR-Lex HTML or Formex"
ACTS = {"2004R0273": ("eu-273-2004", "No 273/2004"), "2005R0111": ("eu-111-2005", "No 111/2005")}
_ACT = re.compile(r"0(2004R0273|2005R0111)|CONSLEG\.REF=\"(2004R0273|2005R0111)")
_DAY = re.compile(r"0(?:2004R0273|2005R0111)-(\d{4})(\d\d)(\d\d)|START\.DATE=\"(\d{4})(\d\d)(\d\d)\"")
_PRINTED_DAY = re.compile(r"0(?:2004R0273|2005R0111)\s+—\s+\w\w\s+—\s+(\d\d)\.(\d\d)\.(\d{4})")
_CATEGORY = re.compile(r"(?:sub-?)?category (\d[AB]?)", re.IGNORECASE)
_CAS = re.compile(r"\d{2,7}-\d\d-\d")
_MARK = re.compile(r"[►▼]\s?[A-Z]\d*|◄|\(\s?\d\s?\)\s*$")
_BLOCKS = ("p", "td", "th", "cell", "ti")


def recognises(head: str) -> bool:
    """Tell the file by the number of the act in its address or head, and by its tags."""
    return bool(_ACT.search(head)) and "<" in head


def read(path: Path, content: bytes) -> OfficialFile:
    """Read the categories of a consolidated text.

    Raises
    ------
    ReadError
        When it says not of which day it is, or is cut off.
    """
    text = decode(path, content)
    found, day = _ACT.search(text), _day(text)
    if found is None or day is None:
        hint = "Take the consolidated text from EUR-Lex, for instance CELEX 02004R0273-20250814."
        raise ReadError(f"{path} does not say which act it is, or of which day.", hint)
    instrument, number = ACTS[found[1] or found[2]]
    require_whole(path, text, "html", "body", "table", "tr", "CONS.ACT", "TBL", "ROW")
    tables = _Tables()
    tables.feed(text)
    rows = tuple(_rows(tables.rows))
    return OfficialFile(
        format=FORMAT,
        title=f"Regulation (EC) {number}, consolidated text of {day}",
        address=f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:0{found[1] or found[2]}-{day:%Y%m%d}",
        instruments=(instrument,),
        text_of=day,
        rows=rows,
        schedules=frozenset(row.schedule for row in rows),
    )


def _day(text: str) -> date | None:
    if coded := _DAY.search(text):
        year, month, day = (int(part) for part in coded.groups() if part)
        return date(year, month, day)
    if printed := _PRINTED_DAY.search(text):
        return date(int(printed[3]), int(printed[2]), int(printed[1]))
    return None


class _Tables(HTMLParser):
    """Collects rows of cells, each with the category whose heading came last before it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, list[str]]] = []
        self.category = ""
        self.text = ""
        self.in_row = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002 - a method of HTMLParser
        if tag in ("tr", "row"):
            self.rows.append((self.category, []))
            self.in_row = True
        elif tag in ("td", "th", "cell"):
            self.rows[-1][1].append("")
        elif tag in ("p", "ti"):
            self.text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("tr", "row"):
            self.in_row = False
        elif tag in ("p", "ti") and not self.in_row:
            if heading := _CATEGORY.fullmatch(_clean(self.text)):
                self.category = heading[1].upper()
            elif re.match(r"ANNEX\b", _clean(self.text)):
                self.category = ""

    def handle_data(self, data: str) -> None:
        if self.in_row and self.rows[-1][1]:
            self.rows[-1][1][-1] += data
        else:
            self.text += data


def _rows(rows: list[tuple[str, list[str]]]) -> Iterator[OfficialRow]:
    columns: dict[str, int] = {}
    for category, cells in rows:
        texts = [_clean(cell) for cell in cells]
        if texts[:1] == ["Substance"]:
            columns = {text.split(" (")[0]: place for place, text in enumerate(texts)}
        elif category and "CN code" in columns and len(texts) == len(columns) and texts[0]:
            number = _CAS.search(texts[columns["CAS No"]]) if "CAS No" in columns else None
            designation = texts[columns["CN designation"]] if "CN designation" in columns else ""
            names = tuple(name for name in (texts[0], designation) if name)
            yield OfficialRow(
                schedule=f"Category {category}",
                item=f"CN {texts[columns['CN code']]}",
                printed=texts[0],
                names=names,
                cas=number[0] if number else "",
            )


def _clean(text: str) -> str:
    return one_line(_MARK.sub("", one_line(text)))
