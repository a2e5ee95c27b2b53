"""The parts of a run: each a Parquet file of answers with its counts, there whole or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
from pyarrow import ArrowException

from drugcontrol.bulk.operator import counts_as_metadata, counts_of
from drugcontrol.screen.summary import Summary
from drugcontrol.screen.writers import part_file

ROWS = 16_384
"""Rows of the input from which on a part is full; what a run loses at most when it is ended."""


def in_parts(tables: Iterable[pyarrow.Table]) -> Iterator[list[pyarrow.Table]]:
    """Put tables together to parts, by number of rows: the same tables always give the same parts."""
    part: list[pyarrow.Table] = []
    rows = 0
    for table in tables:
        part.append(table)
        rows += table.num_rows
        if rows >= ROWS:
            yield part
            part, rows = [], 0
    if part:
        yield part


class Parts:
    """The answers of a run by part, in a directory of their own.

    Attributes
    ----------
    columns : tuple of str
        Of the answers.
    """

    def __init__(self, directory: Path, schema: pyarrow.Schema) -> None:
        self._directory = directory
        self._schema = schema
        self.columns = tuple(schema.names)

    def held(self, part: int) -> Summary | None:
        """Give the counts of a part that is done; None where it is not, or its file is damaged."""
        with suppress(OSError, ArrowException, KeyError):
            return counts_of(parquet.read_metadata(self._path(part)).metadata)
        return None

    def write(self, part: int, answers: Iterable[pyarrow.Table]) -> Summary:
        """Write the answers of a part as they come."""
        counts = Summary()
        with part_file(self._path(part)) as path, parquet.ParquetWriter(path, self._schema) as writer:
            for table in answers:
                counts.join(counts_of(table.schema.metadata))
                writer.write_table(table.replace_schema_metadata(None))
            writer.add_key_value_metadata(counts_as_metadata(counts))
        return counts

    def answers(self, parts: int) -> Iterator[pyarrow.Table]:
        """Give the answers of the first parts, in order, in tables of a bounded number of rows."""
        for part in range(parts):
            with parquet.ParquetFile(self._path(part)) as file:
                for batch in file.iter_batches(batch_size=4096):
                    yield pyarrow.Table.from_batches([batch])

    def _path(self, part: int) -> Path:
        return self._directory / f"part-{part:06}.parquet"
