"""Screening the file of a job: rows to Parquet, those with findings to the report, counts to the outcome."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import cast

from drugcontrol.check import Checker
from drugcontrol.errors import DrugcontrolError, ReadError
from drugcontrol.law import load_law
from drugcontrol.law.rows import Kind
from drugcontrol.report.html import html_writer
from drugcontrol.report.words import Language, Words
from drugcontrol.screen import InputFile, Result, Screening, Settings, Summary, open_input
from drugcontrol.screen.columns import ANSWER_COLUMNS, cells, header
from drugcontrol.screen.decisions import Decisions, read_decisions
from drugcontrol.screen.run import Columns, in_english
from drugcontrol.screen.writers import table_writer
from drugcontrol.web.jobs.limits import Limits
from drugcontrol.web.jobs.store import Counts, Job, Progress, Question, merged
from drugcontrol.web.wording import page_words

FINDINGS = frozenset({"controlled", "review", "error"})
EVERYTHING = FINDINGS | {"not_listed", "not_held"}
_TOLD_EVERY = 0.5


def run(
    job: Job, directory: Path, law_file: Path, limits: Limits, day: date, tell: Callable[[Progress], None]
) -> Counts:
    """Screen the file of a job into ``result.parquet`` and ``report.html`` beside it.

    Parameters
    ----------
    day : date
        The day of the run, on which decisions count or have ended.
    tell : callable
        Gets the progress about twice a second.

    Raises
    ------
    ReadError
        When the file cannot be read, or is beyond a limit.
    """
    question = job.question
    assert question is not None  # noqa: S101 - the runner starts jobs that were asked
    law = load_law(law_file)
    words = Words.of(job.language)
    decisions = directory / "decisions.csv"
    held = read_decisions(decisions) if decisions.exists() else Decisions()
    settings = Settings(
        question.places,
        date.fromisoformat(question.day),
        cast(tuple[Kind, ...], question.kinds),
        question.to,
        held,
        day,
    )
    summary = Summary()
    begun = time.monotonic()
    rows = reported = 0
    with open_input(directory / f"input{job.suffix}") as source:
        columns = Columns.found_in(source.columns, _columns(question), has_structures=source.has_structures)
        names = header(source.columns)
        answered = Screening(Checker.of(law), columns, settings, say=_said_in(job.language)).results(source)
        results = _watched(answered, source, summary, limits, tell)
        with ExitStack() as files:
            table = files.enter_context(table_writer(directory / "result.parquet", [*names.values(), *ANSWER_COLUMNS]))
            report = files.enter_context(
                html_writer(directory / "report.html", job.source, summary, law, settings, columns, words)
            )
            wanted = EVERYTHING if question.everything else FINDINGS
            for result in results:
                for row in cells(result, names, law.edition_name, wanted, words.reason):
                    table.write(row)
                    rows += 1
                if rows > limits.answers:
                    raise _too_many_answers(limits)
                if result.outcome != "nothing" and reported < limits.report_rows:
                    report.write(result)
                    reported += 1
    return Counts(
        rows=summary.rows,
        errors=summary.errors,
        outcomes=merged(summary.outcomes),
        standing=merged(summary.standing),
        decided=summary.decided,
        ended=summary.ended,
        by_place={place: merged(counts) for place, counts in summary.by_place.items()},
        result_rows=rows,
        report_rows=reported,
        seconds=time.monotonic() - begun,
        edition=law.edition_name,
        columns=list(names.values()),
    )


def _said_in(language: Language) -> Callable[[DrugcontrolError], str]:
    """Say what is wrong with a row: in English as the command line does, else as the pages do where they have words."""
    if language == "en":
        return in_english
    words = page_words(language)

    def say(error: DrugcontrolError) -> str:
        if not words.has("problem", error.code):
            return in_english(error)
        hint = f"{error.code}_hint"
        return " ".join([words("problem", key) for key in (error.code, hint) if words.has("problem", key)])

    return say


def _too_many_answers(limits: Limits) -> ReadError:
    hint = f"At most {limits.answers} are kept: ask about fewer places, keep findings only, or divide the file."
    return ReadError("The result has too many answers.", hint, code="job_answers")


def _columns(question: Question) -> Columns:
    return Columns(question.smiles, question.name, question.cas, question.day_column, question.places_column)


def _watched(
    results: Iterator[Result], source: InputFile, summary: Summary, limits: Limits, tell: Callable[[Progress], None]
) -> Iterator[Result]:
    """Count each result on its way, say how far it is, and end at the limit of rows."""
    begun = time.monotonic()
    told = begun - _TOLD_EVERY
    for result in results:
        summary.add(result)
        if summary.rows > limits.rows:
            hint = f"At most {limits.rows} rows are screened at once; divide the file."
            raise ReadError("The file has too many rows.", hint, code="job_rows")
        if sum(map(len, result.row.values.values())) > limits.row_chars:
            what = f"The row in line {result.row.line} is too long."
            raise ReadError(what, f"At most {limits.row_chars} characters are kept of a row.", code="job_line")
        now = time.monotonic()
        if now - told >= _TOLD_EVERY:
            told = now
            tell(_progress(summary, source.fraction_read(), now - begun))
        yield result


def _progress(summary: Summary, share: float, seconds: float) -> Progress:
    return Progress(
        rows=summary.rows,
        share=share,
        seconds=seconds,
        controlled=summary.outcomes["controlled"],
        review=summary.outcomes["review"],
        errors=summary.errors,
    )
