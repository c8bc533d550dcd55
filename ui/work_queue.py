"""Threads for work that is heavy, with a queue in which everybody's place is known."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Ticket(Generic[Result]):
    """A piece of work that was handed in: its future, and how many others come first."""

    def __init__(self, queue: "WorkQueue") -> None:
        self._queue = queue
        self.future: Future[Result] = Future()

    @property
    def others(self) -> int:
        """How many others have to come to their end before this begins; 0 once it has begun, or is cancelled."""
        return self._queue.place(self)

    @property
    def waiting_words(self) -> str:
        """What it waits for, in words; empty when it does not."""
        others = self.others
        return f"waiting for {others} {'other' if others == 1 else 'others'}" if others else ""

    def cancel(self) -> None:
        """Leaves the queue; what has begun goes on."""
        self._queue.leave(self)
        self.future.cancel()


class WorkQueue:
    """At most `threads` pieces of work at once; the others wait in the order in which they came."""

    def __init__(self, threads: int, name: str) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._waiting: list[object] = []
        self._lock = Lock()

    def submit(self, work: Callable[[], Result]) -> Ticket[Result]:
        """Hands `work` in."""
        ticket: Ticket[Result] = Ticket(self)
        with self._lock:
            self._waiting.append(ticket)
        ticket.future = self._executor.submit(self._begin, ticket, work)
        return ticket

    def place(self, ticket: object) -> int:
        """See `Ticket.others`."""
        with self._lock:
            return self._waiting.index(ticket) + 1 if ticket in self._waiting else 0

    def leave(self, ticket: object) -> None:
        """Takes `ticket` out of those that wait."""
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)

    def _begin(self, ticket: Ticket[Result], work: Callable[[], Result]) -> Result:
        self.leave(ticket)
        return work()
