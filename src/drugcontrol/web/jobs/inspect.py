"""Looking into a file before it is screened: that it is what it says, that it is within the limits, and its columns."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as parquet
from pyarrow import ArrowException

from drugcontrol.errors import ReadError
from drugcontrol.screen import InputFile, open_input
from drugcontrol.screen.run import Columns
from drugcontrol.web.jobs.limits import MEGABYTE, Limits
from drugcontrol.web.jobs.store import Preview

SHOWN_ROWS = 8
_CHUNK = 1 << 18
_CELL = 200


def preview(path: Path, limits: Limits) -> Preview:
    """Give columns and first rows of a file within the limits.

    Raises
    ------
    ReadError
        When it cannot be read, or is beyond a limit: unpacked size, rows, columns, length of a line or record.
    """
    if path.name.endswith(".parquet"):
        _check_parquet(path, limits)
    else:
        _check_text(path, limits)
    with open_input(path) as source:
        if len(source.columns) > limits.columns:
            raise _too_many_columns(limits)
        if any(len(name) > limits.name_chars for name in source.columns):
            raise ReadError("The name of a column is too long.", "Give it a shorter one.", code="job_line")
        rows = [[row.values.get(name, "")[:_CELL] for name in source.columns] for row in islice(source, SHOWN_ROWS)]
        if not rows:
            raise ReadError("The file has no rows.", "Give a file with at least a row.", code="job_empty")
        return Preview(
            columns=source.columns,
            rows=rows,
            has_structures=source.has_structures,
            found=_usual_columns(source),
            delimiter=_delimiter(path),
        )


def _usual_columns(source: InputFile) -> dict[str, str]:
    try:
        found = Columns.found_in(source.columns, Columns(), has_structures=source.has_structures)
    except ReadError:
        return {}
    named = {"smiles": found.smiles, "name": found.name, "cas": found.cas}
    return {role: column for role, column in named.items() if column}


def _check_parquet(path: Path, limits: Limits) -> None:
    try:
        facts = parquet.read_metadata(path)
    except (ArrowException, OSError):
        raise ReadError("This is no Parquet file.", "Check how it was written.", code="job_unreadable") from None
    if facts.num_columns > limits.columns:
        raise _too_many_columns(limits)
    if facts.num_rows > limits.rows:
        raise _too_many_rows(limits)
    groups = (facts.row_group(index) for index in range(facts.num_row_groups))
    if sum(group.total_byte_size for group in groups) > limits.unpacked_bytes:
        raise _too_large(limits)


def _check_text(path: Path, limits: Limits) -> None:
    """Count without keeping: a packed file of any size is read piece by piece, and no further than the limits."""
    is_sdf = ".sd" in path.name
    size = lines = records = line = record = 0
    for chunk in _unpacked(path):
        size += len(chunk)
        if size > limits.unpacked_bytes:
            raise _too_large(limits)
        if not lines and not is_sdf:
            _check_header(chunk, limits)
        for index, part in enumerate(chunk.split(b"\n")):
            lines, line = (lines + 1, len(part)) if index else (lines, line + len(part))
            record += len(part) + 1
            if part.startswith(b"$$$$"):
                records, record = records + 1, 0
            if line > limits.line_bytes or (is_sdf and record > limits.record_bytes):
                raise ReadError("A line or record of the file is too long.", "Check its line ends.", code="job_line")
        if (records if is_sdf else lines - 1) > limits.rows:
            raise _too_many_rows(limits)


def _check_header(start: bytes, limits: Limits) -> None:
    """Refuse a header of too many columns before anything makes a column of each."""
    head = start.partition(b"\n")[0]
    if max(head.count(mark) for mark in (b",", b";", b"\t", b"|")) >= limits.columns:
        raise _too_many_columns(limits)


def _delimiter(path: Path) -> str:
    """Give the mark that stands most often in the header of a CSV file, as it is read by."""
    if ".csv" not in path.name:
        return ","
    head = next(_unpacked(path), b"").partition(b"\n")[0]
    return max(",;\t|", key=lambda mark: head.count(mark.encode()))


def _unpacked(path: Path) -> Iterator[bytes]:
    raw: IO[bytes]
    with path.open("rb") as raw:
        content: Any = gzip.GzipFile(fileobj=raw) if path.name.endswith(".gz") else raw
        try:
            while chunk := content.read(_CHUNK):
                yield chunk
        except (gzip.BadGzipFile, EOFError, zlib.error):
            what = "The file is no complete gzip file."
            raise ReadError(what, "Pack it again.", code="job_unreadable") from None


def _too_large(limits: Limits) -> ReadError:
    hint = f"At most {limits.unpacked_bytes // MEGABYTE} MB are read; divide the file."
    return ReadError("The file is too large when it is unpacked.", hint, code="job_unpacked")


def _too_many_rows(limits: Limits) -> ReadError:
    hint = f"At most {limits.rows} rows are screened at once; divide the file, or use “drugcontrol screen”."
    return ReadError("The file has too many rows.", hint, code="job_rows")


def _too_many_columns(limits: Limits) -> ReadError:
    return ReadError("The file has too many columns.", f"At most {limits.columns} are read.", code="job_columns")
