"""Time one question: cold (a new process) and warm (a process that has loaded the law).

Prints milliseconds and, because machines differ, the ratio to the floor of each: a Python process that does nothing but
import RDKit (cold), and one RDKit parse of the same structure (warm). Minimum and median of several runs in one go.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from rdkit import Chem

from drugcontrol.check import Checker, identify
from drugcontrol.law import load_law

STRUCTURE = "CCC(=O)N(c1ccccc1)C1CC[NH+](CCc2ccccc2)CC1.[Cl-]"
DAY = date(2023, 4, 6)


def timed(action: Callable[[], object], runs: int) -> tuple[float, float]:
    """Give minimum and median of a number of runs, in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken), statistics.median(taken)


def cold(code: str) -> Callable[[], object]:
    """Run a piece of Python in a new process."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def main() -> None:
    """Print the table."""
    command = "import sys; sys.argv = ['drugcontrol', 'check', {!r}, '--date', '2023-04-06']; "
    command += "from drugcontrol.cli.main import main; main()"
    checker = Checker.of(load_law())
    asked = identify("fentanyl", checker.names)
    drawn = identify(STRUCTURE, checker.names)
    rows = [
        ("cold, floor: import RDKit", cold("from rdkit import Chem"), 7),
        ("cold, check a name", cold(command.format("fentanyl")), 7),
        ("cold, check a structure", cold(command.format(STRUCTURE)), 7),
        ("warm, floor: RDKit parse", lambda: Chem.MolFromSmiles(STRUCTURE), 300),
        ("warm, check a name", lambda: checker.check(asked, DAY), 300),
        ("warm, check a structure", lambda: checker.check(identify(STRUCTURE, checker.names), DAY), 300),
        ("warm, drawn once, asked again", lambda: checker.check(drawn, DAY), 300),
    ]
    print(f"{'':34}{'min ms':>10}{'median ms':>12}{'ratio':>9}")
    floor = 1.0
    for name, action, runs in rows:
        least, middle = timed(action, runs)
        floor = middle if "floor" in name else floor
        print(f"{name:34}{least:>10.2f}{middle:>12.2f}{middle / floor:>8.1f}x")


if __name__ == "__main__":
    main()
