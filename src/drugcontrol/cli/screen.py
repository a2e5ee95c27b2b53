"""``drugcontrol screen``: the question of ``check`` for a whole file."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from drugcontrol.check import NOTICE, Checker
from drugcontrol.check.question import read_destination, read_kinds, read_places, today
from drugcontrol.cli import options
from drugcontrol.errors import ReadError
from drugcontrol.report.html import html_writer
from drugcontrol.report.words import Language, Words
from drugcontrol.screen import InputFile, Result, Screening, Settings, Summary, open_input
from drugcontrol.screen.columns import ANSWER_COLUMNS, cells, header
from drugcontrol.screen.decisions import Decisions, read_decisions
from drugcontrol.screen.run import Columns
from drugcontrol.screen.spread import cores, spread
from drugcontrol.screen.writers import FORMATS, table_writer

FINDINGS = frozenset({"controlled", "review", "error"})
STATUSES = ("controlled", "review", "not_listed", "not_listed_partial", "not_held")
ALL = FINDINGS | {"not_listed", "not_held"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--smiles-column", default="", help="Column with the structure as SMILES.")
@click.option("--name-column", default="", help="Column with the name.")
@click.option("--cas-column", default="", help="Column with the CAS number.")
@click.option("--date-column", default="", help="Column with the day to ask about, YYYY-MM-DD.")
@click.option("--in-column", default="", help="Column with the places to ask about.")
@options.day_option
@options.places_option
@options.kinds_option
@click.option("--to", default="", metavar="COUNTRY", help="Destination, for export control that depends on it.")
@click.option("--all", "everything", is_flag=True, help="Write the rows with nothing found too.")
@click.option("--only", default="", metavar="WHAT", help="Write only: controlled, review, error (comma-separated).")
@click.option("--decisions", type=click.Path(path_type=Path), help="CSV with what people decided on review rows.")
@click.option("--fail-on", type=click.Choice(["controlled", "review"]), help="Exit with 1 when a row is that or worse.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Result: .csv, .jsonl, .parquet or .html.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes for a long file (default: the cores).")
@options.language_option
@options.law_option
def screen(
    file: Path,
    smiles_column: str,
    name_column: str,
    cas_column: str,
    date_column: str,
    in_column: str,
    day: date | None,
    places: str,
    kinds: str,
    to: str,
    everything: bool,
    only: str,
    decisions: Path | None,
    fail_on: str | None,
    output: Path | None,
    jobs: int | None,
    language: Language,
    edition: Path | None,
) -> None:
    """Answer every row of FILE (.csv, .tsv, .smi, .sdf, each also .gz, or .parquet).

    Columns named smiles, cas and name are found by themselves; what a row gives is used together, and a structure that
    contradicts the name is put up for review. Rows with findings and rows that cannot be read are written, to standard
    output as CSV unless -o names a file.

    A decision on a review row is written into the result file itself: decision (controlled or not_controlled),
    decided_by, decision_reason, decided_on, decided_until. Give that file back with --decisions at the next run. The
    status stays review; until its last day --fail-on takes the decision.
    """
    wanted = _wanted(everything, only)
    _check_output(file, output)
    law = options.open_law(edition)
    words = Words.of(language)
    settings = Settings(
        read_places(law, places),
        day or today(),
        read_kinds(kinds),
        read_destination(to),
        read_decisions(decisions) if decisions else Decisions(),
    )
    asked = Columns(smiles_column, name_column, cas_column, date_column, in_column)
    summary = Summary()
    with open_input(file) as source:
        columns = Columns.found_in(source.columns, asked, has_structures=source.has_structures)
        used = {"smiles": columns.smiles, "name": columns.name, "cas": columns.cas}
        shown = ", ".join(f"{key}: {column}" for key, column in used.items() if column)
        click.echo(words("word", "columns_used", columns=shown or "molfile"), err=True)
        run = Screening(Checker.of(law), columns, settings)
        results = _watched(spread(run, source, edition, jobs or cores()), source, summary)
        if output is not None and output.suffix.lower() == ".html":
            with html_writer(output, file.name, summary, law, settings, columns, words) as report:
                for result in results:
                    if _shown(result, wanted):
                        report.write(result)
        else:
            names = header(source.columns)
            with table_writer(output, [*names.values(), *ANSWER_COLUMNS]) as writer:
                for result in results:
                    for row in cells(result, names, law.edition_name, wanted, words.reason):
                        writer.write(row)
    _print_summary(summary, words, output)
    found = summary.standing["controlled"]
    if fail_on == "review":
        found += summary.standing["review"] + summary.errors  # what could not be read has passed nothing
    if fail_on and found:
        sys.exit(1)


def _wanted(everything: bool, only: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in only.split(",") if part.strip())
    if everything and parts:
        raise click.UsageError("--all and --only exclude each other.")
    if parts - FINDINGS:
        raise click.UsageError(f"--only takes controlled, review and error, not {', '.join(sorted(parts - FINDINGS))}.")
    return ALL if everything else parts or FINDINGS


def _check_output(file: Path, output: Path | None) -> None:
    if output is None:
        return
    if output.suffix.lower() not in FORMATS:
        raise click.UsageError(f"-o {output}: the name must end in one of {', '.join(FORMATS)}.")
    if output.resolve() == file.resolve():
        raise click.UsageError("-o names the input file; give the result another name.")
    if not output.resolve().parent.is_dir():
        raise ReadError(f"There is no directory {output.parent}.", "Make it first.")


def _shown(result: Result, wanted: frozenset[str]) -> bool:
    return bool({verdict.status for verdict in result.verdicts} & wanted) or (bool(result.error) and "error" in wanted)


def _watched(results: Iterable[Result], source: InputFile, summary: Summary) -> Iterator[Result]:
    with _progress() as progress:
        task = progress.add_task("", total=1.0)
        for result in results:
            summary.add(result)
            if summary.rows % 200 == 0:
                progress.update(task, completed=source.fraction_read(), description=f"{summary.rows} rows")
            yield result
        progress.update(task, completed=1.0, description=f"{summary.rows} rows")


@contextmanager
def _progress() -> Iterator[Progress]:
    screen = Console(stderr=True)
    shown = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*shown, console=screen, disable=not screen.is_terminal, transient=True) as progress:
        yield progress


def _print_summary(summary: Summary, words: Words, output: Path | None) -> None:
    counts = {
        "rows": summary.rows,
        "controlled": summary.outcomes["controlled"],
        "review": summary.outcomes["review"],
        "nothing": summary.outcomes["nothing"],
        "errors": summary.errors,
    }
    click.echo(words("word", "catalogue_rows", **{key: str(count) for key, count in counts.items()}), err=True)
    for place, statuses in summary.by_place.items():
        line = ", ".join(f"{words('status', status)} {statuses[status]}" for status in STATUSES if statuses[status])
        click.echo(f"  {place}: {line}", err=True)
    if summary.decided or summary.ended:
        counted = {"decided": str(summary.decided), "ended": str(summary.ended)}
        click.echo(words("word", "decisions_counted", **counted), err=True)
    if output is not None:
        click.echo(f"-> {output}", err=True)
    click.echo(words.text(NOTICE), err=True)
