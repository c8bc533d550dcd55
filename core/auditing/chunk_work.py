"""A chunk under work in a worker: its pictures in threads, and what came of them as a part."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from functools import lru_cache
from typing import Any

from .. import __version__
from ..environment import installed, installed_numpy
from ..errors import SamePixelsError
from .chunk import Part, rows_file
from .crops import CROPS, CROPS_SCHEMA, draw_crops
from .job import Job
from .messages import Work
from .picture import audit_picture, failed
from .totals import Totals

Rows = list[dict[str, Any]]

_WORST_FIRST = ("incomparable", "different", "rounding", "identical")
_REMEDY = {
    "crashed": "Look at it alone, with samepixels compare; a library has a fault, or there was too little memory.",
    "hung": "Look at it alone, with samepixels compare, or raise the limit.",
}


class ChunkWork:
    """Does a chunk's pictures and makes the part.

    `at` is told in each thread which picture it begins, and None when that is done.
    """

    def __init__(self, job: Job, work: Work, at: Callable[[int | None], None]) -> None:
        self._job, self._work, self._at = job, work, at
        self._totals = Totals()

    def submit(self, pool: Executor) -> list[Future[Rows]]:
        """Hands the pictures to `pool`; with pictures that are to be alone it waits for the end of each."""
        blamed = {place: (kind, words) for place, kind, words in self._work.blamed}
        futures: dict[int, Future[Rows]] = {}
        together = [place for place in range(len(self._work.chunk.entries)) if place not in self._work.alone]
        for place in together:
            futures[place] = pool.submit(self._rows, place, blamed.get(place))
        if self._work.alone:
            wait(futures.values())
        for place in self._work.alone:
            futures[place] = pool.submit(self._rows, place, blamed.get(place))
            wait([futures[place]])
        return [futures[place] for place in sorted(futures)]

    def part(self, futures: list[Future[Rows]]) -> Part:
        """The part, once all is done."""
        rows = [row for future in futures for row in future.result()]
        chunk = self._work.chunk
        if chunk.purpose == "crops":
            return Part(chunk.number, rows_file(rows, CROPS, {"schema": CROPS_SCHEMA}))
        file = rows_file(rows, facts=versions(self._job))
        return Part(chunk.number, file, self._totals.to_bytes(), dict(_verdicts(rows)))

    def _rows(self, place: int, blame: tuple[str, str] | None) -> Rows:
        if blame:
            return self._blamed(place, *blame)
        self._at(place)
        try:
            return self._drawn(place) if self._work.chunk.purpose == "crops" else self._audited(place)
        finally:
            self._at(None)

    def _blamed(self, place: int, kind: str, words: str) -> Rows:
        if self._work.chunk.purpose == "crops":
            return []
        index, entry = self._work.chunk.entries[place]
        error = SamePixelsError(f"{entry.picture} {words}.", _REMEDY[kind])
        return failed(self._job, index, entry, kind, error).rows

    def _drawn(self, place: int) -> Rows:
        return draw_crops(self._job, *self._work.chunk.entries[place])

    def _audited(self, place: int) -> Rows:
        audited = audit_picture(self._job, *self._work.chunk.entries[place])
        for key, difference in audited.differences:
            self._totals.add(key, difference)
        return audited.rows


@lru_cache(maxsize=8)
def versions(job: Job) -> dict[str, str]:
    """The packages that make the numbers, with their versions, by the library's name."""
    found = {library.title: installed(library) for library in job.libraries}
    requirements = {title: each.requirement for title, each in found.items() if each}
    return {"SamePixels": f"samepixels=={__version__}", **requirements, "NumPy": installed_numpy().requirement}


def _verdicts(rows: Rows) -> Counter[str]:
    """How many pictures got which verdict; of several B the worst counts."""
    by_picture: dict[int, set[str]] = {}
    for row in rows:
        by_picture.setdefault(row["index"], set()).add(row["verdict"] or row["error_kind"])
    return Counter(
        next((verdict for verdict in _WORST_FIRST if verdict in met), "duplicate") for met in by_picture.values()
    )
