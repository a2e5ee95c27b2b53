"""How fast a run is beside RDKit alone, which only reads the same structures: a sample timed in the same run."""

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pyarrow
from rdkit import Chem

from drugcontrol.bulk.operator import MOLFILE, counts_of
from drugcontrol.screen.run import Columns

SAMPLE = 2000
"""Rows of the sample, spread over the whole input."""


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
        self._step, self._passed = 1, 0
        self.rows = 0

    @property
    def rate(self) -> float:
        """Give the rows a second since the run began."""
        return self.rows / (time.perf_counter() - self._began)

    def count(self, answers: pyarrow.Table) -> None:
        """Count the rows of a table that was answered."""
        self.rows += counts_of(answers.schema.metadata).rows

    def left(self, read: float) -> timedelta:
        """Say how long a run will go on, from the share of the input that was read."""
        passed = time.perf_counter() - self._began
        return timedelta(seconds=round(passed * (1 - read) / read) if read else 0)

    def sampled(self, tables: Iterable[pyarrow.Table], asked: Columns) -> Iterator[pyarrow.Table]:
        """Pass tables on, and keep structures at even steps, wider ones as the input goes on; molfiles are not kept."""
        for table in tables:
            if MOLFILE not in table.column_names:
                column = Columns.found_in(table.column_names, asked).smiles
                texts = table[column][-self._passed % self._step :: self._step].to_pylist() if column else []
                self._sample += [text.strip() for text in texts if text and text.strip()]
                while len(self._sample) >= 2 * SAMPLE:
                    self._sample = self._sample[::2]
                    self._step *= 2
            self._passed += table.num_rows
            yield table

    def reading(self) -> float | None:
        """Give the seconds that RDKit takes to read a row of the sample; None where the sample is not full."""
        if len(self._sample) < SAMPLE:
            return None
        sample = self._sample[:: len(self._sample) // SAMPLE][:SAMPLE]
        began = time.perf_counter()
        for text in sample:
            Chem.MolFromSmiles(text)
        return (time.perf_counter() - began) / len(sample)
