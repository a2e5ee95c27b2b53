"""A result as another file: CSV made from the Parquet, row group by row group, while it is sent."""

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet

from drugcontrol.screen.writers import CsvWriter

_BATCH = 512


def csv_of(path: Path, delimiter: str) -> Iterator[bytes]:
    """Give a result as CSV for spreadsheets: UTF-8 with a byte order mark, formulas made harmless.

    Parameters
    ----------
    delimiter : str
        That of the file that was screened: the reader's spreadsheet expects the same again.
    """
    with parquet.ParquetFile(path, memory_map=True) as file:
        text = io.StringIO()
        writer = CsvWriter(text, file.schema_arrow.names, delimiter)
        yield b"\xef\xbb\xbf"
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                writer.write(row)
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
        yield text.getvalue().encode()


def named_after(source: str, ending: str) -> str:
    """Name a download after the file that was screened.

    Examples
    --------
    >>> named_after("list.csv.gz", "html")
    'list-screened.html'
    """
    return f"{source.split('.', 1)[0] or 'result'}-screened.{ending}"
