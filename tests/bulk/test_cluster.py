"""A run on a cluster gives the file of a run here, byte for byte, also when a worker is killed on the way."""

import os
import signal
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pyarrow
import pytest
from distributed import Client, LocalCluster

from drugcontrol.bulk.cluster import answered_on
from drugcontrol.bulk.local import answered
from drugcontrol.bulk.run import run_to_file
from drugcontrol.errors import ReadError
from drugcontrol.screen.summary import Summary
from tests.bulk.conftest import EVERYTHING, plan_for, source_of

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


def kill_a_worker(address: str) -> None:
    with Client(address) as client:
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("killed", [False, True])
def test_the_result_of_a_cluster_is_that_of_one_process(
    cluster: LocalCluster, catalogue: Path, tmp_path: Path, killed: bool
) -> None:
    source = source_of(catalogue)
    plan = plan_for(source, EVERYTHING)
    here, there = Summary(), Summary()

    def on_cluster(tables: Iterable[pyarrow.Table]) -> Generator[pyarrow.Table, None, None]:
        for number, table in enumerate(answered_on(cluster.scheduler_address, tables, plan)):
            if killed and number == 0:
                kill_a_worker(cluster.scheduler_address)
            yield table

    run_to_file(source, plan, tmp_path / "here.csv", lambda tables: answered(tables, plan, 1), here, resume=False)
    run_to_file(source, plan, tmp_path / "there.csv", on_cluster, there, resume=False)
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    assert (there.rows, there.outcomes, there.by_place) == (here.rows, here.outcomes, here.by_place)


def test_an_address_where_nobody_answers_is_named(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drugcontrol.bulk.cluster._WAIT", "1s")
    source = source_of(catalogue)
    with pytest.raises(ReadError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1\."):
        list(answered_on("tcp://127.0.0.1:1", source.tables(), plan_for(source)))
