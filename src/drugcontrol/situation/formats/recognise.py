"""Recognising a publisher's file by its header; a form that is nearly known is named, never guessed."""

from collections.abc import Sequence
from pathlib import Path

from drugcontrol.errors import DataError, Problem, ReadError
from drugcontrol.situation.formats import FORMATS
from drugcontrol.situation.formats.cell import Format
from drugcontrol.situation.formats.sourcefile import SourceFile, read_source

_ALIKE = 0.5
"""Share of common columns from which a file is taken as a newer form of one that is known."""


def recognise(path: Path) -> tuple[Format, SourceFile]:
    """Find the form of a publisher's file by its header.

    Raises
    ------
    DataError
        When it is nearly a form that is known: the columns that are new and that are missing are named.
    ReadError
        When it is no form that is known.
    """
    near: list[tuple[float, Format, SourceFile]] = []
    for delimiter in dict.fromkeys(form.delimiter for form in FORMATS):
        file = read_source(path, delimiter)
        for form in FORMATS:
            if form.delimiter == delimiter:
                if set(form.columns) == set(file.header):
                    _whole_rows(file)
                    return form, file
                alike = len(set(form.columns) & set(file.header)) / len(set(form.columns) | set(file.header))
                near.append((alike, form, file))
    alike, form, file = max(near, key=lambda item: item[0])
    if alike >= _ALIKE:
        missing = [name for name in form.columns if name not in file.header]
        unknown = [name for name in file.header if name not in form.columns]
        what = f"This looks like another form of “{form.name}”: {_listed('missing', missing)}{_listed('new', unknown)}"
        cure = "If the publisher changed its file or unit, the reader must learn it first (docs/figures.md)"
        raise DataError([Problem(str(path), 1, what.rstrip("; "), cure)])
    names = "; ".join(form.name for form in FORMATS)
    raise ReadError(f"{path} is no file of figures that is known by its header.", f"Known are: {names}.")


def _whole_rows(file: SourceFile) -> None:
    if file.unequal:
        raise DataError(file.unequal)
    if not file.rows:
        raise DataError([Problem(str(file.path), 1, "The table has a header and no rows", "Give the whole file")])


def _listed(word: str, names: Sequence[str]) -> str:
    return f"{word}: {', '.join(names[:6])}{' ...' if len(names) > 6 else ''}; " if names else ""
