"""How fast a run is beside RDKit alone, which only reads the same structures: a sample timed in the same run."""

import time
from collections.abc import Iterable, Iterator

import pyarrow
from rdkit import Chem

from drugcontrol.bulk.operator import MOLFILE, counts_of
from drugcontrol.screen.run import Columns

SAMPLE = 2000
"""Rows of the sample."""

_OF_EACH_TABLE = 1000


class Pace:
    """Time and sample of a run.

    Attributes
    ----------
    rows : int
        Rows that were answered in this run.
    """

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._sample: list[str] = []
        self.rows = 0

    @property
    def rate(self) -> float:
        """Give the rows a second since the run began."""
        return self.rows / (time.perf_counter() - self._began)

    def count(self, answers: pyarrow.Table) -> None:
        """Count the rows of a table that was answered."""
        self.rows += counts_of(answers.schema.metadata).rows

    def sampled(self, tables: Iterable[pyarrow.Table], asked: Columns) -> Iterator[pyarrow.Table]:
        """Pass tables on, and keep structures of each until the sample is full; molfiles are not sampled."""
        for table in tables:
            if len(self._sample) < SAMPLE and MOLFILE not in table.column_names:
                column = Columns.found_in(table.column_names, asked).smiles
                texts = table[column][:: max(1, table.num_rows // _OF_EACH_TABLE)].to_pylist() if column else []
                self._sample += [text.strip() for text in texts if text and text.strip()]
            yield table

    def reading(self) -> float | None:
        """Give the seconds that RDKit takes to read a row of the sample; None where the sample is not full."""
        if len(self._sample) < SAMPLE:
            return None
        sample = self._sample[:SAMPLE]
        began = time.perf_counter()
        for text in sample:
            Chem.MolFromSmiles(text)
        return (time.perf_counter() - began) / len(sample)
