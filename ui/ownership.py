"""Which sessions have which pictures, so that what was computed from a picture goes with the last that has it.

Caches know entries by the sha256 of a picture, which two sessions may have uploaded both; neither learns it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable
from threading import Lock

from cachetools import LRUCache

from ui.sessions import when_left

_REMEMBERED = 10_000


class Ownership:
    """Pictures by the sessions that have them. Safe with threads."""

    def __init__(self) -> None:
        self._pictures: dict[str, frozenset[str]] = {}
        self._owners: defaultdict[Hashable, set[str]] = defaultdict(set)
        self._orphans: LRUCache[Hashable, bool] = LRUCache(_REMEMBERED)
        self._listeners: list[Callable[[str], object]] = []
        self._lock = Lock()

    def when_orphaned(self, drop: Callable[[str], object]) -> None:
        """Has `drop` called with each picture that the last session no longer has."""
        self._listeners.append(drop)

    def hold(self, session_id: str, pictures: Collection[str]) -> None:
        """The session has these pictures from now on, and no others."""
        new = frozenset(pictures)
        with self._lock:
            old = self._pictures.pop(session_id, frozenset())
            if new:
                self._pictures[session_id] = new
            for picture in new - old:
                self._owners[picture].add(session_id)
                self._orphans.pop(picture, None)
            orphans = [picture for picture in old - new if self._let_go(session_id, picture)]
        for picture in orphans:  # not while locked: the listeners have locks of their own
            for drop in self._listeners:
                drop(picture)

    def release(self, session_id: str) -> None:
        """The session has nothing any more."""
        self.hold(session_id, ())

    def owners(self, picture: Hashable) -> Collection[str]:
        """The sessions that have `picture`; none for a sample, and for what is no picture."""
        with self._lock:
            return tuple(self._owners.get(picture, ()))

    def is_orphan(self, picture: Hashable) -> bool:
        """Whether sessions had `picture` and none has it now: work on it may still be coming to its end."""
        with self._lock:
            return picture in self._orphans

    def _let_go(self, session_id: str, picture: str) -> bool:
        """Whether the session was the last that had `picture`."""
        owners = self._owners[picture]
        owners.discard(session_id)
        if owners:
            return False
        del self._owners[picture]
        self._orphans[picture] = True
        return True


OWNERSHIP = Ownership()
"""The uploaded pictures of all sessions."""

when_left(OWNERSHIP.release)
