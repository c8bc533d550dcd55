"""The search for the recipes that made an array: from the cache, or by a job whose answer so far is shown."""

from collections.abc import Hashable

from core.progress import Progress as Tell
from core.search import Identification, Progress, identify
from core.source import Source
from ui import jobs
from ui.cached import STEPS, ByteBoundedCache
from ui.configuration import configuration
from ui.identify.array import NamedArray

JOB = "identification"
_CANDIDATE_BYTES = 2_048

IDENTIFICATIONS: ByteBoundedCache[Identification] = ByteBoundedCache(
    configuration().figure_cache_bytes, lambda found: _CANDIDATE_BYTES * len(found.candidates)
)
"""(sha256 of the picture, of the array) -> the answer, or what it is so far."""


def identified(source: Source, array: NamedArray) -> Identification | None:
    """The answer so far, with the progress where it is not all; None while there is none yet."""
    key = (source.sha256, array.digest)
    found = IDENTIFICATIONS.get(key)
    if found is None or not found.complete:
        jobs.follow(JOB, key, lambda tell: _search(key, source, array, tell), lambda: IDENTIFICATIONS.get(key))
    return found


def _search(key: Hashable, source: Source, array: NamedArray, tell: Tell) -> Identification:
    def on_progress(progress: Progress) -> None:
        if progress.so_far:
            IDENTIFICATIONS.put(key, progress.so_far)
        tell(progress.part, progress.text.removesuffix("."))

    found = identify(source, array.values, on_progress, step_cache=STEPS)
    IDENTIFICATIONS.put(key, found)
    return found
