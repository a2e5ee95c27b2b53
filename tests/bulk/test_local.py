"""A long run over several processes: the same answers in the same order, and nothing lost."""

import os
import signal
from pathlib import Path

import pyarrow
import pytest

from drugcontrol.bulk import local
from drugcontrol.bulk.local import answered
from drugcontrol.bulk.operator import counts_of
from drugcontrol.errors import DrugcontrolError
from tests.bulk.conftest import EVERYTHING, plan_for, source_of


@pytest.mark.usefixtures("small")
def test_two_processes_answer_as_one(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "ALONE", 20)
    source = source_of(catalogue)
    plan = plan_for(source, EVERYTHING)
    one, two = (list(answered(source.tables(), plan, jobs)) for jobs in (1, 2))
    assert [table.to_pylist() for table in two] == [table.to_pylist() for table in one]
    assert [counts_of(table.schema.metadata).rows for table in two] == [16] * 9 + [6]


@pytest.mark.usefixtures("small")
def test_a_short_file_starts_no_process(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "ProcessPoolExecutor", None)
    source = source_of(catalogue)
    assert len(list(answered(source.tables(), plan_for(source), 2))) == 10


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[local.ProcessPoolExecutor]:
    """The processes that help, as they are made; they are from the first table on."""
    monkeypatch.setattr(local, "ALONE", 0)
    made: list[local.ProcessPoolExecutor] = []
    pool = local.ProcessPoolExecutor

    def noted(*given: object, **more: object) -> local.ProcessPoolExecutor:
        made.append(pool(*given, **more))  # type: ignore[arg-type]
        return made[0]

    monkeypatch.setattr(local, "ProcessPoolExecutor", noted)
    return made


@pytest.mark.usefixtures("small")
def test_a_key_pressed_while_processes_start_does_not_reach_them(
    catalogue: Path, pools: list[local.ProcessPoolExecutor]
) -> None:
    source = source_of(catalogue)
    answers = answered(source.tables(), plan_for(source), 2)
    next(answers)
    kept_back = pools[0].submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).result()
    assert kept_back >= {signal.SIGINT, signal.SIGTERM}
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()).isdisjoint(kept_back)
    answers.close()
    with pytest.raises(RuntimeError, match="after shutdown"):
        pools[0].submit(os.getpid)


@pytest.mark.usefixtures("small")
def test_a_process_that_is_killed_ends_the_run_in_words(
    catalogue: Path, pools: list[local.ProcessPoolExecutor]
) -> None:
    source = source_of(catalogue)
    tables: list[pyarrow.Table] = list(source.tables()) * 20
    answers = answered(tables, plan_for(source), 2)
    next(answers)
    for process in list(pools[0]._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(DrugcontrolError, match="ended from outside"):
        list(answers)
