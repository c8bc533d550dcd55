"""How much work is under way, for whoever wants to stop the server or measure it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock


class Activity:
    """Counts pieces of work by their kind, from their beginning to their end. Safe with threads."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def under_way(self, kind: str) -> Iterator[None]:
        """Counts the block, whatever ends it."""
        with self._lock:
            self._counts[kind] += 1
        try:
            yield
        finally:
            with self._lock:
                self._counts[kind] -= 1

    def counts(self) -> Mapping[str, int]:
        """How many of each kind that there has been are under way now."""
        with self._lock:
            return dict(self._counts)

    def __bool__(self) -> bool:
        return any(self.counts().values())

    def __str__(self) -> str:
        """What is under way, for the log: "2 of kind page, 1 of kind job"."""
        return ", ".join(f"{count} of kind {kind}" for kind, count in self.counts().items() if count) or "nothing"


ACTIVITY = Activity()
"""The server's work: "page" is a page being made for a session, "job" what goes on behind pages."""
