"""Reading catalogues row by row: CSV, SMI, SDF (also packed) and Parquet. A row that cannot be read is still a row."""

import csv
import gzip
import io
import os
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

import pyarrow
import pyarrow.parquet as parquet
from pyarrow import ArrowException

from drugcontrol.errors import ReadError

_SDF_FIELD = re.compile(r">.*?<([^>]+)>")
_HEADER_WORDS = {"smiles", "smi", "structure"}
_TEXT_KINDS = (".csv", ".tsv", ".txt", ".smi", ".smiles", ".ism", ".sdf", ".sd")
_PACKED = (".gz", ".zst")
_MAX_FIELD = 1_000_000
_MAX_CELL_LINES = 100


@dataclass(frozen=True)
class InputRow:
    """One row of an input file.

    Attributes
    ----------
    line : int
        Line of the file on which the row begins (row number for Parquet), the first is 1.
    values : dict
        Text by column.
    molfile : str
        The structure, for SDF.
    error : str
        Why the row could not be read; empty when it could.
    """

    line: int
    values: dict[str, str] = field(default_factory=dict)
    molfile: str = ""
    error: str = ""


class InputFile:
    """An input file that is read once, from the first row to the last; close it with a ``with`` block.

    Attributes
    ----------
    columns : list of str
        Names of the columns.
    has_structures : bool
        Each row carries a molfile.
    """

    def __init__(
        self, columns: list[str], rows: Iterator[InputRow], opened: "_Opened", *, has_structures: bool
    ) -> None:
        self.columns = columns
        self.has_structures = has_structures
        self._rows = rows
        self._opened = opened

    def __iter__(self) -> Iterator[InputRow]:
        try:
            yield from self._rows
        except MemoryError:  # of Arrow, too: the file may be whole
            raise
        except (EOFError, zlib.error, OSError, UnicodeError, ArrowException):
            what = f"{self._opened.raw.name} is damaged: it cannot be read to its end."
            raise ReadError(what, "Get the file again, or pack it again.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._opened.files.close()

    def fraction_read(self) -> float:
        """Say how much of the file was read, from 0 to 1."""
        return min(1.0, self._opened.raw.tell() / self._opened.size)


@dataclass(frozen=True)
class _Opened:
    """The file on disk, its size in bytes, and all that is to be closed with it."""

    raw: IO[bytes]
    size: int
    files: ExitStack


def kind_of(path: Path) -> str:
    """Give the ending that says how a file is read, without that of its packing; empty where none does.

    Examples
    --------
    >>> kind_of(Path("catalogue.csv.zst")), kind_of(Path("notes.docx"))
    ('.csv', '')
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".parquet"]:
        return ".parquet"
    kind = next(iter(suffixes[-2:-1] if suffixes[-1:] and suffixes[-1] in _PACKED else suffixes[-1:]), "")
    return kind if kind in _TEXT_KINDS else ""


def open_input(path: Path) -> InputFile:
    """Open a file for a ``with`` block, by its ending: .csv, .tsv, .smi, .sdf, each also .gz or .zst, or .parquet.

    Raises
    ------
    ReadError
        When the file does not exist, is empty, or is not what its ending says.
    """
    with ExitStack() as files:
        try:
            raw = files.enter_context(path.open("rb"))
            size = os.fstat(raw.fileno()).st_size
        except OSError as error:
            raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
        if size == 0:
            raise ReadError(f"{path} is empty.", "Give a file with at least a header and a row.")
        kind = kind_of(path)
        if not kind:
            hint = "Give .csv, .tsv, .smi, .sdf (or one of these with .gz or .zst) or .parquet."
            raise ReadError(f"{path}: files ending in “{path.suffix}” are not read.", hint)
        columns, rows = _parquet(path, raw) if kind == ".parquet" else _text(path, raw, kind, files)
        return InputFile(columns, rows, _Opened(raw, size, files.pop_all()), has_structures=kind in (".sdf", ".sd"))
    raise AssertionError("unreachable")  # the block above returns or raises


def _text(path: Path, raw: IO[bytes], kind: str, files: ExitStack) -> tuple[list[str], Iterator[InputRow]]:
    def from_the_start() -> io.TextIOWrapper:
        raw.seek(0)
        return files.enter_context(_unpacked(raw, path.suffix.lower()))

    try:
        match kind:
            case ".csv" | ".tsv" | ".txt":
                return _csv(from_the_start(), path)
            case ".sdf" | ".sd":
                return _sdf(from_the_start)
            case _:
                return ["smiles", "name"], _smi(from_the_start())
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError):
        kind_of_file = {".gz": "gzip", ".zst": "zst"}.get(path.suffix.lower(), kind[1:])
        raise ReadError(f"{path} is no complete {kind_of_file} file.", "Pack it again.") from None


def _unpacked(raw: IO[bytes], packing: str) -> io.TextIOWrapper:
    """Read a file as text, from where it stands."""
    unpacked: Any = raw
    match packing:
        case ".gz":
            unpacked = gzip.GzipFile(fileobj=raw)
        case ".zst":
            unpacked = pyarrow.CompressedInputStream(raw, "zstd")
    content = io.BufferedReader(unpacked)
    wide = content.peek(2).startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else "utf-8-sig"
    return io.TextIOWrapper(content, encoding, errors="surrogateescape", newline="")


def _csv(text: io.TextIOWrapper, path: Path) -> tuple[list[str], Iterator[InputRow]]:
    csv.field_size_limit(_MAX_FIELD)
    first = text.readline()
    if _undecoded(first) or "\0" in first:
        hint = "Save the file as UTF-8 and try again."
        raise ReadError(f"{path}:1: the header is no UTF-8 text.", hint, code="not_utf8")
    delimiter = max(",;\t|", key=first.count)
    try:
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter, strict=True))]
    except csv.Error as error:
        raise ReadError(f"{path}:1: the header cannot be read: {error}.", "Check its quotes.") from None
    _refuse_doubled(header, f"{path}:1")
    return header, _csv_rows(text, header, delimiter)


def _csv_rows(text: io.TextIOWrapper, header: list[str], delimiter: str) -> Iterator[InputRow]:
    for line, record in _records(text):
        try:
            cells = next(csv.reader(record, delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            yield InputRow(line, error=f"line {line}: {error}; check the quotes")
            continue
        if not cells:
            continue
        values = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))
        if any(_undecoded(cell) for cell in cells):
            shown = {name: _shown(value) for name, value in values.items()}
            yield InputRow(line, shown, error="the row holds bytes that are no UTF-8 text; save the file as UTF-8")
        elif len(cells) > len(header):
            what = f"the row has {len(cells)} cells, the header {len(header)}; check quotes and separators"
            yield InputRow(line, values, error=what)
        elif not any(cell.strip() for cell in cells):
            yield InputRow(line, values, error="the row is empty")
        else:
            yield InputRow(line, values)


def _records(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """Give the lines of each record with the number of the first; the header is line 1 and already read.

    A quote that is never closed costs its own line only: a cell goes over at most `_MAX_CELL_LINES` lines.
    """
    waiting: deque[str] = deque()
    number = 2
    while True:
        record: list[str] = []
        is_open = False
        while not record or (is_open and len(record) < _MAX_CELL_LINES):
            line = waiting.popleft() if waiting else text.readline()
            if not line:
                break
            record.append(line)
            is_open ^= line.count('"') % 2 == 1
        if not record:
            return
        if is_open:
            waiting.extendleft(reversed(record[1:]))
            record = record[:1]
        yield number, record
        number += len(record)


def _smi(text: io.TextIOWrapper) -> Iterator[InputRow]:
    for line, content in enumerate(text, start=1):
        smiles, _, name = content.strip().partition("\t" if "\t" in content.strip() else " ")
        if not smiles or (line == 1 and smiles.lower() in _HEADER_WORDS):
            continue
        if _undecoded(content):
            yield InputRow(line, {"smiles": "", "name": ""}, error="the line holds bytes that are no UTF-8 text")
        else:
            yield InputRow(line, {"smiles": smiles, "name": name.strip()})


def _sdf(from_the_start: Callable[[], io.TextIOWrapper]) -> tuple[list[str], Iterator[InputRow]]:
    """Read an SDF twice: its field names first, so that the columns are known before the first row is written."""
    fields: dict[str, None] = {}
    for line in from_the_start():
        match = _SDF_FIELD.match(line)
        if match:
            fields[_shown(match[1])] = None
    return list(dict.fromkeys(("name", *fields))), _sdf_rows(from_the_start(), list(fields))


def _sdf_rows(text: io.TextIOWrapper, fields: list[str]) -> Iterator[InputRow]:
    begins, record = 1, list[str]()
    for number, line in enumerate(text, start=1):
        if line.startswith("$$$$"):
            yield _sdf_row(begins, record, fields)
            begins, record = number + 1, []
        else:
            record.append(line.rstrip("\r\n"))
    if any(line.strip() for line in record):
        yield _sdf_row(begins, record, fields)


def _sdf_row(line: int, record: list[str], fields: list[str]) -> InputRow:
    values = {**dict.fromkeys(fields, ""), "name": record[0].strip() if record else ""}
    end = next((index for index, text in enumerate(record) if text.startswith("M  END")), None)
    if end is None:
        return InputRow(line, values, error="the record has no “M  END”; it is cut off or no molfile")
    values |= _sdf_values(record[end + 1 :])
    if any(_undecoded(text) for text in record):
        return InputRow(line, dict.fromkeys(values, ""), error="the record holds bytes that are no UTF-8 text")
    return InputRow(line, values, molfile="\n".join(record[: end + 1]) + "\n")


def _sdf_values(lines: list[str]) -> dict[str, str]:
    """Give what stands in the fields of a record; a field that is empty says nothing, the title stays the name."""
    found: dict[str, str] = {}
    current = ""
    for text in lines:
        match = _SDF_FIELD.match(text)
        if match:
            current = _shown(match[1])
        elif current and text:
            found[current] = f"{found.get(current, '')}\n{text}".strip()
    return found


def _parquet(path: Path, raw: IO[bytes]) -> tuple[list[str], Iterator[InputRow]]:
    try:
        file = parquet.ParquetFile(raw)
    except (ArrowException, OSError):
        raise ReadError(f"{path} is no Parquet file.", "Check how it was written.") from None
    columns = list(file.schema_arrow.names)
    _refuse_doubled(columns, f"{path}")
    return columns, _parquet_rows(file, columns)


def _parquet_rows(file: Any, columns: list[str]) -> Iterator[InputRow]:
    line = 0
    for batch in file.iter_batches(batch_size=4096):
        for row in batch.to_pylist():
            line += 1
            yield InputRow(line, {name: _cell(row[name]) for name in columns})


def _cell(value: object) -> str:
    """Give what stands in a Parquet cell as text; some programs write text as bytes."""
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _refuse_doubled(columns: list[str], where: str) -> None:
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    if doubled:
        what = f"{where}: the column “{doubled[0]}” stands twice in the header."
        raise ReadError(what, "Give one another name.", code="doubled_column")


def _shown(text: str) -> str:
    """Give text with a mark for each byte of it that is no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _undecoded(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= c <= "\udcff" for c in text)
