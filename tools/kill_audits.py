"""Kills audits at random moments and has each gone on with: `python -m tools.kill_audits [TIMES] [SEED]`.

Ten times (or TIMES) each: a worker process, the process that was started, the scheduler of a Dask cluster, always with
`kill -9`. In the end every audit has to have the rows, the totals and the summary of one that nobody disturbed; the
exit code says whether that is so. A kill takes about ten seconds.

A moment is so many parts later and a part's time more: seconds alone would often miss the audit on a busy machine.
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
PICTURES = 200
PART_S = 0.2


class Runs:
    """Audits of one folder of pictures, each into a folder of its own."""

    def __init__(self, folder: Path, generator: random.Random) -> None:
        self._folder, self._generator = folder, generator
        self._pictures = write_pictures(folder / "pictures", PICTURES)
        (self._pictures / "077.jpg").write_text("no picture")
        self.whole = folder / "whole"
        self._started(self.whole).wait()
        self.all_parts = parts_in(self.whole)

    def _started(self, out: Path, *options: str) -> "subprocess.Popen[bytes]":
        settings_given = ["--a", A, "--b", B, "--out", str(out), *options]
        command = [sys.executable, "-m", "core", "corpus", str(self._pictures), *settings_given]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _wait(self, process: "subprocess.Popen[bytes]", out: Path) -> int:
        """Until some moment before the last part; gives how many parts are there then."""
        parts = self._generator.randrange(self.all_parts)
        while parts_in(out) < parts and process.poll() is None:
            time.sleep(0.001)
        time.sleep(self._generator.uniform(0, PART_S))
        return parts_in(out)

    def parent(self, out: Path) -> int:
        """Kills the process that was started."""
        with self._started(out, "--workers", "1") as process:
            there = self._wait(process, out)
            process.kill()
        return there

    def worker(self, out: Path) -> int:
        """Kills a worker, after which the audit goes on by itself."""
        with self._started(out, "--workers", "1") as process:
            there = self._wait(process, out)
            with suppress(psutil.NoSuchProcess):
                for worker in psutil.Process(process.pid).children():
                    worker.kill()
        return there

    def scheduler(self, out: Path) -> int:
        """Kills the scheduler, which ends the audit."""
        with ExitStack() as stack:
            cluster = Cluster(stack, self._folder)
            wait_for(cluster)
            with self._started(out, "--scheduler", cluster.address) as process:
                there = self._wait(process, out)
                cluster.scheduler.kill()
        return there

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
        kinds: dict[str, Callable[[Path], int]] = {
            "worker": runs.worker,
            "parent": runs.parent,
            "scheduler": runs.scheduler,
        }
        for name, kill in kinds.items():
            for number in range(times):
                out = Path(made) / f"{name}-{number}"
                there = kill(out)
                is_right = runs.is_as_whole(out)
                failures += not is_right
                words = "the same" if is_right else "ANOTHER RESULT"
                print(f"{name}: killed after {there} of {runs.all_parts} parts, {words}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(min(1, main(*map(int, sys.argv[1:]))))
