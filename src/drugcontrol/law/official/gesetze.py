"""Germany: annexes I to III of the Narcotics Act (BtMG), in the XML of gesetze-im-internet.de or in Markdown.

Each annex is one table of three columns: international nonproprietary name, other names, systematic name; a hyphen
stands for "none". A row with fewer cells is no entry: it holds an exemption, or a closing clause. The Markdown is
that of the repository kmein/gesetze.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import decode, parse_xml, read_day, require_whole
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, one_line

FORMAT_XML = "Germany: gesetze-im-internet.de XML"
FORMAT_MARKDOWN = "Germany: kmein/gesetze (Markdown)"
INSTRUMENTS = ("de-btmg",)
ANNEXES = ("Anlage I", "Anlage II", "Anlage III")
_HEADING = re.compile(r"^# (Anlage I{1,3}) – ", re.MULTILINE)
_COLUMNS = 3
_NOTHING = ("", "-")
_WITHOUT = re.compile(r"\)? - ausgenommen .*")
_LEFT_BY_ITALICS = re.compile(r"(?<=[(\[{-]) | (?=[)\]}])")


def recognises_xml(head: str) -> bool:
    """Tell the file by the document type of the portal."""
    return "gii-norm.dtd" in head


def recognises_markdown(head: str) -> bool:
    """Tell the page by the title of the Act, as that repository writes it."""
    return head.startswith("% Gesetz über den Verkehr mit Betäubungsmitteln")


def read_xml(path: Path, content: bytes) -> OfficialFile:
    """Read the annexes from the XML of the portal; its build day is taken as the day of the text.

    Raises
    ------
    ReadError
        When it is another law, or does not say of which day it is.
    """
    root = parse_xml(path, content)
    if root.findtext("norm/metadaten/amtabk") != "BtMG":
        raise ReadError(f"{path} is another law than the BtMG.", "Held is the list of the Narcotics Act (BtMG).")
    annexes = []
    for norm in root.iterfind("norm"):
        table = [[_text(entry) for entry in row.iterfind("entry")] for row in norm.iter("row")]
        annexes.append((norm.findtext("metadaten/enbez", ""), table))
    day = read_day(path, root.attrib.get("builddate", ""), "%Y%m%d%H%M%S")
    return _file(FORMAT_XML, day, annexes)


def read_markdown(path: Path, content: bytes) -> OfficialFile:
    """Read the annexes from the page of that repository, which bears no day: that of the file is taken.

    Raises
    ------
    ReadError
        When the page is cut off, or has not all three annexes.
    """
    page = decode(path, content)
    require_whole(path, page, "table")
    parts = _HEADING.split(page)
    annexes = []
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        table = _Cells()
        table.feed(text)
        annexes.append((name, table.rows))
    missing = [name for name in ANNEXES if name not in dict(annexes)]
    if missing:
        raise ReadError(f"{path} does not hold {', '.join(missing)}.", "Get the page again, whole.")
    return _file(FORMAT_MARKDOWN, datetime.fromtimestamp(path.stat().st_mtime, UTC).date(), annexes)


def _text(element: Element) -> str:
    """Give the text of a cell, with a space where a line ends."""
    below = "".join(_text(child) + (child.tail or "") for child in element)
    return (" " if element.tag == "BR" else "") + (element.text or "") + below


class _Cells(HTMLParser):
    """Collects the text of the cells of tables, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002 - a method of HTMLParser
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def _file(name: str, day: date, annexes: Iterable[tuple[str, list[list[str]]]]) -> OfficialFile:
    rows = tuple(row for annex, table in annexes if annex in ANNEXES for row in _rows(annex, table))
    return OfficialFile(
        format=name,
        title=f"Narcotics Act (BtMG), annexes I to III, text of {day}",
        address="https://www.gesetze-im-internet.de/btmg_1981/",
        instruments=INSTRUMENTS,
        text_of=day,
        rows=rows,
        schedules=frozenset(row.schedule for row in rows),
    )


def _rows(annex: str, table: list[list[str]]) -> Iterator[OfficialRow]:
    begun = False
    for cells in table:
        texts = [one_line(cell) for cell in cells]
        if begun and len(texts) >= _COLUMNS - 1:
            entry = _entry(annex, *[*texts, ""][:_COLUMNS])
            if entry is not None:
                yield entry
        begun = begun or texts[:1] == ["INN"]


def _entry(annex: str, inn: str, other: str, chemical: str) -> OfficialRow | None:
    systematic = "" if chemical in _NOTHING else chemical
    names = [_LEFT_BY_ITALICS.sub("", name) for name in (inn, *_names(other), systematic) if name not in _NOTHING]
    if not names or inn.startswith("- ausgenommen") or re.fullmatch(r"[a-z]\)", inn):
        return None
    return OfficialRow(schedule=annex, printed=names[0], names=tuple(names), chemical=systematic)


def _names(cell: str) -> Iterator[str]:
    """Take the names of a cell apart, without footnote marks and exemptions.

    Examples
    --------
    >>> list(_names("4-Fluoramfetamin (4-FA, 4-FMP)"))
    ['4-Fluoramfetamin', '4-FA', '4-FMP']
    >>> list(_names("N,N-Diethyltryptamin (Diethyltryptamin, DET)"))
    ['N,N-Diethyltryptamin', 'Diethyltryptamin', 'DET']
    """
    lead, bracket, others = _WITHOUT.sub(")", cell.replace(" *", "")).partition(" (")
    yield lead
    if bracket:
        yield from re.split(", ", others.rstrip(")"))
