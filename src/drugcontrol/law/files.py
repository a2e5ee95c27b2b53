"""The data files of a directory: reading them, and the edition that they make."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from drugcontrol.errors import ReadError
from drugcontrol.law import rows
from drugcontrol.law.yamlfile import LinedFile

T = TypeVar("T")

DATA = Path(__file__).resolve().parent.parent / "data"
"""Directory of the data files in the package."""


@dataclass(frozen=True)
class LawFiles:
    """The data files of a directory, read and converted, with their lines."""

    version: tuple[LinedFile, rows.EditionFile]
    jurisdictions: tuple[LinedFile, rows.JurisdictionFile]
    substances: tuple[tuple[LinedFile, rows.SubstanceFile], ...]
    instruments: tuple[tuple[LinedFile, rows.InstrumentRow], ...]
    rules: tuple[tuple[LinedFile, rows.ClassRuleRow], ...]
    cases: tuple[tuple[LinedFile, rows.CaseFile], ...]

    def edition(self) -> rows.Edition:
        """Put all rows into one value, sorted so that file names and order do not matter."""
        substances = [row for _, file in self.substances for row in file.substances]
        return rows.Edition(
            version=self.version[1].version,
            jurisdictions=self.jurisdictions[1].jurisdictions,
            substances=tuple(sorted(substances, key=lambda row: row.id)),
            instruments=tuple(sorted((row for _, row in self.instruments), key=lambda row: row.id)),
            rules=tuple(sorted((row for _, row in self.rules), key=lambda row: row.id)),
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
        rules=tuple(_read(path, rows.ClassRuleRow) for path in sorted((data / "law").glob("*/rules/*.yaml"))),
        cases=tuple(_read(path, rows.CaseFile) for path in sorted((data / "law").glob("*/cases.yaml"))),
    )


def instrument_paths(data: Path = DATA) -> list[Path]:
    """List the instrument files below a data directory."""
    return sorted(path for path in (data / "law").glob("*/*.yaml") if path.name != "cases.yaml")


def encode(edition: rows.Edition) -> bytes:
    """Write an edition as canonical JSON: the same rows always give the same bytes."""
    return msgspec.json.encode(edition, order="deterministic")


def digest(compiled: bytes) -> str:
    """Name a compiled edition: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(compiled).hexdigest()[:16]


def _read(path: Path, row_type: type[T]) -> tuple[LinedFile, T]:
    try:
        file = LinedFile(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "A data directory needs this file.") from None
    return file, file.convert(row_type)
