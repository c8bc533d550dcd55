"""What came of many files: counted by what was asked, with the files that matter kept."""

import resource
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Lock

from tests.fuzz.drives import Answer, Drive

HANG_S = 60.0
"""Longer than a worker may take for each of five decoders: what takes longer was not stopped."""


@dataclass
class Tally:
    """The figures of one drive. `keep` adds a file and what came of it; it may be called from several threads."""

    drive: str
    folder: Path
    files: int = 0
    answers: Counter[tuple[str, Answer]] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    hangs: int = 0
    slowest_s: float = 0.0
    slowest_source_s: float = 0.0
    seconds: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def keep(self, name: str, data: bytes, found: "Found") -> None:
        """Adds what came of a file, and writes the file into the folder where that is not an answer."""
        with self._lock:
            self.files += 1
            self.answers.update(found.answers)
            self.lost.update(asked for asked, answer in found.answers if answer == "lost")
            self.slowest_s = max(self.slowest_s, found.elapsed_s)
            self.slowest_source_s = max(self.slowest_source_s, found.source_s)
            self.hangs += found.elapsed_s > HANG_S
            if found.failure:
                self.failures[found.failure] += 1
                is_new = self.failures[found.failure] == 1
        if any(answer == "lost" for _, answer in found.answers) or found.elapsed_s > HANG_S:
            self._write(f"{name}-lost", data)
        if found.failure and is_new:
            self._write(f"{name}-failed", data)

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)

    @property
    def is_kept(self) -> bool:
        """Whether the promise was: every file answered, nothing that hangs."""
        return not self.failures and not self.hangs


@dataclass(frozen=True)
class Found:
    """What came of one file; `failure` is the exception that is no answer, or empty.

    `source_s` is the processor's time up to the first answer: by the clock, other threads and programs would count.
    """

    answers: tuple[tuple[str, Answer], ...]
    failure: str
    elapsed_s: float
    source_s: float


def drive_one(drive: Drive, seed: int, index: int) -> tuple[bytes, Found]:
    """The file with this number, and what came of it: the same for the same seed."""
    random = Random(f"{seed}-{drive.name}-{index}")  # noqa: S311 - no secret
    data = drive.given(random)
    answers: list[tuple[str, Answer]] = []
    failure, source_s, start_s, start_cpu_s = "", 0.0, time.perf_counter(), time.thread_time()
    try:
        for asked, answer in drive.run(random, data):
            answers.append((asked, answer))
            source_s = source_s or time.thread_time() - start_cpu_s
    except Exception as error:  # noqa: BLE001 - any exception is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:120]}"
    return data, Found(tuple(answers), failure, time.perf_counter() - start_s, source_s)


def own_peak_mb() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_mb(pid: int) -> float:
    """The most memory that another process has had, in megabytes; 0 where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)
