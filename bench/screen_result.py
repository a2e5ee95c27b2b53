"""Time a page of the result of a screened file, of 100,000 answers and of a million: filtered, sorted, last page.

``python bench/screen_result.py``
"""

import random
import statistics
import tempfile
import time
from pathlib import Path

from drugcontrol.screen.columns import ANSWER_COLUMNS
from drugcontrol.screen.writers import ParquetWriter
from drugcontrol.web.jobs.table import View, page

VIEWS = {
    "every row": View(),
    "the last page": View(page=10**6),
    "controlled": View("controlled"),
    "controlled, of one place, by day": View("controlled", "US", "since", True, 20),
    "a name": View(text="substance 4242", within=("name",)),
}
ROUNDS = 15


def main() -> None:
    """Print the median of each view, in milliseconds."""
    with tempfile.TemporaryDirectory() as directory:
        for rows in (100_000, 1_000_000):
            path = Path(directory) / f"{rows}.parquet"
            _write(path, rows)
            print(f"{rows} answers, {path.stat().st_size / 1e6:.1f} MB")
            for name, view in VIEWS.items():
                taken = [_timed(path, view) for _ in range(ROUNDS)]
                print(f"  {name}: p50 {statistics.median(taken) * 1000:.0f} ms")


def _timed(path: Path, view: View) -> float:
    begun = time.perf_counter()
    page(path, view)
    return time.perf_counter() - begun


def _write(path: Path, rows: int) -> None:
    chosen = random.Random(1)  # noqa: S311 - figures, no secrets
    with path.open("wb") as out:
        writer = ParquetWriter(out, ["name", *ANSWER_COLUMNS])
        empty = dict.fromkeys(["name", *ANSWER_COLUMNS], "")
        for number in range(rows):
            row = {
                "name": f"substance {number // 4}",
                "input_line": str(number // 4 + 2),
                "jurisdiction": chosen.choice(("UN", "CN", "US", "EU")),
                "status": chosen.choice(("controlled", "review", "not_listed")),
                "since": f"{chosen.randint(1961, 2026)}-01-01",
                "reason": "It is named in the list; by an act of that day.",
            }
            writer.write(empty | row)
        writer.close()


main()
