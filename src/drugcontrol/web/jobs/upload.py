"""An upload as it comes: checked and written piece by piece, never whole in memory."""

import asyncio
import os
import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from drugcontrol.errors import UsageError

SUFFIXES = (".csv", ".tsv", ".txt", ".smi", ".smiles", ".ism", ".sdf", ".sd")
"""Endings of text files that are read; each may be packed."""

PACKED = (".gz",)
_MAX_FIELD = 10_000
_DRAINED = 3
"""How many times the limit is still taken from the line and thrown away, so that a browser can show the answer."""


@dataclass
class Upload:
    """What came: the fields before the file, its name, and how many bytes of it were written."""

    fields: dict[str, str]
    name: str = ""
    size: int = 0


def suffix_of(name: str) -> str:
    """Give the ending of a file that is read, in lower case.

    Raises
    ------
    UsageError
        When files of that kind are not read.

    Examples
    --------
    >>> suffix_of("Catalogue 2026.CSV.gz")
    '.csv.gz'
    """
    lower = name.lower()
    packed = next((ending for ending in PACKED if lower.endswith(ending)), "")
    inner = next((ending for ending in SUFFIXES if lower.removesuffix(packed).endswith(ending)), "")
    if inner:
        return inner + packed
    if lower.endswith(".parquet"):
        return ".parquet"
    hint = "Give .csv, .tsv, .smi, .sdf (or one of these packed with gzip) or .parquet."
    raise UsageError("Files with that ending are not read.", hint, code="job_kind")


def shown_name(name: str) -> str:
    r"""Give the last part of a name without what no name should hold.

    Examples
    --------
    >>> shown_name("C:\\temp\\..\\list.csv"), shown_name("../../etc/passwd"), shown_name("a\r\nb.csv")
    ('list.csv', 'passwd', 'ab.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    return kept.strip()[-120:] or "file"


async def receive(
    chunks: AsyncIterator[bytes],
    content_type: str,
    limit: int,
    begin: Callable[[Upload], Path],
) -> Upload:
    """Take a form with one file in it.

    Parameters
    ----------
    chunks : async iterator of bytes
        The body of the request.
    limit : int
        Bytes of the file.
    begin : callable
        Called once, with the fields that stand before the file and its name, before a byte of it is written; gives the
        path to write to, or raises.

    Raises
    ------
    UsageError
        When it is no such form, holds no file or an empty one, or the file is larger than the limit.
    """
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise UsageError("The request is no form with a file.", "Use the form.", code="bad_request")
    taken = Upload({})
    refused: UsageError | None = None
    passed = 0
    try:
        with _Writer(taken, limit, begin) as writer:
            parser = PushMultipartParser(options["boundary"], max_segment_count=10)
            async for chunk in chunks:
                passed += len(chunk)
                if refused is None and chunk:
                    try:
                        for event in parser.parse(chunk):
                            await asyncio.to_thread(writer.take, event)
                    except UsageError as error:
                        refused = error
                if passed > _DRAINED * limit:
                    break
            if refused is not None:
                raise refused
            parser.close()
    except MultipartError:
        raise UsageError("The upload is not complete.", "Send the file again.", code="bad_request") from None
    if not taken.name:
        raise UsageError("No file was chosen.", "Choose a file.", code="job_no_file", field="file")
    if not taken.size:
        raise UsageError("The file is empty.", "Give a file with at least a header and a row.", code="job_empty")
    return taken


class _Writer:
    """Takes the parts of a form one after another; the file goes to disk."""

    def __init__(self, taken: Upload, limit: int, begin: Callable[[Upload], Path]) -> None:
        self._taken = taken
        self._limit = limit
        self._begin = begin
        self._field = ""
        self._value = bytearray()
        self._out: int | None = None

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._out is not None:
            os.close(self._out)

    def take(self, event: MultipartSegment | bytearray | None) -> None:
        match event:
            case MultipartSegment():
                self._open(event)
            case None:
                if self._out is None:
                    self._taken.fields[self._field] = self._value.decode("utf-8", "replace")
            case _ if self._out is not None:
                self._write(event)
            case _:
                self._value += event
                if len(self._value) > _MAX_FIELD:
                    raise UsageError("A field of the form is too long.", "Use the form.", code="bad_request")

    def _open(self, segment: MultipartSegment) -> None:
        if self._out is not None:
            raise UsageError("The file has to be the last part of the form.", "Use the form.", code="bad_request")
        self._field, self._value = segment.name or "", bytearray()
        if segment.filename is None:
            return
        self._taken.name = shown_name(segment.filename) if segment.filename else ""
        if not self._taken.name:
            raise UsageError("No file was chosen.", "Choose a file.", code="job_no_file", field="file")
        path = self._begin(self._taken)
        self._out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def _write(self, content: bytearray) -> None:
        assert self._out is not None  # noqa: S101 - the caller has looked
        self._taken.size += len(content)
        if self._taken.size > self._limit:
            hint = f"At most {self._limit // 1_000_000} MB are taken; divide the file, or pack it."
            raise UsageError("The file is too large.", hint, code="job_large")
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._out, rest) :]
