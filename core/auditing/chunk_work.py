"""A chunk under work in a worker: its pictures in threads, and what came of them as a part."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import lru_cache
from typing import Any

from .. import __version__
from ..environment import installed, installed_numpy
from ..errors import SamePixelsError
from .chunk import Part, rows_file
from .crops import CROPS, CROPS_SCHEMA, draw_crops
from .job import Job
from .messages import Work
from .picture import Steps, audit_picture, failed
from .side_by_side import side_by_side
from .totals import Totals

Rows = list[dict[str, Any]]

_WORST_FIRST = ("incomparable", "different", "rounding", "identical")
_REMEDY = {
    "crashed": "Look at it alone, with samepixels compare; a library has a fault, or there was too little memory.",
    "hung": "Look at it alone, with samepixels compare, or raise the limit.",
}


class ChunkWork:
    """Does a chunk's pictures and makes the part.

    `at` is told in each thread at which picture it is, and None when it is at none.
    """

    def __init__(self, job: Job, work: Work, at: Callable[[int | None], None]) -> None:
        self._job, self._work, self._at = job, work, at
        self._rows: dict[int, Rows] = {}
        self._totals = Totals()

    def do(self, pool: Executor, threads: int) -> Part:
        """The part, of pictures done in `threads` threads of `pool`; those that are to be alone are, at the end."""
        blamed = {place: (kind, words) for place, kind, words in self._work.blamed}
        self._rows = {place: self._blamed(place, *blame) for place, blame in blamed.items()}
        alone = [place for place in self._work.alone if place not in blamed]
        together = [place for place in range(len(self._work.chunk.entries)) if place not in {*blamed, *alone}]
        # One iterator for all threads: Python gives each of its items once.
        places = iter(together)
        for future in [pool.submit(self._work_on, places) for _ in range(threads)]:
            future.result()
        for place in alone:
            pool.submit(self._work_on, [place]).result()
        return self._part()

    def _work_on(self, places: Iterable[int]) -> None:
        for place, audited, seconds in side_by_side(places, self._begin, self._at):
            for row in audited.rows:
                row["seconds"] = seconds
            self._rows[place] = audited.rows
            for key, difference in audited.differences:
                self._totals.add(key, difference)

    def _begin(self, place: int) -> Steps:
        entry = self._work.chunk.entries[place]
        return draw_crops(self._job, *entry) if self._draws else audit_picture(self._job, *entry)

    def _blamed(self, place: int, kind: str, words: str) -> Rows:
        if self._draws:
            return []
        index, entry = self._work.chunk.entries[place]
        error = SamePixelsError(f"{entry.picture} {words}.", _REMEDY[kind])
        return failed(self._job, index, entry, kind, error).rows

    @property
    def _draws(self) -> bool:
        return self._work.chunk.purpose == "crops"

    def _part(self) -> Part:
        rows = [row for place in sorted(self._rows) for row in self._rows[place]]
        number = self._work.chunk.number
        if self._draws:
            return Part(number, rows_file(rows, CROPS, {"schema": CROPS_SCHEMA}))
        file = rows_file(rows, facts=versions(self._job))
        return Part(number, file, self._totals.to_bytes(), dict(_verdicts(rows)))


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
