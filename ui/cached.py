"""Caches that are bounded in bytes and shared fairly by all sessions.

Every key begins with the sha256 of a picture's bytes: to reach an entry one has to own the picture, and entries go with
the last session that has it (ui/ownership.py). Room is made by the rule of ui/fair_store.py. `st.cache_data` was
rejected because it hashes large arrays by a sample of their values, so that a change of one pixel gave the old result.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from core.atlas import Atlas
from core.compare import Comparison, Incomparable, Outcome
from core.neighbourhood import WorstPixel
from core.pipeline import Step
from ui.configuration import configuration
from ui.fair_store import FairStore
from ui.ownership import OWNERSHIP

Value = TypeVar("Value")

_ENTRY_BYTES = 1_024
_WORST_PIXEL_BYTES = 160


class ByteBoundedCache(Generic[Value]):
    """As many values as fit into `max_bytes`; a larger one is not kept. Safe with threads."""

    def __init__(self, max_bytes: int, bytes_of: Callable[[Value], int]) -> None:
        self._kept: FairStore[Value] = FairStore(max_bytes, OWNERSHIP.owners)
        self._bytes_of = bytes_of
        self._lock = Lock()
        OWNERSHIP.when_orphaned(self.drop)

    def get(self, key: Hashable) -> Value | None:
        """The value kept under `key`, if it still is."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keeps `value`, unless it comes from a picture that nobody has any more."""
        picture = _picture_of(key)
        with self._lock:
            if not OWNERSHIP.is_orphan(picture):
                self._kept.put(key, picture, value, _ENTRY_BYTES + self._bytes_of(value))

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under `key`; two threads that both miss it both make it, rather than wait for each other."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def drop(self, picture: str) -> None:
        """Forgets what was made of the picture with this sha256."""
        with self._lock:
            self._kept.drop_group(picture)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()

    @property
    def used_bytes(self) -> int:
        """What the kept values take."""
        return self._kept.used_bytes


def _picture_of(key: Hashable) -> Hashable:
    """The sha256 that `key` begins with, or is."""
    return key[0] if isinstance(key, tuple) and key else key


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
