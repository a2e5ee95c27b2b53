"""United States: the DEA's drug codes as NIEM reprints them: names and codes, without schedules."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import decode
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, names_and_chemical, one_line

INSTRUMENTS = ("us-cfr-1308", "us-cfr-1310")
_TYPE = "DrugCodeSimpleType"
_LINE = re.compile(r"\| *(\d{4}) *\| *(.+?) *\|$")
_MODEL = date(2025, 1, 1)
"""Day of NIEM model 6.0, the only release of the table with these columns that is known; its rows carry no day."""


def recognises_csv(head: str) -> bool:
    """Tell the table by its columns."""
    return head.startswith("code_type,dea_code,definition")


def recognises_markdown(head: str) -> bool:
    """Tell the page by the title of the list that it reprints."""
    return "Controlled Substances - by DEA Drug Code Number" in head


def read_csv(path: Path, content: bytes) -> OfficialFile:
    """Read the table of the NIEM model."""
    lines = csv.DictReader(StringIO(decode(path, content)))
    pairs = [(line["dea_code"], line["definition"]) for line in lines if line["code_type"] == _TYPE]
    return _file(FORMAT_CSV, f"DEA drug codes, NIEM model of {_MODEL}", _MODEL, pairs)


def read_markdown(path: Path, content: bytes) -> OfficialFile:
    """Read the page of the NIEM reference.

    Raises
    ------
    ReadError
        When the day of the list does not stand on it.
    """
    text = decode(path, content)
    printed = re.search(r"Date: (\d{1,2} \w{3} \d{4})", text)
    if printed is None:
        raise ReadError(f"{path} does not say of which day it is.", "Keep its line “Date: 8 Feb 2016”.")
    day = datetime.strptime(printed[1], "%d %b %Y").date()  # noqa: DTZ007 - a civil day, no clock
    pairs = [(line[1], line[2]) for line in map(_LINE.match, text.partition(f"## {_TYPE}")[2].splitlines()) if line]
    return _file(FORMAT_MARKDOWN, f"DEA drug codes of {day}", day, pairs)


FORMAT_CSV = "United States: DEA drug codes of NIEM (CSV)"
FORMAT_MARKDOWN = "United States: DEA drug codes of NIEM (Markdown)"


def _file(name: str, title: str, day: date, pairs: list[tuple[str, str]]) -> OfficialFile:
    return OfficialFile(
        format=name,
        title=title,
        address="https://www.deadiversion.usdoj.gov/schedules/orangebook/d_cs_drugcode.pdf",
        instruments=INSTRUMENTS,
        text_of=day,
        rows=tuple(_rows(pairs)),
        schedules=frozenset(),
    )


def _rows(pairs: list[tuple[str, str]]) -> Iterator[OfficialRow]:
    for code, definition in pairs:
        printed = one_line(definition)
        names, chemical = names_and_chemical(printed)
        yield OfficialRow(schedule="", item=code, printed=printed, names=names, chemical=chemical)
