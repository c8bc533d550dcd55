"""Worker processes on this machine: few and long-lived, with threads inside where there are many cores.

A worker that dies or hangs is replaced and its chunks are done again. The pictures that its threads were at are done
alone then, each with nothing beside it, so that only a picture that fails by itself is blamed. A death is blamed on
a picture after the second time, because a process may also be killed from outside.
"""

import os
import tempfile
import time
from collections import deque
from queue import Empty, SimpleQueue

from ..errors import CorpusError
from .chunk import Chunk, Part
from .engine import Engine
from .job import Job
from .messages import EXIT_FAULT, Finished, Ready, Refused, Reply
from .worker_process import Attempt, Heard, WorkerProcess

CORES_PER_WORKER = 4
WORKERS_OF_FEW_CORES = 4
CHUNKS_PER_WORKER = 2
"""So many are kept for each worker, that it gets the next at once. With several threads it works on both, so that none
of them waits for the slowest; with one it gets one after the other, so that no worker has two left at the end."""

DEATHS_ALONE = 2
STARTS = 3
"""So many workers in a row may end before they are ready."""

CHECK_S = 0.25


def few_workers(cores: int | None = None) -> int:
    """One worker for each `CORES_PER_WORKER`, for those who share the machine's memory with others."""
    return max(1, (cores or os.cpu_count() or 1) // CORES_PER_WORKER)


def default_workers(cores: int | None = None) -> int:
    """`few_workers` where there are many cores, and one for each core up to `WORKERS_OF_FEW_CORES`.

    Two processes are a third faster than two threads, which wait for each other whenever Python itself has something to
    do; but each process with TensorFlow takes a gigabyte.
    """
    return max(min(cores or os.cpu_count() or 1, WORKERS_OF_FEW_CORES), few_workers(cores))


class LocalEngine(Engine):
    """`workers` processes with `threads` threads each; by default all cores are used once."""

    def __init__(self, job: Job, workers: int | None = None, threads: int | None = None) -> None:
        self._job = job
        self._count = workers or default_workers()
        self._threads = threads or max(1, (os.cpu_count() or 1) // self._count)
        self._heard: Heard = SimpleQueue()
        self._waiting: deque[Attempt] = deque()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the engine
        self._failed_starts = 0
        self._workers = [self._started() for _ in range(self._count)]

    @property
    def capacity(self) -> int:
        """How many chunks keep all workers busy."""
        return self._count * CHUNKS_PER_WORKER

    @property
    def pids(self) -> tuple[int, ...]:
        """The workers' process numbers."""
        return tuple(worker.pid for worker in self._workers)

    def submit(self, chunk: Chunk) -> None:
        """Takes on a chunk."""
        self._waiting.append(Attempt(chunk))
        self._assign()

    def next_part(self, timeout_s: float) -> Part | None:
        """A part that is done, waited for at most `timeout_s`."""
        until_s = time.monotonic() + timeout_s
        while (left_s := until_s - time.monotonic()) > 0:
            self._end_overdue()
            try:
                worker, reply = self._heard.get(timeout=min(left_s, CHECK_S))
            except Empty:
                continue
            if part := self._heed(worker, reply):
                return part
        return None

    def close(self) -> None:
        """Ends all workers at once."""
        for worker in self._workers:
            worker.close()
        self._workers = []
        self._log.close()

    def _started(self) -> WorkerProcess:
        return WorkerProcess(self._job, self._threads, self._log, self._heard)

    def _assign(self) -> None:
        for worker in self._workers:
            while self._waiting and self._may_take(worker, self._waiting[0]):
                worker.give(self._waiting.popleft())

    def _may_take(self, worker: WorkerProcess, attempt: Attempt) -> bool:
        if not worker.is_ready or attempt.is_careful:
            return worker.is_ready and not worker.under_way
        is_careful = any(each.is_careful for each in worker.under_way.values())
        return not is_careful and len(worker.under_way) < min(self._threads, CHUNKS_PER_WORKER)

    def _heed(self, worker: WorkerProcess, reply: Reply | None) -> Part | None:
        if worker not in self._workers:
            return None
        match reply:
            case None:
                self._replace(worker)
            case Ready():
                worker.begin()
                self._failed_starts = 0
                self._assign()
            case Refused(message, remedy):
                raise CorpusError(message, remedy)
            case Finished(part):
                del worker.under_way[part.number]
                self._assign()
                return part
        return None

    def _end_overdue(self) -> None:
        """Kills the workers in which a picture takes too long; what was alone is to blame."""
        for worker in self._workers:
            for number, place in worker.overdue(self._job.limits.picture_s):
                attempt = worker.under_way[number]
                if place in attempt.suspects:
                    words = f"was not done within {self._job.limits.picture_s:g} s"
                    _blame(attempt, place, "hung", words)
                worker.kill()

    def _replace(self, worker: WorkerProcess) -> None:
        """Starts another worker for one that has ended, and has its chunks done again."""
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise self._no_start(worker)
        if worker.exit_code == EXIT_FAULT:
            raise self._fault(worker)
        for number, place in worker.at():
            self._suspect(worker.under_way[number], place, worker)
        # Careful ones first: they are what the rest waits for.
        self._waiting.extendleft(sorted(worker.under_way.values(), key=lambda each: each.is_careful))
        worker.close()
        self._workers[self._workers.index(worker)] = self._started()
        self._assign()

    def _suspect(self, attempt: Attempt, place: int, worker: WorkerProcess) -> None:
        if place in attempt.blamed:
            return
        if place in attempt.suspects:
            failures = attempt.alone_failures[place] = attempt.alone_failures.get(place, 0) + 1
            if failures >= DEATHS_ALONE:
                _blame(attempt, place, "crashed", f"ended its worker ({worker.exit_words})")
                return
        attempt.suspects.add(place)

    def _no_start(self, worker: WorkerProcess) -> CorpusError:
        return CorpusError(
            f"No worker can be started ({worker.exit_words}): {self._last_words()}.", "Mend that and try again."
        )

    def _fault(self, worker: WorkerProcess) -> CorpusError:
        numbers = ", ".join(map(str, sorted(worker.under_way)))
        return CorpusError(f"A worker failed in chunk {numbers}: {self._last_words()}.", "Please report this.")

    def _last_words(self) -> str:
        self._log.seek(0)
        said = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else "it said nothing"


def _blame(attempt: Attempt, place: int, kind: str, words: str) -> None:
    attempt.blamed[place] = kind, words
    attempt.suspects.discard(place)
