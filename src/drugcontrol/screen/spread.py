"""A long run over several processes: blocks of rows go out in order, and their results come back in order."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from drugcontrol.check import Checker
from drugcontrol.errors import DrugcontrolError
from drugcontrol.law import load_law
from drugcontrol.screen.prefilter import blocks
from drugcontrol.screen.readers import InputRow
from drugcontrol.screen.run import Columns, Result, Screening, Settings

ALONE = 20_480
"""Rows that one process answers before others are started: each needs seconds until it can help."""

_AHEAD = 3
"""Blocks that are under way for each process; so much of a file is in memory, however long it is."""


def cores() -> int:
    """Give the number of processes that can work at the same time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(run: Screening, rows: Iterable[InputRow], law_file: Path | None, jobs: int) -> Iterator[Result]:
    """Answer rows in order, those of a long file in several processes; the results are those of one.

    Parameters
    ----------
    run : Screening
        Answers the first rows, and all where `jobs` is 1.
    law_file : Path or None
        The edition from which the processes load the law; the one that is shipped when None.

    Raises
    ------
    DrugcontrolError
        When a process is ended from outside.
    """
    left = iter(rows)
    if jobs <= 1:
        yield from run.results(left)
        return
    yield from run.results(islice(left, ALONE))
    following = next(left, None)
    if following is None:
        return
    start = (law_file, run.columns, run.settings)
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=start)
    try:
        for part, found in _in_order(pool, blocks(_with(following, left)), jobs * _AHEAD):
            yield from (found.get(row.line) or run.untouched(row) for row in part)
    except BrokenProcessPool:
        raise DrugcontrolError("A process of the run was ended from outside.", "Run it again with --jobs 1.") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _with(first: InputRow, rows: Iterator[InputRow]) -> Iterator[InputRow]:
    yield first
    yield from rows


Found = dict[int, Result]
"""By line of the file, what is not the answer of an untouched row: few rows, so that little goes between processes."""


def _in_order(
    pool: ProcessPoolExecutor, parts: Iterator[list[InputRow]], most: int
) -> Iterator[tuple[list[InputRow], Found]]:
    under_way: deque[tuple[list[InputRow], Future[Found]]] = deque()
    for part in parts:
        under_way.append((part, pool.submit(_answer, part)))
        if len(under_way) >= most:
            rows, found = under_way.popleft()
            yield rows, found.result()
    for rows, found in under_way:
        yield rows, found.result()


_runs: list[Screening] = []
"""The run of a process that helps: one, made when the process begins."""


def _begin(law_file: Path | None, columns: Columns, settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that reads the file ends the others
    _runs[:] = [Screening(Checker.of(load_law(law_file)), columns, settings)]


def _answer(rows: list[InputRow]) -> Found:
    return {result.row.line: result for result in _runs[0].results(rows) if not result.untouched}
