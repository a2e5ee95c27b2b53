"""What a long run reads: a file, or all files of a folder, as tables of a block of rows each."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow

from drugcontrol.bulk.operator import ERROR, LINE, MOLFILE
from drugcontrol.errors import DrugcontrolError, ReadError
from drugcontrol.screen.prefilter import blocks
from drugcontrol.screen.readers import InputFile, InputRow, kind_of, open_input
from drugcontrol.screen.run import Columns

FILE = "input_file"
"""Column that says of each row from which file of a folder it is."""


class Source:
    """A file or folder whose rows are read once, in the order of the names of its files.

    Attributes
    ----------
    path : Path
        What was given.
    files : tuple of Path
        What is read.
    columns : tuple of str
        Of all files together, in the order in which they come up; of a folder, the name of the file first.
    asked : Columns
        The columns that were named.
    used : Columns or None
        Which columns say what; None for a folder, in which each file has its own.
    read : float
        How much was read, from 0 to 1.

    Raises
    ------
    ReadError
        When a file cannot be read or lacks a column, or a folder holds no file to read. A single file of a folder that
        cannot be read becomes a row with an error.
    """

    def __init__(self, path: Path, asked: Columns) -> None:
        self.path = path
        self.read = 0.0
        self.asked = asked
        self._file_column = ""
        if path.is_dir():
            self.files = tuple(sorted(file for file in path.rglob("*") if kind_of(file) and not file.is_dir()))
            self.columns, self.used = self._of_folder(), None
        else:
            self.files = (path,)
            with open_input(path) as file:
                self.columns = tuple(file.columns)
                self.used = self._columns(file)

    def tables(self) -> Iterator[pyarrow.Table]:
        """Give the rows in tables of at most a block; a table holds rows of one file only."""
        sizes = [_size_of(file) for file in self.files]
        before, whole = 0, sum(sizes) or 1
        for path, size in zip(self.files, sizes, strict=True):
            for table, share in self._tables_of(path):
                self.read = (before + size * share) / whole
                yield table
            before += size
        self.read = 1.0

    def name_of(self, path: Path) -> str:
        """Give the name by which results and manifest speak of a file; bytes of it that are no UTF-8 show as “?”."""
        name = path.relative_to(self.path).as_posix() if path != self.path else path.name
        return name.encode("utf-8", "replace").decode()

    def _of_folder(self) -> tuple[str, ...]:
        if not self.files:
            hint = "Give a folder with .csv, .tsv, .smi, .sdf (each also .gz or .zst) or .parquet files."
            raise ReadError(f"{self.path} holds no file that is read.", hint)
        columns: dict[str, None] = {}
        for path in self.files:
            try:
                with open_input(path) as file:
                    columns.update(dict.fromkeys(file.columns))
            except ReadError:
                continue  # becomes a row with an error when its turn comes
        self._file_column = FILE
        while self._file_column in columns:
            self._file_column = f"input_{self._file_column}"
        return (self._file_column, *columns)

    def _columns(self, file: InputFile) -> Columns:
        for column in file.columns:
            if column in (LINE, MOLFILE, ERROR):
                raise ReadError(f"The column “{column}” bears a name that tables use themselves.", "Rename it.")
        return Columns.found_in(file.columns, self.asked, has_structures=file.has_structures)

    def _tables_of(self, path: Path) -> Iterator[tuple[pyarrow.Table, float]]:
        line = 1
        try:
            with open_input(path) as file:
                self._columns(file)
                for block in blocks(file):
                    line = block[-1].line
                    yield (
                        self._table(path, file.columns, block, has_structures=file.has_structures),
                        file.fraction_read(),
                    )
        except DrugcontrolError as error:
            if not self._file_column:
                raise
            said = str(error).encode("utf-8", "replace").decode()
            yield self._table(path, (), [InputRow(line, error=said)], has_structures=True), 1.0

    def _table(
        self, path: Path, columns: Sequence[str], rows: Sequence[InputRow], *, has_structures: bool
    ) -> pyarrow.Table:
        held: dict[str, pyarrow.Array] = {}
        if self._file_column:
            held[self._file_column] = pyarrow.repeat(self.name_of(path), len(rows))
        for column in columns:
            held[column] = pyarrow.array([row.values.get(column, "") for row in rows], pyarrow.string())
        held[LINE] = pyarrow.array([row.line for row in rows], pyarrow.int64())
        if has_structures:
            held[MOLFILE] = pyarrow.array([row.molfile for row in rows], pyarrow.string())
        if any(row.error for row in rows):
            held[ERROR] = pyarrow.array([row.error for row in rows], pyarrow.string())
        return pyarrow.table(held)


def _size_of(path: Path) -> int:
    """Give the size of a file in bytes; nothing of one that is not there, which is told when its turn comes."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
