"""Caches that are bounded in bytes and shared by all sessions.

Every key begins with the sha256 of a picture's bytes: to reach an entry one has to own the picture. `st.cache_data` was
rejected because it hashes large arrays by a sample of their values, so that a change of one pixel gave the old result.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

from core.atlas import Atlas
from core.compare import Comparison, Incomparable, Outcome
from core.neighbourhood import WorstPixel
from core.pipeline import Step
from ui.configuration import configuration

Value = TypeVar("Value")

_ENTRY_BYTES = 1_024
_WORST_PIXEL_BYTES = 160


class ByteBoundedCache(Generic[Value]):
    """The values used last, as many as fit into `max_bytes`; a larger one is not kept. Safe with threads."""

    def __init__(self, max_bytes: int, bytes_of: Callable[[Value], int]) -> None:
        self._kept: LRUCache[Hashable, Value] = LRUCache(max_bytes, lambda value: _ENTRY_BYTES + bytes_of(value))
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value kept under `key`, if it still is."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keeps `value`, at the expense of those that were not used for longest."""
        with self._lock:
            if self._kept.getsizeof(value) <= self._kept.maxsize:
                self._kept[key] = value

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under `key`; two threads that both miss it both make it, rather than wait for each other."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()

    @property
    def used_bytes(self) -> int:
        """What the kept values take."""
        return int(self._kept.currsize)


def _step_bytes(step: Step) -> int:
    return int(step.image.nbytes)


def comparison_bytes(comparison: Comparison) -> int:
    """The images of both traces, counted once each, and the counts of every checkpoint."""
    steps = (*comparison.a.steps, *comparison.b.steps)
    images = {id(step.image): int(step.image.nbytes) for step in steps}
    outcomes = (comparison.final, *(checkpoint.outcome for checkpoint in comparison.checkpoints))
    counts = {id(each): outcome_bytes(each) for each in outcomes}
    return sum(images.values()) + sum(counts.values())


def outcome_bytes(outcome: Outcome) -> int:
    """What the counts of an outcome take."""
    return 0 if isinstance(outcome, Incomparable) else int(outcome.difference.nbytes)


STEPS: ByteBoundedCache[Step] = ByteBoundedCache(configuration().step_cache_bytes, _step_bytes)
"""The `StepCache` of every run: (sha256, text of the stages up to this one) -> Step."""

DRAWINGS: ByteBoundedCache[bytes] = ByteBoundedCache(configuration().drawing_cache_bytes, len)
"""(sha256, what it is) -> an encoded picture."""

FIGURES: ByteBoundedCache[tuple[float | None, ...]] = ByteBoundedCache(configuration().figure_cache_bytes, len)
"""(sha256, recipe A, recipe B, figure) -> a figure that takes long."""

WORST_PIXELS: ByteBoundedCache[tuple[WorstPixel, ...]] = ByteBoundedCache(
    configuration().worst_pixel_cache_bytes, lambda worst: _WORST_PIXEL_BYTES * len(worst)
)
"""(digest of A's pixels, digest of B's) -> the pixels that differ most, in order."""

COMPARISONS: ByteBoundedCache[Comparison] = ByteBoundedCache(configuration().comparison_cache_bytes, comparison_bytes)
"""(sha256, recipe A, recipe B) -> Comparison."""

ATLASES: ByteBoundedCache[Atlas] = ByteBoundedCache(configuration().atlas_cache_bytes, lambda atlas: atlas.nbytes)
"""(sizes or sha256, the libraries' versions) -> what was surveyed."""
