"""A long run on a cluster of Dask: each part is a task, and a task whose worker ends is given to another."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pyarrow

from drugcontrol.bulk.operator import Plan, screen_table
from drugcontrol.bulk.parts import in_parts
from drugcontrol.errors import DrugcontrolError, ReadError, UsageError

LOCAL = "local"
"""Address of a cluster of two workers on this machine, made for the run."""

_AHEAD = 2
"""Parts that are under way for each thread of the cluster; so much of a file is in memory, however long it is."""

_WAIT = "20s"


def answered_on(address: str, tables: Iterable[pyarrow.Table], plan: Plan) -> Generator[pyarrow.Table, None, None]:
    """Answer tables in order on a cluster; the answers are those of one process here.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://10.0.0.5:8786``; or :data:`LOCAL`.

    Raises
    ------
    UsageError
        When the extra ``cluster`` is not installed.
    ReadError
        When no scheduler answers at the address, or its workers hold another edition of the law.
    DrugcontrolError
        When workers end again and again on the same part.
    """
    engine = _engine()
    with _client(engine, address) as client:
        most = _AHEAD * max(1, sum(client.ncores().values()))
        under_way: deque[Any] = deque()
        try:
            for part in in_parts(tables):
                under_way.append(client.submit(_answer, part, plan, pure=False))
                if len(under_way) >= most:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        except engine.KilledWorker:
            what = "Workers of the cluster ended several times on the same part."
            raise DrugcontrolError(what, "Give them more memory, and go on with --resume.") from None


def _answer(part: list[pyarrow.Table], plan: Plan) -> list[pyarrow.Table]:
    return [screen_table(table, plan) for table in part]


@contextmanager
def _client(engine: Any, address: str) -> Iterator[Any]:
    if address == LOCAL:
        with (
            engine.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            engine.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = engine.Client(address, timeout=_WAIT)
    except (OSError, ValueError):
        hint = "Give the address of the scheduler, for example tcp://10.0.0.5:8786, or “local”."
        raise ReadError(f"No scheduler answers at {address}.", hint) from None
    with client:
        yield client


def _engine() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        raise UsageError("The extra “cluster” is not installed.", 'Run: pip install "drugcontrol[cluster]"') from None
