"""Chunks on the machines of a Dask cluster.

Dask only carries chunks to its workers and parts back. In each of its processes the work is done by a `LocalEngine` of
one worker process, so that a picture that kills or hangs it costs the same there as here: its own row. A Dask worker
that is lost has its chunks done by the others. Every machine needs this version of SamePixels, the recipes' libraries,
and access to the pictures under the same addresses.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, cast

from ..errors import CorpusError, LibraryMissingError
from .chunk import Chunk, Part
from .engine import Engine
from .job import Job
from .local_engine import LocalEngine

CONNECT_S = 20
CLOSE_S = 2
POLL_S = 0.1
RETRIES = 3
"""So many Dask workers may be lost under one chunk before it counts as failed."""


class DaskEngine(Engine):
    """The workers of the scheduler at `scheduler`, an address such as tcp://host:8786."""

    def __init__(self, job: Job, scheduler: str) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise LibraryMissingError(
                "A scheduler needs Dask, which is not installed.", "Install it with: pip install distributed"
            ) from error
        try:
            # Its calls have no types.
            self._client: Any = cast("Any", Client)(scheduler, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CorpusError(f"{scheduler} does not answer: {error}", "Check the address of the scheduler.") from error
        self._job, self._address = job, scheduler
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._under_way: dict[Any, Any] = {}

    @property
    def capacity(self) -> int:
        """Two chunks for each thread that the workers have now."""
        with self._connected():
            threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values()))

    def submit(self, chunk: Chunk) -> None:
        """Takes on a chunk."""
        with self._connected():
            future = self._client.submit(do_chunk, self._job, chunk, pure=False, retries=RETRIES)
        self._under_way[future.key] = future
        future.add_done_callback(self._done.put)

    def next_part(self, timeout_s: float) -> Part | None:
        """A part that is done. Raises `CorpusError` where its chunk failed on every worker that tried it."""
        try:
            future = self._done.get(timeout=timeout_s)
        except Empty:
            return None
        if future.status in {"cancelled", "lost"}:  # nobody but a client without its scheduler does that
            raise self._lost()
        del self._under_way[future.key]
        error = future.exception()
        if error is not None:
            raise CorpusError(f"The cluster cannot do a chunk: {error}", "Look into the logs of its workers.")
        part: Part = future.result()
        return part

    def close(self) -> None:
        """Takes back what is under way, and leaves the cluster as it was."""
        with suppress(OSError):
            self._client.cancel(list(self._under_way.values()))
        self._client.close(timeout=CLOSE_S)

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Around calls to the scheduler; raises `CorpusError` where it is no longer there."""
        try:
            yield
        except OSError as error:
            raise self._lost() from error

    def _lost(self) -> CorpusError:
        return CorpusError(f"The scheduler at {self._address} is lost.", "Start one, and run the command again.")


def do_chunk(job: Job, chunk: Chunk) -> Part:
    """Does a chunk in a Dask worker. Several of its threads may be here at once."""
    return _bench(job).do(chunk)


class Bench:
    """A Dask process's own engine, shared by its threads: whoever waits for a part also takes in those of others."""

    def __init__(self, job: Job) -> None:
        self._engine = LocalEngine(job, workers=1, threads=_threads())
        self._lock = Lock()
        self._parts: dict[int, Part] = {}

    def do(self, chunk: Chunk) -> Part:
        """The part of a chunk."""
        with self._lock:
            self._engine.submit(chunk)
        while True:
            with self._lock:
                if chunk.number in self._parts:
                    return self._parts.pop(chunk.number)
                part = self._engine.next_part(POLL_S)
                if part:
                    self._parts[part.number] = part

    def close(self) -> None:
        """Ends its worker process."""
        self._engine.close()


_benches: dict[Job, Bench] = {}
_benches_lock = Lock()


def _bench(job: Job) -> Bench:
    """This process's bench for a job; that of an earlier audit is put away."""
    with _benches_lock:
        if job not in _benches:
            while _benches:
                _benches.popitem()[1].close()
            _benches[job] = Bench(job)
        return _benches[job]


def _threads() -> int:
    """As many as this Dask worker was given."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)
