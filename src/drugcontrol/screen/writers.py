"""Writing result rows as CSV, JSON lines or Parquet. A file appears under its name only when it is whole."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import msgspec
import pyarrow
import pyarrow.parquet as parquet

from drugcontrol.errors import ReadError
from drugcontrol.screen.formulas import harmless

_BATCH = 4096

FORMATS = (".csv", ".jsonl", ".parquet", ".html")


class Writer(Protocol):
    """Something that takes result rows one by one."""

    def write(self, row: dict[str, str]) -> None:
        """Take one row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """Result rows as CSV, UTF-8 with a byte order mark in files, so that spreadsheets read names as they are."""

    def __init__(self, out: IO[str], columns: Sequence[str], delimiter: str = ",") -> None:
        self._writer = csv.DictWriter(out, columns, lineterminator="\r\n", delimiter=delimiter)
        self._writer.writerow({name: harmless(name) for name in columns})

    def write(self, row: dict[str, str]) -> None:
        """Take one row; a cell that a spreadsheet would run as a formula gets an apostrophe in front."""
        self._writer.writerow({name: harmless(cell) for name, cell in row.items()})

    def close(self) -> None:
        """Do nothing; the file belongs to the caller."""


class JsonlWriter:
    """Result rows as JSON, one object a line."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, row: dict[str, str]) -> None:
        """Take one row."""
        self._out.write(msgspec.json.encode(row) + b"\n")

    def close(self) -> None:
        """Do nothing; the file belongs to the caller."""


class ParquetWriter:
    """Result rows as Parquet, every column text, written in batches."""

    def __init__(self, out: IO[bytes], columns: Sequence[str]) -> None:
        self._schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
        self._writer = parquet.ParquetWriter(out, self._schema)
        self._rows: list[dict[str, str]] = []

    def write(self, row: dict[str, str]) -> None:
        """Take one row."""
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is left and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


@contextmanager
def table_writer(path: Path | None, columns: Sequence[str]) -> Iterator[Writer]:
    """Open a writer by the ending of a path, or CSV on standard output.

    Raises
    ------
    ReadError
        When the directory does not exist, or the file or standard output cannot be written.
    """
    if path is None:
        try:
            yield CsvWriter(sys.stdout, columns)
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # who reads has enough
        except OSError as error:
            raise ReadError(f"Standard output cannot be written: {error.strerror}.", "Make room, or use -o.") from None
        return
    with part_file(path) as part:
        if path.suffix.lower() == ".csv":
            with part.open("w", encoding="utf-8-sig", newline="") as text:
                yield CsvWriter(text, columns)
            return
        with part.open("wb") as out:
            writer: Writer = JsonlWriter(out) if path.suffix.lower() == ".jsonl" else ParquetWriter(out, columns)
            yield writer
            writer.close()


@contextmanager
def part_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; it gets the wanted name when the block ends well, and is taken away when not."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the directory and its rights.") from None
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        with part.open("r+b") as written:
            os.fsync(written.fileno())  # a power cut leaves no file that has its name and not its content
        part.replace(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the directory and its rights.") from None
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    """Give the mask that new files of this process get; reading it means setting it for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
