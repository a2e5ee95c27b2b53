"""United States: the DEA's drug codes as NIEM reprints them: names and codes, without schedules."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

from drugcontrol.errors import ReadError
from drugcontrol.law.official.documents import decode, read_day
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, names_and_chemical, one_line

INSTRUMENTS = ("us-cfr-1308", "us-cfr-1310")
_TYPE = "DrugCodeSimpleType"
_LINE = re.compile(r"\| *(\d{4}) *\| *(.+?) *\|$")
_MODEL = date(2025, 1, 1)
"""Day of NIEM model 6.0, the only release of the table with these columns that is known; its rows carry no day."""


def recognises_csv(head: str) -> bool:
    """Tell the table by its columns."""
    return head.splitlines()[:1] == ["code_type,dea_code,definition"]


def recognises_markdown(head: str) -> bool:
    """Tell the page by the title of the list that it reprints."""
    return "Controlled Substances - by DEA Drug Code Number" in head


def read_csv(path: Path, content: bytes) -> OfficialFile:
    """Read the table of the NIEM model.

    Raises
    ------
    ReadError
        When a line has not its three columns.
    """
    lines = list(csv.reader(StringIO(decode(path, content))))
    if short := next((number for number, line in enumerate(lines, start=1) if line and len(line) != len(lines[0])), 0):
        raise ReadError(f"{path}, line {short}: not {len(lines[0])} columns.", "Get the table again, whole.")
    pairs = [(code, definition) for kind, code, definition, *_ in filter(None, lines[1:]) if kind == _TYPE]
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
    day = read_day(path, printed[1], "%d %b %Y")
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
        for printed in _entries(one_line(definition).replace("\\", "")):
            names, chemical = names_and_chemical(printed)
            names = tuple(dict.fromkeys([*names, *_leading_names(printed)]))
            yield OfficialRow(schedule="", item=code, printed=printed, names=names, chemical=chemical)


def _entries(definition: str) -> list[str]:
    """Take apart the substances that share a code: "Aprobarbital; Butalbital"; within brackets it is one name."""
    return [part.strip() for part in re.split(r"; (?![^(\[]*[)\]])", definition) if part.strip()]


def _leading_names(printed: str) -> Iterator[str]:
    """Give the names before the chemical name, however its brackets stand.

    Examples
    --------
    >>> list(_leading_names("5-Fluoro-UR-144 and XLR11 [1-(5-Fluoro-pentyl)1Hindol-3-yl](tetramethyl)methanone"))
    ['5-Fluoro-UR-144', 'XLR11']
    >>> list(_leading_names("MT-45 (1-cyclohexyl-4-(1,2-diphenylethyl)piperazine))"))
    ['MT-45']
    >>> list(_leading_names("Opium, raw"))
    ['raw opium', 'Opium']
    >>> list(_leading_names("2-(ethylamino)-2-(3-methoxyphenyl)cyclohexan-1-one(methoxetamine)"))
    ['2-(ethylamino)-2-(3-methoxyphenyl)cyclohexan-1-one', 'methoxetamine']
    """
    lead = re.split(r" [(\[]|(?<=[a-z])\((?=\d|[a-z]+\)$)| except ", printed)[0]
    head, comma, kind = lead.partition(", ")
    if comma and kind.isalpha():
        yield from (f"{kind} {head.lower()}", head)
    else:
        yield from (part.split(" N-(")[0] for part in re.split(" and | & ", lead))
    if behind := re.search(r"\(([a-z]+)\)$", printed):
        yield behind[1]
