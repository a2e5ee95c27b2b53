"""The main job on real input: what was controlled where on 6 April 2023, and what a supplier's catalogue holds.

Run it with ``make demo``. It asks the law that the package carries, prints two tables and writes an HTML report.
"""

import csv
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drugcontrol.check import Checker, Verdict, identify
from drugcontrol.cli.main import cli
from drugcontrol.law import load_law
from drugcontrol.report import Words

HERE = Path(__file__).parent
OUT = HERE.parent / "out"
DAY = date(2023, 4, 6)
PLACES = ("UN", "CN", "US", "MX", "CA", "EU")
MARKS = {"controlled": "● since {since}", "review": "▲ review", "not_listed": "○ {state}", "not_held": "- no list held"}


def cell(verdict: Verdict, words: Words) -> str:
    """Say in a few characters what a verdict says; a partial list never reads like a no."""
    since = verdict.findings[0].since if verdict.findings else ""
    kinds = verdict.coverage.by_kind
    whole = kinds.get("precursor") == "complete"
    state = "not a listed precursor" if whole else "not in the part held"
    if verdict.status == "controlled" and verdict.findings[0].kind != "precursor":
        since += f" ({words('kind', verdict.findings[0].kind)})"
    return MARKS[verdict.status].format(since=since, state=state)


def precursors(console: Console) -> None:
    """Print which precursor of the statement was scheduled where that day."""
    words, checker = Words.of("en"), Checker.of(load_law())
    table = Table(title=f"Fentanyl precursors on {DAY}: scheduled where, since when", title_justify="left")
    table.add_column("Precursor", min_width=16)
    for place in PLACES:
        table.add_column(place)
    with (HERE / "statement-2023-04-06.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["group"] == "precursor":
                answer = checker.check(identify(row["name"], checker.names), DAY, PLACES)
                table.add_row(row["name"], *(cell(verdict, words) for verdict in answer.verdicts))
    console.print(table)
    console.print("● controlled   ▲ review   ○ nothing found: “not in the part held” is a gap in the data, not a no.\n")


def main() -> None:
    """Print the tables and write the reports."""
    OUT.mkdir(exist_ok=True)
    console = Console(width=150, highlight=False)
    precursors(console)
    for name in ("statement-2023-04-06", "catalogue"):
        console.print(f"Screening examples/{name}.csv for {', '.join(PLACES)} on {DAY}:")
        report = OUT / f"{name}.html"
        arguments = ["screen", str(HERE / f"{name}.csv"), "--date", str(DAY), "--in", ",".join(PLACES)]
        cli(args=[*arguments, "-o", str(report)], standalone_mode=False)
        console.print()
    console.print(f"Open {OUT / 'catalogue.html'} in a browser: structures, findings, citations.")
    console.print("Ask for one substance: .venv/bin/drugcontrol check norfentanyl --date 2023-04-06 --in CN,UN,MX")


if __name__ == "__main__":
    main()
