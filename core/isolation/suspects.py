"""What has ended a process before: a picture that does so again and again must not keep all others waiting."""

import hashlib
import time
from collections import OrderedDict
from threading import Lock

from ..errors import StageError
from ..image import Image

TRIES = 2
FORGOTTEN_AFTER_S = 600.0
_MOST = 1_000


class Suspects:
    """Counts, by operation and by what it was given, how many processes it has cost. Safe with threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._deaths: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
        self._sizes: set[tuple[str, int]] = set()

    def check(self, operation: str, given: bytes | Image) -> None:
        """Raises `StageError` where `operation` has cost `TRIES` processes with the same `given` within ten minutes."""
        if (operation, _size(given)) not in self._sizes:  # without this, every stage would wait for a digest
            return
        with self._lock:
            deaths, last_s = self._deaths.get((operation, _digest(given)), (0, 0.0))
        if deaths >= TRIES and time.monotonic() - last_s < FORGOTTEN_AFTER_S:
            raise StageError(
                f"{operation} has ended {deaths} processes on this picture and is not tried again for some minutes.",
                "Choose another operation.",
            )

    def blame(self, operation: str, given: bytes | Image) -> None:
        """Notes that a process was lost at this."""
        key, now_s = (operation, _digest(given)), time.monotonic()
        with self._lock:
            deaths, last_s = self._deaths.pop(key, (0, 0.0))
            self._deaths[key] = (deaths + 1 if now_s - last_s < FORGOTTEN_AFTER_S else 1), now_s
            self._sizes.add((operation, _size(given)))
            if len(self._deaths) > _MOST:
                self._deaths.popitem(last=False)


def _size(given: bytes | Image) -> int:
    return len(given) if isinstance(given, bytes) else given.nbytes


def _digest(given: bytes | Image) -> str:
    return hashlib.sha256(given if isinstance(given, bytes) else given.data).hexdigest()
