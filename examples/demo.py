"""The main job on real input: what was controlled where on 6 April 2023, and what a supplier's catalogue holds.

Run it with ``make demo``. It asks law and figures that the package carries, prints tables and writes HTML reports.
"""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drugcontrol.check import Checker, Verdict, identify
from drugcontrol.cli.main import cli
from drugcontrol.law import load_law
from drugcontrol.report import Words
from drugcontrol.report.claims import outcome
from drugcontrol.situation import load_figures
from drugcontrol.situation.claims import Grounds, check_claim, find_claim, load_claims
from drugcontrol.situation.measures import load_measures

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


def deaths(console: Console) -> None:
    """Print the claim of that day on deaths: four readings, as known then and as known now."""
    words = Words.of("en")
    grounds = Grounds(figures=load_figures(), law=load_law(), measures=load_measures())
    claim = find_claim(load_claims(grounds.figures, grounds.law), "deaths-rising")
    checked = check_claim(claim, grounds, datetime.now(tz=UTC).date())
    table = Table(title=f"“{words.text(claim.row.words)}”", title_justify="left", width=140)
    for heading in ("Reading", f"As known on {DAY}", f"As known on {checked.as_of}"):
        table.add_column(heading)
    for reading in checked.readings:
        table.add_row(words.text(reading.row.says), outcome(reading.then, words), outcome(reading.now, words))
    console.print(table)
    console.print("No mark for the whole. Rows and releases: .venv/bin/drugcontrol claim check deaths-rising\n")


def main() -> None:
    """Print the tables and write the reports."""
    OUT.mkdir(exist_ok=True)
    console = Console(width=150, highlight=False)
    precursors(console)
    deaths(console)
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
