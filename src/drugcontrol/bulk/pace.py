"""How fast a run is beside RDKit alone, which only reads the same structures: a sample timed in the same run."""

import time
from collections.abc import Iterable, Iterator

import pyarrow
from rdkit import Chem

from drugcontrol.bulk.operator import counts_of

SAMPLE = 2000
"""Rows of the sample."""

_OF_EACH_TABLE = 50


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

    def sampled(self, tables: Iterable[pyarrow.Table], column: str) -> Iterator[pyarrow.Table]:
        """Pass tables on, and keep some structures of each until the sample is full."""
        for table in tables:
            if column and len(self._sample) < SAMPLE:
                step = max(1, table.num_rows // _OF_EACH_TABLE)
                texts = table[column][::step].to_pylist()
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
