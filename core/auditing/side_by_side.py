"""Small pictures worked on side by side in one thread: all take a step, then all take the next.

So the same library decodes several pictures one after the other, and its code and tables stay in the processor's
caches: an audit of 500x375 pictures takes a tenth less time than with one picture after the other.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .picture import Audited, Steps

PICTURES = 16
PIXELS = 4_000_000
"""No more pictures join those that have so many pixels together: all of them are in memory at a time."""


class Done(NamedTuple):
    """What came of the picture at `place`, and the seconds of its own steps."""

    place: int
    audited: Audited
    seconds: float


def side_by_side(
    places: Iterable[int], begin: Callable[[int], Steps], at: Callable[[int | None], None]
) -> Iterator[Done]:
    """Each of `places`, once it is done. `at` is told at which place the next step is, and None at the end."""
    group: list[_UnderWay] = []
    for place in places:
        group.append(_UnderWay(place, begin, at))
        if len(group) == PICTURES or sum(each.pixels for each in group) >= PIXELS:
            yield from _finish(group)
            group = []
    yield from _finish(group)
    at(None)


def _finish(group: list["_UnderWay"]) -> Iterator[Done]:
    while group:
        for each in group:
            each.step()
        yield from (each.done for each in group if each.done)
        group = [each for each in group if not each.done]


class _UnderWay:
    """A picture that has taken its first step."""

    def __init__(self, place: int, begin: Callable[[int], Steps], at: Callable[[int | None], None]) -> None:
        self._place, self._at = place, at
        at(place)
        self._steps = begin(place)
        self._seconds = 0.0
        self.pixels = 0
        self.done: Done | None = None
        self.step()

    def step(self) -> None:
        """Takes the next step, if there is one."""
        if self.done:
            return
        self._at(self._place)
        start_s = time.perf_counter()
        try:
            self.pixels = next(self._steps)
        except StopIteration as end:
            self._seconds += time.perf_counter() - start_s
            self.done = Done(self._place, end.value, self._seconds)
        else:
            self._seconds += time.perf_counter() - start_s
