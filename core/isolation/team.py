"""Workers that can stand in for each other, kept at their number.

Each has a thread that starts it, waits for its end and starts the next. It lives as long as the team: the kernel ends
a worker together with the thread that started it.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition, Thread

from ..errors import ProcessLostError, SpokenError
from .endings import WorkerEndedError
from .worker_process import WorkerProcess

_LOG = logging.getLogger(__name__)

_ATTEMPTS = 2
"""So many starts in a row have to fail before those who wait are told; one process may be ended by anybody."""

_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
"""Between two starts that fail, doubled each time."""


class Team:
    """`count` workers made by `start`, each of which tries `presets` before it gets work.

    With `on_demand` one that ends is replaced when there is work for it, and not before.
    """

    def __init__(
        self,
        title: str,
        count: int,
        presets: Sequence[str],
        start: Callable[[], WorkerProcess],
        *,
        on_demand: bool = False,
    ) -> None:
        self.title = title
        self._on_demand = on_demand
        self.starting_since_s: float | None = None
        self._presets, self._start = presets, start
        self._changed = Condition()
        self._idle: list[WorkerProcess] = []
        self._begun_workers: set[WorkerProcess] = set()
        self._ready: set[WorkerProcess] = set()
        self._queue: deque[object] = deque()
        self._problem = ""
        self._is_closing = False
        self._keepers = [Thread(target=self._keep, name=f"{title} keeper", daemon=True) for _ in range(count)]

    def begin(self) -> None:
        """Starts the workers, once; further calls do nothing."""
        with self._changed:
            if self.starting_since_s is not None or self._is_closing:
                return
            self.starting_since_s = time.monotonic()
        for keeper in self._keepers:
            keeper.start()

    @property
    def is_ready(self) -> bool:
        """Whether there is a worker with its libraries imported, busy or not, or none can be had."""
        return bool(self._ready) or bool(self._problem)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that are ready."""
        with self._changed:
            return tuple(worker.pid for worker in self._ready)

    @contextmanager
    def worker(self, given: object = None) -> Iterator[WorkerProcess]:
        """A worker for the `with` block alone, if possible one that holds `given`; waits in turn until one is free.

        Raises `ProcessLostError` where none can be started.
        """
        self.begin()
        worker = self._take(given)
        try:
            yield worker
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Ends all workers, and what they are at."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            workers = tuple(self._begun_workers)
        for worker in workers:
            worker.kill()
        for keeper in self._keepers:
            if keeper.ident is not None:
                keeper.join()

    def _take(self, given: object) -> WorkerProcess:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            self._changed.notify_all()
            try:
                while not (self._idle and self._queue[0] is ticket):
                    self._check()
                    self._changed.wait()
                worker = next((each for each in self._idle if each.holds(given)), self._idle[0])
                self._idle.remove(worker)
                return worker
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _check(self) -> None:
        if self._is_closing or (self._problem and not self._ready):
            problem = self._problem or "the server is stopping"
            raise ProcessLostError(f"{self.title} cannot be started: {problem}.", "Try again later.")

    def _give_back(self, worker: WorkerProcess) -> None:
        if worker.is_worn:
            _LOG.info("%s is replaced after %d requests, since it has grown", self.title, worker.requests)
            worker.kill()
        with self._changed:
            if worker in self._ready and worker.is_usable and not worker.is_worn:
                self._idle.append(worker)
                self._changed.notify_all()
                return
        worker.close()

    def _keep(self) -> None:
        while (worker := self._started()) is not None:
            self._admit(worker)
            exit_code = worker.wait()
            if exit_code and not self._is_closing:
                _LOG.warning("%s has ended (exit code %d) and is replaced", self.title, exit_code)
            self._dismiss(worker)

    def _started(self) -> WorkerProcess | None:
        """A worker that has warmed up, after as many attempts as it takes; None when the team is closed."""
        attempts, pause_s = 0, _PAUSE_S
        while not self._is_closing:
            try:
                return self._warmed()
            except (WorkerEndedError, OSError) as error:  # OSError: no process or descriptor is left
                attempts += 1
                if attempts >= _ATTEMPTS:
                    self._tell_problem(str(error))
                self._pause(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        return None

    def _warmed(self) -> WorkerProcess | None:
        worker = self._begun()
        if worker is None:
            return None
        try:
            worker.warm(self._presets)
        except (WorkerEndedError, SpokenError) as error:
            words = worker.last_words() or "it said nothing"
            self._dismiss(worker)
            raise WorkerEndedError(f"{error} ({words})") from error
        return worker

    def _begun(self) -> WorkerProcess | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing or self._queue or not self._on_demand)
            if self._is_closing:
                return None
            worker = self._start()
            self._begun_workers.add(worker)
            return worker

    def _admit(self, worker: WorkerProcess) -> None:
        with self._changed:
            self._problem = ""
            self._ready.add(worker)
            self._idle.append(worker)
            self._changed.notify_all()

    def _dismiss(self, worker: WorkerProcess) -> None:
        """Forgets a worker that has ended. One that is at work is closed by the thread that it works for."""
        with self._changed:
            is_free = worker in self._idle or worker not in self._ready
            self._begun_workers.discard(worker)
            self._ready.discard(worker)
            if worker in self._idle:
                self._idle.remove(worker)
            if not self._ready:
                self.starting_since_s = time.monotonic()
        if is_free:
            worker.close()

    def _tell_problem(self, problem: str) -> None:
        _LOG.error("%s cannot be started: %s", self.title, problem)
        with self._changed:
            self._problem = problem
            self._changed.notify_all()

    def _pause(self, pause_s: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing, pause_s)
