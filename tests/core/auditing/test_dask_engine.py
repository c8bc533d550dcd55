"""A real scheduler with two worker processes, one of which is killed on the way."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core.corpus import Tick, audit, start_engine
from core.errors import CorpusError
from tests.core.auditing.corpora import rows, settings, write_pictures

ROOT = Path(__file__).parents[3]
START_TIMEOUT_S = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A scheduler, and two workers of one thread each."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack, self._folder = stack, folder
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        self.workers = [self._start("worker", self.address, *options) for _ in range(2)]

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((self._folder / "cluster.log").open("ab"))
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT": "1s"}
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path)


def test_a_worker_that_is_lost_costs_nothing(tmp_path: Path, cluster: Cluster) -> None:
    folder = write_pictures(tmp_path / "pictures", 150)
    (folder / "077.jpg").write_text("no picture")

    def kill_one(tick: Tick) -> None:
        if tick.doing == "comparing" and tick.done and cluster.workers[0].poll() is None:
            cluster.workers[0].send_signal(signal.SIGKILL)

    wait_for(cluster)
    summary = audit(
        settings(folder), tmp_path / "out", engine=start_engine(scheduler=cluster.address), on_tick=kill_one
    )
    assert cluster.workers[0].poll() == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    whole = audit(settings(folder), tmp_path / "whole")
    assert summary["pairs"] == whole["pairs"]
    assert rows(tmp_path / "out") == rows(tmp_path / "whole")


def test_a_scheduler_that_is_lost_stops_the_run_which_then_goes_on_elsewhere(tmp_path: Path, cluster: Cluster) -> None:
    folder = write_pictures(tmp_path / "pictures", 100)

    def kill_it(tick: Tick) -> None:
        if tick.doing == "comparing" and tick.done:
            cluster.scheduler.send_signal(signal.SIGKILL)

    wait_for(cluster)
    engine = start_engine(scheduler=cluster.address)
    with pytest.raises(CorpusError, match=f"The scheduler at {cluster.address} is lost"):
        audit(settings(folder), tmp_path / "out", engine=engine, on_tick=kill_it)
    ticks: list[Tick] = []
    audit(settings(folder), tmp_path / "out", on_tick=ticks.append)
    assert next(tick.done for tick in ticks if tick.total) > 0
    assert sorted(row["index"] for row in rows(tmp_path / "out")) == list(range(100))


def wait_for(cluster: Cluster) -> None:
    """Until both workers are there."""
    from distributed import Client

    deadline_s = time.monotonic() + START_TIMEOUT_S
    with Client(cluster.address, timeout=START_TIMEOUT_S, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        while len(client.nthreads()) < 2:
            assert time.monotonic() < deadline_s
            time.sleep(0.1)


def test_a_scheduler_that_does_not_answer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.auditing.dask_engine.CONNECT_S", 0.5)
    folder = write_pictures(tmp_path / "pictures", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(CorpusError, match=f"{address} does not answer"):
        audit(settings(folder), tmp_path / "out", engine=start_engine(scheduler=address))
