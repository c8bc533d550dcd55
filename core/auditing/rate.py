"""How fast an audit goes, and how long it still takes."""

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

WINDOW_S = 30.0
"""The rate is that of the last half minute: the first pictures wait for libraries to be imported."""


@dataclass(frozen=True)
class Tick:
    """How far an audit is: `doing` in words, `done` of `total` pictures, and the verdicts of those done in this run.

    `per_s` and `left_s` are None until they can be told.
    """

    doing: str
    done: int
    total: int
    per_s: float | None = None
    left_s: float | None = None
    verdicts: Mapping[str, int] = field(default_factory=dict)


OnTick: TypeAlias = Callable[[Tick], None]


class Rate:
    """Counts pictures as they are done."""

    def __init__(self, done: int, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._done, self._total, self._clock = done, total, clock
        self._marks = deque([(clock(), done)])
        self._verdicts: Counter[str] = Counter()

    def add(self, pictures: int, verdicts: Mapping[str, int]) -> None:
        """So many more are done."""
        self._done += pictures
        self._verdicts.update(verdicts)
        self._marks.append((self._clock(), self._done))
        while len(self._marks) > 2 and self._marks[-1][0] - self._marks[1][0] > WINDOW_S:
            self._marks.popleft()

    def tick(self, doing: str) -> Tick:
        """How far it is now."""
        (first_s, first), (last_s, last) = self._marks[0], self._marks[-1]
        per_s = (last - first) / (last_s - first_s) if last_s > first_s else None
        left_s = max(0.0, (self._total - self._done) / per_s - (self._clock() - last_s)) if per_s else None
        return Tick(doing, self._done, self._total, per_s, left_s, dict(self._verdicts))
