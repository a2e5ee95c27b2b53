"""The manifest of a run: what was asked of which input, and what came out, as a JSON file beside the result."""

import hashlib
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

import drugcontrol
from drugcontrol.bulk.operator import Plan
from drugcontrol.bulk.source import Source
from drugcontrol.errors import ReadError
from drugcontrol.screen.summary import Summary
from drugcontrol.screen.writers import part_file

_LIBRARIES = ("rdkit", "pyarrow", "numba", "numpy")


class FileDigest(msgspec.Struct, frozen=True):
    """A file as it was read or written: its name, its size in bytes, its SHA-256."""

    name: str
    bytes: int
    sha256: str


class Asked(msgspec.Struct, frozen=True):
    """What a run is about: a run is gone on with only while all of it is the same."""

    drugcontrol: str
    edition: str
    date: str
    run_on: str
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    to: str
    columns: dict[str, str]
    written: tuple[str, ...]
    language: str
    since: str
    decisions: str
    input: tuple[FileDigest, ...]


class Manifest(msgspec.Struct, frozen=True):
    """A run that is done.

    Attributes
    ----------
    began, ended : str
        UTC; of a run that was gone on with, its first beginning.
    counts : dict
        Rows by outcome and by place, see :class:`drugcontrol.screen.summary.Summary`.
    versions : dict
        Of Python and of the libraries on which an answer may depend.
    """

    asked: Asked
    began: str
    ended: str
    counts: dict[str, object]
    versions: dict[str, str]
    result: FileDigest


class Begun(msgspec.Struct, frozen=True):
    """A run that is under way."""

    asked: Asked
    began: str


def digest_of(path: Path, name: str = "") -> FileDigest:
    """Read a file to its end for its digest.

    Raises
    ------
    ReadError
        When it cannot be read.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return FileDigest(name or path.name, path.stat().st_size, found)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None


def asked_of(source: Source, plan: Plan) -> Asked:
    """Say what a run is about; reads the whole input for its digest."""
    settings, columns, since = plan.settings, source.used or plan.asked, plan.since
    decided = repr(list(settings.decisions)).encode()
    return Asked(
        drugcontrol=drugcontrol.__version__,
        edition=plan.edition,
        date=settings.day.isoformat(),
        run_on=settings.screened_on.isoformat(),
        places=settings.places,
        kinds=settings.kinds,
        to=settings.to,
        columns=asdict(columns),
        written=tuple(sorted(plan.wanted)),
        language=plan.language,
        since=f"{since.day} {since.edition}".strip() if since else "",
        decisions=hashlib.sha256(decided).hexdigest() if len(settings.decisions) else "",
        input=tuple(_input_digest(source, path) for path in source.files),
    )


def _input_digest(source: Source, path: Path) -> FileDigest:
    """Read a file of the input; one of a folder that cannot be read has no digest, and its row says why."""
    name = source.name_of(path)
    try:
        return digest_of(path, name)
    except ReadError:
        if path == source.path:
            raise
        return FileDigest(name, 0, "")


def differences(one: Asked, other: Asked) -> list[str]:
    """Name what is not the same in two runs."""
    return [name for name in Asked.__struct_fields__ if getattr(one, name) != getattr(other, name)]


def write_manifest(path: Path, asked: Asked, began: str, counts: Summary, result: Path) -> None:
    """Write the manifest of a run that is done."""
    manifest = Manifest(asked, began, now(), counts.told(), _versions(), digest_of(result))
    write_json(path, manifest)


def write_json(path: Path, content: msgspec.Struct) -> None:
    """Write a JSON file for people and programs; it is there whole or not at all."""
    with part_file(path) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def now() -> str:
    """Give the instant, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
