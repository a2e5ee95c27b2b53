"""Screen a catalogue through the operator of the command against RDKit's parse of the same structures, in one run.

``python bench/screening.py [ROWS] [CATALOGUE.smi]``: the file is repeated until there are ROWS rows, 20,000 when not
told. Without a file the registered structures are taken, which all take the full check: the worst of all catalogues.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pyarrow

from drugcontrol.bulk import Plan
from drugcontrol.bulk.local import answered, cores
from drugcontrol.bulk.operator import counts_of
from drugcontrol.bulk.pace import Pace
from drugcontrol.law import load_law
from drugcontrol.screen import Settings, Summary
from drugcontrol.screen.prefilter import blocks
from drugcontrol.screen.run import Columns

DAY = date(2026, 9, 1)


def tables(rows: list[str], wanted: int) -> Iterator[pyarrow.Table]:
    """Give rows again and again, in tables of a block each."""
    for block in blocks(islice(cycle(rows), wanted)):
        yield pyarrow.table({"smiles": block})


def main() -> None:
    """Print the figures of one process, then of one for each core."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    law = load_law()
    if len(sys.argv) > 2:
        rows = [line.split()[0] for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        rows = [row.structure.smiles for row in law.substances.values() if row.structure]
    plan = Plan(("smiles",), Settings(tuple(law.jurisdictions), DAY), frozenset({"controlled", "review", "error"}))
    for jobs in sorted({1, cores()}):
        counts, pace, began = Summary(), Pace(), time.perf_counter()
        for answers in answered(pace.sampled(tables(rows, wanted), Columns()), plan, jobs):
            counts.join(counts_of(answers.schema.metadata))
        taken = time.perf_counter() - began
        reading = pace.reading() or 0.0
        print(
            f"{jobs} process(es): {counts.rows} rows in {taken:.1f} s, {counts.rows / taken:,.0f} rows/s, "
            f"{counts.checked / counts.rows:.2%} full check, {reading * counts.rows / taken:.2f} x RDKit's parse "
            f"({reading * 1e6:.0f} us a row, one core)"
        )


if __name__ == "__main__":
    main()
