"""A worker as the process that started it sees it: what it was given, and what each of its threads is at."""

import os
import pickle
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, TypeAlias

from .board import Board
from .chunk import Chunk
from .job import Job
from .messages import Reply, Start, Work

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    # The C library (glibc) would give large arrays back to the system and fetch them, page by page, for each picture.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
}
"""The worker's own threads keep the cores busy; those that libraries start would only get in each other's way."""

_PACKAGE = __package__ or "core.auditing"
_IMPORT_ROOT = str(Path(__file__).parents[_PACKAGE.count(".") + 1])


@dataclass
class Attempt:
    """A chunk on its way: which of its pictures are suspected, and what they did when they were alone.

    `alone_failures` counts by place, `blamed` says by place of what kind the fault is and in words.
    """

    chunk: Chunk
    suspects: set[int] = field(default_factory=set)
    alone_failures: dict[int, int] = field(default_factory=dict)
    blamed: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_careful(self) -> bool:
        """Whether some pictures have to be done alone, in a worker that has nothing else to do."""
        return bool(self.suspects)

    @property
    def work(self) -> Work:
        """The message to a worker."""
        blamed = tuple((place, *blame) for place, blame in self.blamed.items())
        return Work(self.chunk, tuple(sorted(self.suspects)), blamed)


class WorkerProcess:
    """A running worker. Its replies come through `heard`, with None when it has ended."""

    def __init__(self, job: Job, threads: int, log: IO[bytes], heard: "Heard") -> None:
        self.is_ready = False
        self.under_way: dict[int, Attempt] = {}
        self._board = Board.new(threads)
        self._seen: dict[int, tuple[tuple[int, int], float]] = {}
        self._process = subprocess.Popen(  # noqa: S603 - this package's own module
            [sys.executable, "-m", f"{_PACKAGE}.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": _python_path()},
            start_new_session=True,
        )
        self._tell(Start(job, threads, self._board.path))
        self._listener = Thread(target=self._listen, args=(heard,), daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def exit_code(self) -> int:
        """Its exit code once it has ended; minus the signal's number where one ended it."""
        return self._process.wait()

    @property
    def exit_words(self) -> str:
        """How it ended."""
        code = self.exit_code
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def begin(self) -> None:
        """It has said that it is ready."""
        self.is_ready = True
        self._board.hide()

    def give(self, attempt: Attempt) -> None:
        """Sends a chunk."""
        self.under_way[attempt.chunk.number] = attempt
        self._tell(attempt.work)

    def at(self) -> list[tuple[int, int]]:
        """The chunk and place of each picture that a thread is at, or was at when the process ended."""
        return [at for at in self._board.read().values() if at[0] in self.under_way]

    def overdue(self, limit_s: float) -> set[tuple[int, int]]:
        """The chunk and place of each picture that was there at the calls of the last `limit_s` already."""
        now_s, seen = time.monotonic(), self._seen
        self._seen = {
            thread: seen[thread] if thread in seen and seen[thread][0] == at else (at, now_s)
            for thread, at in self._board.read().items()
        }
        return {at for at, since_s in self._seen.values() if now_s - since_s > limit_s and at[0] in self.under_way}

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    def close(self) -> None:
        """Ends it, if it has not, and closes the pipes."""
        self.kill()
        self._process.wait()
        self._listener.join()
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._board.close()

    def _tell(self, message: Start | Work) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended; the listener says so

    def _listen(self, heard: "Heard") -> None:
        assert self._process.stdout is not None
        with self._process.stdout as replies, suppress(EOFError, pickle.UnpicklingError, OSError):
            while True:
                heard.put((self, pickle.load(replies)))  # noqa: S301 - from a process of our own
        self._process.wait()
        heard.put((self, None))


Heard: TypeAlias = SimpleQueue[tuple[WorkerProcess, Reply | None]]
"""What workers say, and None for the end of one."""


def _python_path() -> str:
    """The folder that this package was imported from, before what the user has set."""
    return os.pathsep.join(filter(None, [_IMPORT_ROOT, os.environ.get("PYTHONPATH", "")]))
