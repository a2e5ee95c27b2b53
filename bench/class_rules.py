"""Time the full check of all class rules, a molecule, and its ratio to RDKit's parse of the same SMILES.

Reads the example catalogue, and files of SMILES given as arguments (.smi or .smi.gz; an even sample of 3,000 lines of
each): ``python bench/class_rules.py [FILE ...]``. Prints milliseconds and, because machines differ, the ratio.
"""

import csv
import gzip
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from drugcontrol.check.classes import ClassIndex
from drugcontrol.chem import read_smiles
from drugcontrol.errors import StructureError
from drugcontrol.law import load_law

CATALOGUE = Path(__file__).parents[1] / "examples/catalogue.csv"
SAMPLE = 3000


def structures(path: Path) -> list[str]:
    """Give the SMILES of a file, at most `SAMPLE` of them, evenly spread."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [row["smiles"] for row in csv.DictReader(file)]
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = [line.split()[0] for line in content.decode().splitlines() if line.strip()]
    return lines[:: max(1, len(lines) // SAMPLE)][:SAMPLE]


def timed(texts: list[str], index: ClassIndex) -> Iterator[tuple[float, float, bool]]:
    """Give for each structure the milliseconds of the parse and of the class check, and whether a class was met."""
    for text in texts:
        start = time.perf_counter()
        try:
            mol = read_smiles(text)
        except StructureError:
            continue
        parsed = time.perf_counter()
        hits = index.hits(mol)
        yield (parsed - start) * 1000, (time.perf_counter() - parsed) * 1000, bool(hits)


def main() -> None:
    """Print a line for each file."""
    index = ClassIndex.of(load_law())
    print(f"{len(index.rules)} class rules")
    headings = f"{'mean ms':>9}{'median':>8}{'p99':>7}{'max':>7}{'ratio':>8}"
    print(f"{'':24}{'structures':>11}{'in a class or review':>22}{headings}")
    for path in (CATALOGUE, *map(Path, sys.argv[1:])):
        rows = list(timed(structures(path), index))
        parse = statistics.mean(row[0] for row in rows)
        checks = sorted(row[1] for row in rows)
        mean = statistics.mean(checks)
        met = sum(row[2] for row in rows)
        last = f"{mean:>9.2f}{statistics.median(checks):>8.2f}{checks[int(len(checks) * 0.99)]:>7.2f}{checks[-1]:>7.1f}"
        print(f"{path.name:24}{len(rows):>11}{met:>22}{last}{mean / parse:>7.1f}x")


if __name__ == "__main__":
    main()
