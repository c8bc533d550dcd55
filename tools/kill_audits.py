"""Kills audits at random moments and has each gone on with: `python -m tools.kill_audits [TIMES] [SEED]`.

Ten times (or TIMES) each: a worker process, the process that was started, the scheduler of a Dask cluster, always with
`kill -9`. In the end every audit has to have the rows, the totals and the summary of one that nobody disturbed; the
exit code says whether that is so. A kill takes about ten seconds.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil

from core.corpus import AuditFolder, audit
from tests.core.auditing.corpora import A, B, rows, settings, write_pictures
from tests.core.auditing.test_dask_engine import Cluster, wait_for

ROOT = Path(__file__).parents[1]
PICTURES = 400


class Runs:
    """Audits of one folder of pictures, each into a folder of its own."""

    def __init__(self, folder: Path, generator: random.Random) -> None:
        self._folder, self._generator = folder, generator
        self._pictures = write_pictures(folder / "pictures", PICTURES)
        (self._pictures / "077.jpg").write_text("no picture")
        self.whole = folder / "whole"
        start_s = time.monotonic()
        self._started(self.whole).wait()
        self._whole_s = time.monotonic() - start_s

    def _started(self, out: Path, *options: str) -> "subprocess.Popen[bytes]":
        settings_given = ["--a", A, "--b", B, "--out", str(out), *options]
        command = [sys.executable, "-m", "core", "corpus", str(self._pictures), *settings_given]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _moment(self) -> float:
        """Some time in what the undisturbed audit took."""
        moment_s = self._generator.uniform(0, self._whole_s)
        time.sleep(moment_s)
        return moment_s

    def parent(self, out: Path) -> float:
        """Kills the process that was started."""
        with self._started(out, "--workers", "1") as process:
            moment_s = self._moment()
            process.kill()
        return moment_s

    def worker(self, out: Path) -> float:
        """Kills a worker, after which the audit goes on by itself."""
        with self._started(out, "--workers", "1") as process:
            moment_s = self._moment()
            with suppress(psutil.NoSuchProcess):
                for worker in psutil.Process(process.pid).children():
                    worker.kill()
        return moment_s

    def scheduler(self, out: Path) -> float:
        """Kills the scheduler, which ends the audit."""
        with ExitStack() as stack:
            cluster = Cluster(stack, self._folder)
            wait_for(cluster)
            with self._started(out, "--scheduler", cluster.address):
                moment_s = self._moment()
                cluster.scheduler.kill()
        return moment_s

    def is_as_whole(self, out: Path) -> bool:
        """Goes on with the audit; whether its result is that of the undisturbed one."""
        summary = audit(settings(self._pictures), out)
        return (
            summary["pairs"] == AuditFolder(self.whole).summary()["pairs"]
            and rows(out) == rows(self.whole)
            and (out / "totals.parquet").read_bytes() == (self.whole / "totals.parquet").read_bytes()
        )


def parts_in(out: Path) -> int:
    """How many chunks of an audit are done."""
    return len(list((out / "parts").glob("*.parquet")))


def main(times: int = 10, seed: int = 1) -> int:
    """Prints a line for each kill; gives how many results were others."""
    failures = 0
    with tempfile.TemporaryDirectory(prefix="samepixels-kills-") as made:
        runs = Runs(Path(made), random.Random(seed))  # noqa: S311 - for moments, not for secrets
        all_parts = parts_in(runs.whole)
        kinds: dict[str, Callable[[Path], float]] = {
            "worker": runs.worker,
            "parent": runs.parent,
            "scheduler": runs.scheduler,
        }
        for name, kill in kinds.items():
            for number in range(times):
                out = Path(made) / f"{name}-{number}"
                moment_s = kill(out)
                there = parts_in(out)
                is_right = runs.is_as_whole(out)
                failures += not is_right
                words = "the same" if is_right else "ANOTHER RESULT"
                print(f"{name} killed after {moment_s:.2f} s, {there} of {all_parts} parts: {words}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(min(1, main(*map(int, sys.argv[1:]))))
