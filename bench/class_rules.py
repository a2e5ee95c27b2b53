"""Time all class rules together for each molecule of the example catalogue, and of files of SMILES that are named.

    python bench/class_rules.py [FILE.smi | FILE.smi.gz ...]

Of each file 2,000 lines at equal distances are taken. Prints milliseconds a molecule, how much of the mean is bringing
the molecule into its neutral form, and, because machines differ, the ratio to one RDKit parse of the line.
"""

import csv
import gzip
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rdkit import Chem

from drugcontrol.check.classes import ClassIndex
from drugcontrol.chem import Molecule, components, read_smiles
from drugcontrol.errors import StructureError
from drugcontrol.law import load_law

CATALOGUE = Path(__file__).parents[1] / "examples/catalogue.csv"
LINES = 2000
LIMIT_MS = 5.0


def catalogue() -> list[str]:
    """Give the structures of the example catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return [row["smiles"] for row in csv.DictReader(file)]


def lines(path: Path) -> list[str]:
    """Give lines of a file at equal distances, 2,000 at most."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        found = [line.split()[0] for line in file if line.strip()]
    return found[:: max(1, len(found) // LINES)][:LINES]


def readable(found: list[str]) -> list[tuple[str, Molecule]]:
    """Give the lines that can be read, with their molecules."""
    pairs = []
    for line in found:
        try:
            pairs.append((line, read_smiles(line)))
        except StructureError:
            continue
    return pairs


def each(action: Callable[[Any], object], items: Sequence[Any]) -> list[float]:
    """Give the milliseconds of an action for each item, the better of two runs."""
    taken = []
    for item in items:
        runs = []
        for _ in range(2):
            start = time.perf_counter()
            action(item)
            runs.append((time.perf_counter() - start) * 1000)
        taken.append(min(runs))
    return taken


def neutral(mol: Molecule) -> list[Molecule]:
    """Bring each part of a molecule into the form in which class rules look at it."""
    return [part.flat for part in components(mol)]


def main() -> int:
    """Print the table; exit code 1 when a mean is over the limit."""
    index = ClassIndex.of(load_law())
    sets = {"example catalogue": catalogue(), **{Path(name).name: lines(Path(name)) for name in sys.argv[1:]}}
    print(f"{len(index.rules)} rules, limit {LIMIT_MS:g} ms a molecule")
    print(f"{'':24}{'molecules':>10}{'mean ms':>9}{'median':>9}{'slowest':>9}{'neutral':>9}{'parse':>8}{'ratio':>8}")
    over = False
    for name, found in sets.items():
        pairs = readable(found)
        parse = statistics.mean(each(Chem.MolFromSmiles, [line for line, _ in pairs]))
        form = statistics.mean(each(neutral, [mol for _, mol in pairs]))
        taken = each(index.hits, [mol for _, mol in pairs])
        mean = statistics.mean(taken)
        over = over or mean > LIMIT_MS
        print(
            f"{name:24}{len(pairs):>10}{mean:>9.2f}{statistics.median(taken):>9.2f}{max(taken):>9.1f}{form:>9.2f}"
            f"{parse:>8.2f}{mean / parse:>7.1f}x"
        )
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
