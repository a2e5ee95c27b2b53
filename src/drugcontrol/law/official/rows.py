"""Entries of an official list as its text prints them, the same for every format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_TAIL = re.compile(r"(?:,| and| or)\s+(?:its|their|any|the|all|salts?)\b.*$", re.IGNORECASE)
_OTHER_NAMES = re.compile(r"(?:some )?(?:trade or )?other names?:|also known as|also called|, namely", re.IGNORECASE)
_SHORT = re.compile(r"(.+) [\[(]([A-Za-z0-9-]{2,12})[\])]")
"""A name with its abbreviation."""


@dataclass(frozen=True, kw_only=True)
class OfficialRow:
    """One entry of an official list.

    Attributes
    ----------
    schedule : str
        Heading under which it stands, as ``official`` of a schedule in the data gives it; may be empty.
    item : str
        Number, paragraph or code of the entry; may be empty.
    printed : str
        The entry as printed, on one line.
    names : tuple of str
        Names that the entry prints, first the one it leads with.
    chemical : str
        Chemical name, where the entry prints one beside the name.
    since : date or None
        Day from which the text of the entry stands as printed; the substance may have been controlled earlier.
    until : date or None
        Last day, of temporary entries.
    act : str
        Act that put the text there, where the file names it.
    excluded : bool
        Whether the text names it as outside ("but not including").
    """

    schedule: str
    item: str = ""
    printed: str
    names: tuple[str, ...]
    chemical: str = ""
    cas: str = ""
    since: date | None = None
    until: date | None = None
    act: str = ""
    excluded: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficialFile:
    """An official text that was read.

    Attributes
    ----------
    format : str
        Name of the format.
    title : str
        Title of the text, for the citation.
    address : str
        Where the authority publishes it.
    instruments : tuple of str
        Ids of the instruments of the data that it states.
    text_of : date
        Day of the text: held rows are compared as of that day.
    schedules : frozenset of str
        Headings of which the file holds every entry: only there can an entry be gone. Empty for a list of names.
    """

    format: str
    title: str
    address: str
    instruments: tuple[str, ...]
    text_of: date
    rows: tuple[OfficialRow, ...]
    schedules: frozenset[str]


def one_line(text: str) -> str:
    """Put a text on one line, with single spaces and plain hyphens (texts print chemical names with several dashes)."""
    return " ".join(re.sub("[\u2010\u2011\u2012\u2013\u2212]", "-", text.replace("\N{SOFT HYPHEN}", "")).split())


def name_and_chemical(printed: str) -> tuple[str, str]:
    """Split "Name (chemical name), its salts" into name and chemical name.

    Examples
    --------
    >>> name_and_chemical("4-Piperidone (piperidin-4-one), its salts, derivatives and analogues, including:")
    ('4-Piperidone', 'piperidin-4-one')
    >>> name_and_chemical("Benzyl chloride ((chloromethyl)benzene)")
    ('Benzyl chloride', '(chloromethyl)benzene')
    >>> name_and_chemical("1-(2-thienyl)piperidine and its salts")
    ('1-(2-thienyl)piperidine', '')
    """
    text = without_tail(printed)
    for opening in (i for i, letter in enumerate(text) if letter == "(" and text[:i].endswith(" ")):
        if text.endswith(")") and _closes_at_end(text, opening):
            return text[:opening].strip(), text[opening + 1 : -1].strip()
    return text, ""


def names_and_chemical(printed: str) -> tuple[tuple[str, ...], str]:
    """Split an entry into the names that it prints and its chemical name.

    Examples
    --------
    >>> names_and_chemical("Butyryl fentanyl (N-(1-phenethylpiperidin-4-yl)-N-phenylbutyramide; also known as BF)")
    (('Butyryl fentanyl', 'BF'), 'N-(1-phenethylpiperidin-4-yl)-N-phenylbutyramide')
    >>> names_and_chemical("Lysergic acid diethylamide (LSD) (N,N-diethyllysergamide) and any salt thereof")
    (('Lysergic acid diethylamide (LSD)', 'Lysergic acid diethylamide', 'LSD'), 'N,N-diethyllysergamide')
    >>> names_and_chemical("Benzylpiperazine [BZP], namely 1-benzylpiperazine and its salts")
    (('Benzylpiperazine [BZP]', 'Benzylpiperazine', 'BZP', '1-benzylpiperazine'), '')
    """
    text, *others = (part.strip(" ;,(") for part in _OTHER_NAMES.split(printed))
    closing = ")" * (text.count("(") - text.count(")"))  # the bracket that the other names stood in
    name, chemical = name_and_chemical(text + closing)
    more = [without_tail(other).strip(" .)") for part in others for other in part.split(";")]
    short = _SHORT.fullmatch(name)
    names = (name, short[1], short[2], *more) if short else (name, *more)
    return tuple(filter(None, names)), chemical


def without_tail(printed: str) -> str:
    """Give what an entry names, without its words on salts, isomers and derivatives.

    Examples
    --------
    >>> without_tail("Ephedrine (erythro-2-(methylamino)-1-phenylpropan-1-ol), its salts and any plant containing it")
    'Ephedrine (erythro-2-(methylamino)-1-phenylpropan-1-ol)'
    """
    return next((part for part in _heads(printed) if _balanced(part)), printed).strip(" :;.")


def _heads(printed: str) -> Iterator[str]:
    for tail in _TAIL.finditer(printed):
        yield printed[: tail.start()]
    yield printed


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")


def _closes_at_end(text: str, opening: int) -> bool:
    depth = 0
    for place in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place == len(text) - 1
    return False
