"""A long run on this machine: tables go out to a process for each core, and their answers come back in order."""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

import pyarrow

from drugcontrol.bulk.operator import Plan, operator_of, screen_table
from drugcontrol.errors import DrugcontrolError

ALONE = 20_480
"""Rows that one process answers before others are started: each needs seconds until it can help."""

_AHEAD = 3
"""Tables that are under way for each process; so much of a file is in memory, however long it is."""


def cores() -> int:
    """Give the number of processes that can work at the same time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answered(tables: Iterable[pyarrow.Table], plan: Plan, jobs: int) -> Generator[pyarrow.Table, None, None]:
    """Answer tables in order, those of a long run in several processes; the answers are those of one.

    Raises
    ------
    DrugcontrolError
        When a process is ended from outside.
    """
    left = iter(tables)
    rows = 0
    for table in left:
        if jobs > 1 and rows >= ALONE:
            yield from _with_others(_with(table, left), plan, jobs)
            return
        rows += table.num_rows
        yield screen_table(table, plan)


def _with(first: pyarrow.Table, tables: Iterator[pyarrow.Table]) -> Iterator[pyarrow.Table]:
    yield first
    yield from tables


def _with_others(tables: Iterator[pyarrow.Table], plan: Plan, jobs: int) -> Iterator[pyarrow.Table]:
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=(plan,))
    under_way: deque[Future[pyarrow.Table]] = deque()
    try:
        for table in tables:
            with _signals_kept_back():
                under_way.append(pool.submit(_answer, table))  # starts a process, as long as there are too few
            if len(under_way) >= jobs * _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise DrugcontrolError("A process of the run was ended from outside.", "Go on with --resume.") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _signals_kept_back() -> Iterator[None]:
    """Keep the signals to end until the block is left; a process that is started in it does not get them at all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _TO_END)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_TO_END = (signal.SIGINT, signal.SIGTERM)

_plans: list[Plan] = []
"""The plan of a process that helps: one, given when the process begins."""


def _begin(plan: Plan) -> None:
    for name in _TO_END:
        signal.signal(name, signal.SIG_IGN)  # the process that reads the file ends the others
    Thread(target=_end_with_the_reader, daemon=True).start()
    _plans[:] = [plan]
    operator_of(plan)


def _end_with_the_reader() -> None:
    """End this process when the one that reads the file is gone, also when that was killed and could say nothing."""
    reader = parent_process()
    if reader is not None:
        reader.join()
        os._exit(1)


def _answer(table: pyarrow.Table) -> pyarrow.Table:
    return screen_table(table, _plans[0])
