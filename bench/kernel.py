"""Time the screening kernel on a file of SMILES (.smi.gz) against RDKit's parse.

``python bench/kernel.py CATALOGUE.smi.gz``; without a file, the registered structures. Shows what survives by rule, and
how the time grows with the number of rules.
"""

import gzip
import sys
import time

import numpy as np
from rdkit import Chem

from drugcontrol.check.classes import plan_of
from drugcontrol.law import load_law
from drugcontrol.screen.kernel.sieve import Sieve

SAMPLE = 2000


def main() -> None:
    """Print the figures of one run, one process."""
    law = load_law()
    if len(sys.argv) > 1:
        with gzip.open(sys.argv[1], "rb") as file:
            rows = [line.strip() for line in file]
    else:
        rows = [row.structure.smiles.encode() for row in law.substances.values() if row.structure]
    wanted = [(row.id, plan_of(row), row.requires) for row in law.edition.rules]
    sieve = Sieve.of(law.substances.values(), wanted)
    text = np.frombuffer(b"".join(rows), np.uint8)
    offsets = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    sieve.sift(text, offsets[:2])
    start = time.perf_counter()
    outcome, reasons = sieve.sift(text, offsets)
    taken = (time.perf_counter() - start) / len(rows)
    sample = [row.decode() for row in rows[:: max(1, len(rows) // SAMPLE)]]
    start = time.perf_counter()
    for row in sample:
        Chem.MolFromSmiles(row)
    parse = (time.perf_counter() - start) / len(sample)
    print(f"{len(rows)} rows: kernel {taken * 1e6:.2f} us, RDKit parse {parse * 1e6:.1f} us, ratio {parse / taken:.1f}")
    for name, number in zip(("nothing", "to be read", "full check"), np.bincount(outcome, minlength=3), strict=True):
        print(f"  {name}: {number} ({number / len(rows):.2%})")
    for bit, name in enumerate(("text not understood", "registered structure", *sieve.names)):
        print(f"  {np.count_nonzero(reasons >> np.uint64(bit) & np.uint64(1)):7d}  {name}")
    for share in (0, 0.25, 0.5, 0.75, 1):
        some = Sieve.of(law.substances.values(), wanted[: round(share * len(wanted))])
        start = time.perf_counter()
        some.sift(text, offsets)
        taken = (time.perf_counter() - start) / len(rows)
        print(f"  {len(some.names):3d} cores of {round(share * len(wanted))} rules: {taken * 1e6:.2f} us a row")


main()
