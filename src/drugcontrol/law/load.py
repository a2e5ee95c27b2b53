"""Reading the law: from the data files, from a compiled edition, from the cache.

A wheel carries ``data/edition.json``. In a source checkout the YAML files are the law; they are compiled once and kept in
the user's cache directory under the digest of their bytes, so that an edited row is seen at once and an old one never.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

from drugcontrol.errors import ReadError
from drugcontrol.law import rows
from drugcontrol.law.model import Law
from drugcontrol.law.yamlfile import LinedFile

T = TypeVar("T")

DATA = Path(__file__).resolve().parent.parent / "data"
"""Directory of the data files in the package."""

COMPILED = DATA / "edition.json"
"""The compiled edition; only a built wheel has it."""


@dataclass(frozen=True)
class LawFiles:
    """The data files of a directory, read and converted, with their lines."""

    version: tuple[LinedFile, rows.EditionFile]
    jurisdictions: tuple[LinedFile, rows.JurisdictionFile]
    substances: tuple[tuple[LinedFile, rows.SubstanceFile], ...]
    instruments: tuple[tuple[LinedFile, rows.InstrumentRow], ...]
    cases: tuple[tuple[LinedFile, rows.CaseFile], ...]

    def edition(self) -> rows.Edition:
        """Put all rows into one value, sorted so that file names and order do not matter."""
        substances = [row for _, file in self.substances for row in file.substances]
        return rows.Edition(
            version=self.version[1].version,
            jurisdictions=self.jurisdictions[1].jurisdictions,
            substances=tuple(sorted(substances, key=lambda row: row.id)),
            instruments=tuple(sorted((row for _, row in self.instruments), key=lambda row: row.id)),
        )


def read_files(data: Path = DATA) -> LawFiles:
    """Read every data file below a directory.

    Raises
    ------
    DataError
        When a file is no YAML or a row has not the form that the handbook describes.
    """
    return LawFiles(
        version=_read(data / "edition.yaml", rows.EditionFile),
        jurisdictions=_read(data / "law" / "jurisdictions.yaml", rows.JurisdictionFile),
        substances=tuple(_read(path, rows.SubstanceFile) for path in sorted((data / "substances").glob("*.yaml"))),
        instruments=tuple(_read(path, rows.InstrumentRow) for path in instrument_paths(data)),
        cases=tuple(_read(path, rows.CaseFile) for path in sorted((data / "law").glob("*/cases.yaml"))),
    )


def instrument_paths(data: Path = DATA) -> list[Path]:
    """List the instrument files below a data directory."""
    return sorted(path for path in (data / "law").glob("*/*.yaml") if path.name != "cases.yaml")


def load_law(edition: Path | None = None) -> Law:
    """Load the law that the package carries, or another edition from a file.

    Parameters
    ----------
    edition : Path, optional
        A file written by ``drugcontrol law export``.

    Raises
    ------
    ReadError
        When the file is no edition of this format.
    DataError
        When data files of a source checkout do not fit.
    """
    if edition is not None:
        return _decode(edition)
    if COMPILED.exists():
        return _decode(COMPILED)
    cached = Path(platformdirs.user_cache_dir("drugcontrol")) / f"edition-{_digest_of_files(DATA)}.json"
    if cached.exists():
        try:
            return _decode(cached)
        except ReadError:
            pass  # a damaged or older cache file is written anew below
    compiled = encode(read_files().edition())
    _keep(cached, compiled)
    return Law.of(msgspec.json.decode(compiled, type=rows.Edition), digest(compiled))


def encode(edition: rows.Edition) -> bytes:
    """Write an edition as canonical JSON: the same rows always give the same bytes."""
    return msgspec.json.encode(edition, order="deterministic")


def digest(compiled: bytes) -> str:
    """Name a compiled edition: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(compiled).hexdigest()[:16]


def _decode(path: Path) -> Law:
    try:
        compiled = path.read_bytes()
        return Law.of(msgspec.json.decode(compiled, type=rows.Edition), digest(compiled))
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except msgspec.DecodeError as error:
        hint = "Use a file written by “drugcontrol law export”."
        raise ReadError(f"{path} is no edition of the law: {error}.", hint) from None


def _read(path: Path, row_type: type[T]) -> tuple[LinedFile, T]:
    try:
        file = LinedFile(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "A data directory needs this file.") from None
    return file, file.convert(row_type)


def _digest_of_files(data: Path) -> str:
    seen = hashlib.sha256((DATA.parent / "law" / "rows.py").read_bytes())  # another form of rows is another cache
    for path in sorted(data.rglob("*.yaml")):
        seen.update(str(path.relative_to(data)).encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:32]


def _keep(path: Path, compiled: bytes) -> None:
    """Write the cache if that is possible; a machine without a writable home just compiles each time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{hashlib.sha256(compiled).hexdigest()[:8]}.part")
        draft.write_bytes(compiled)
        draft.replace(path)
    except OSError:
        return
