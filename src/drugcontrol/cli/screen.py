"""``drugcontrol screen``: the question of ``check`` for a whole file or folder."""

import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click
import pyarrow
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from drugcontrol.bulk.changed import Since
from drugcontrol.bulk.cluster import answered_on
from drugcontrol.bulk.local import answered, cores
from drugcontrol.bulk.operator import Plan, answer_schema, counts_of, operator_of
from drugcontrol.bulk.pace import SAMPLE, Pace
from drugcontrol.bulk.run import Places, Runner, Stopped, begun_at, run_to_file
from drugcontrol.bulk.source import Source
from drugcontrol.check import NOTICE
from drugcontrol.check.question import read_destination, read_kinds, read_places, today
from drugcontrol.cli import options
from drugcontrol.dates import parse_day
from drugcontrol.errors import ReadError
from drugcontrol.report.html import html_writer
from drugcontrol.report.words import Language, Words
from drugcontrol.screen import Result, Settings, Summary
from drugcontrol.screen.decisions import Decisions, read_decisions
from drugcontrol.screen.run import Columns
from drugcontrol.screen.writers import FORMATS, table_writer

TOLD_EVERY = 30.0
"""Seconds between two lines on the way of a run whose messages go to a file."""

STOPPED = 130
"""Exit code of a run that was stopped, as shells give it."""

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
@click.option(
    "--changed-since",
    default="",
    metavar="DAY|EDITION",
    help="Only what the law changed since: YYYY-MM-DD, or a file of “law export”.",
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes for a long file (default: the cores).")
@click.option(
    "--cluster", default="", metavar="ADDRESS", help="Run on the Dask cluster with that scheduler, or: local."
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
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
    changed_since: str,
    jobs: int | None,
    cluster: str,
    resume: bool,
    language: Language,
    edition: Path | None,
) -> None:
    """Answer every row of FILE (.csv, .tsv, .smi, .sdf, each also .gz or .zst, or .parquet), or of a folder of them.

    Columns named smiles, cas and name are found by themselves; what a row gives is used together, and a structure that
    contradicts the name is put up for review. Rows with findings and rows that cannot be read are written, to standard
    output as CSV unless -o names a file.

    A run that is stopped leaves what is done beside the result; the same command with --resume goes on. What was asked
    of which input stands in RESULT.run.json.

    With --changed-since only answers are written that are other ones than they were, also those that ended, with
    status_before and schedule_before; only for what the law changed is a structure looked at.

    A decision on a review row is written into the result file itself: decision (controlled or not_controlled),
    decided_by, decision_reason, decided_on, decided_until. Give that file back with --decisions at the next run. The
    status stays review; until its last day --fail-on takes the decision.
    """
    if cluster and jobs:
        raise click.UsageError("--jobs and --cluster exclude each other.")
    if changed_since and (date_column or in_column or everything or only):
        raise click.UsageError(
            "--changed-since goes with one day and one list of places, and without --all and --only."
        )
    wanted = _wanted(everything, only)
    _check_output(file, output, resume, changed_since)
    if output and decisions and output.resolve() == decisions.resolve():
        raise click.UsageError("-o names the file of decisions; those on rows that are not in FILE would be lost.")
    _check_read_files(output, (file, decisions, edition, Path(changed_since) if changed_since else None))
    begun = begun_at(output) if output and resume else None
    law = options.open_law(edition)
    words = Words.of(language)
    settings = Settings(
        read_places(law, places),
        day or (parse_day(begun.date) if begun else today()),
        read_kinds(kinds),
        read_destination(to),
        read_decisions(decisions) if decisions else Decisions(),
        parse_day(begun.run_on) if begun else today(),
    )
    source = Source(file, Columns(smiles_column, name_column, cas_column, date_column, in_column))
    since = Since.of(changed_since) if changed_since else None
    plan = Plan(
        source.columns, settings, ALL if since else wanted, source.asked, language, edition, law.edition_name, since
    )
    click.echo(_columns_used(source, words), err=True)
    counts, pace = Summary(), Pace()
    try:
        _run(source, plan, output, partial(_answered, plan, cluster, jobs or cores()), counts, pace, resume=resume)
    except Stopped as stopped:
        click.echo(stopped, err=True)
        sys.exit(STOPPED)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(STOPPED)
    _print_summary(counts, words)
    _print_pace(counts, pace, words)
    if output is not None:
        click.echo(f"-> {output}", err=True)
    click.echo(words.text(NOTICE), err=True)
    found = counts.standing["controlled"]
    if fail_on == "review":
        found += counts.standing["review"] + counts.errors  # what could not be read has passed nothing
    if fail_on and found:
        sys.exit(1)


def _answered(
    plan: Plan, cluster: str, jobs: int, tables: Iterable[pyarrow.Table]
) -> Generator[pyarrow.Table, None, None]:
    """Answer tables in processes here, or on a cluster."""
    return answered_on(cluster, tables, plan) if cluster else answered(tables, plan, jobs)


def _run(
    source: Source, plan: Plan, output: Path | None, runner: Runner, counts: Summary, pace: Pace, *, resume: bool
) -> None:
    """Answer a source to a file of results, to a report, or to standard output."""
    words = Words.of(plan.language)
    with _progress() as progress:
        task = progress.add_task("", total=1.0)
        told = time.monotonic()

        def answer(tables: Iterable[pyarrow.Table]) -> Generator[pyarrow.Table, None, None]:
            nonlocal told
            sampled = pace.sampled(tables, source.asked)
            with closing(runner(sampled)) as answers:
                for table in answers:
                    pace.count(table)
                    progress.update(task, completed=source.read, description=f"{pace.rows:,}  {pace.rate:,.0f}/s")
                    if progress.disable and time.monotonic() - told >= TOLD_EVERY:
                        told = time.monotonic()
                        click.echo(_so_far(pace, source.read, words), err=True)
                    yield table

        if output is None:
            with table_writer(None, answer_schema(plan).names) as writer, closing(answer(source.tables())) as answers:
                for table in answers:
                    counts.join(counts_of(table.schema.metadata))
                    for row in table.to_pylist():
                        writer.write(row)
        elif output.suffix.lower() == ".html":
            _report(source, plan, output, counts)
        else:
            run_to_file(source, plan, output, answer, counts, resume=resume)


def _so_far(pace: Pace, read: float, words: Words) -> str:
    """Say in a line how far a run is, where no bar can be drawn."""
    facts = {"rows": f"{pace.rows:,}", "rate": f"{pace.rate:,.0f}", "share": f"{100 * read:.0f}"}
    return words("word", "so_far", left=str(pace.left(read)), **facts)


def _report(source: Source, plan: Plan, output: Path, counts: Summary) -> None:
    """Write a report for people, in one process."""
    operator, words = operator_of(plan), Words.of(plan.language)
    columns = source.used or plan.asked
    with html_writer(output, source.path.name, counts, operator.law, plan.settings, columns, words) as report:
        for table in source.tables():
            for result in operator.results(table, counts):
                if _shown(result, plan.wanted):
                    report.write(result)


def _columns_used(source: Source, words: Words) -> str:
    if source.used is None:
        return words("word", "files_read", files=str(len(source.files)))
    used = {"smiles": source.used.smiles, "name": source.used.name, "cas": source.used.cas}
    shown = ", ".join(f"{key}: {column}" for key, column in used.items() if column)
    return words("word", "columns_used", columns=shown or "molfile")


def _wanted(everything: bool, only: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in only.split(",") if part.strip())
    if everything and parts:
        raise click.UsageError("--all and --only exclude each other.")
    if parts - FINDINGS:
        raise click.UsageError(f"--only takes controlled, review and error, not {', '.join(sorted(parts - FINDINGS))}.")
    return ALL if everything else parts or FINDINGS


def _check_output(file: Path, output: Path | None, resume: bool, changed_since: str) -> None:
    if output is not None and output.suffix.lower() == ".html" and changed_since:
        raise click.UsageError("--changed-since writes .csv, .jsonl or .parquet.")
    if resume and (output is None or output.suffix.lower() == ".html"):
        raise click.UsageError("--resume goes with -o and a file ending in .csv, .jsonl or .parquet.")
    if output is None:
        return
    if output.suffix.lower() not in FORMATS:
        raise click.UsageError(f"-o {output}: the name must end in one of {', '.join(FORMATS)}.")
    if output.resolve() == file.resolve():
        raise click.UsageError("-o names the input file; give the result another name.")
    if not output.resolve().parent.is_dir():
        raise ReadError(f"There is no directory {output.parent}.", "Make it first.")
    if file.is_dir() and output.resolve().is_relative_to(file.resolve()):
        raise click.UsageError("-o stands in the folder that is read; write the result elsewhere.")


def _check_read_files(output: Path | None, read: Iterable[Path | None]) -> None:
    """Refuse to read a file that the run itself writes beside its result, and takes away when it is done."""
    if output is None:
        return
    places = Places(output)
    written = {path.resolve(): path for path in (places.partial, places.manifest)}
    for path in read:
        if path is not None and path.resolve() in written:
            what = f"{path} is what a run to {output.name} writes itself; give the result another name."
            raise click.UsageError(what)


def _shown(result: Result, wanted: frozenset[str]) -> bool:
    return bool({verdict.status for verdict in result.verdicts} & wanted) or (bool(result.error) and "error" in wanted)


@contextmanager
def _progress() -> Iterator[Progress]:
    screen = Console(stderr=True)
    shown = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*shown, console=screen, disable=not screen.is_terminal, transient=True) as progress:
        yield progress


def _print_summary(summary: Summary, words: Words) -> None:
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


def _print_pace(summary: Summary, pace: Pace, words: Words) -> None:
    """Tell how fast a run was; of a short one that would tell how long the start took."""
    rate, reading = pace.rate, pace.reading()
    if reading is None:
        return
    told = {"rate": f"{rate:,.0f}", "checked": f"{100 * summary.checked / summary.rows:.1f}"}
    ratio = {"ratio": f"{reading * rate:.1f}", "sample": str(SAMPLE)}
    click.echo(words("word", "pace", **told), err=True)
    click.echo(words("word", "pace_beside_rdkit", **ratio), err=True)
