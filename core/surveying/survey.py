"""What a survey finds: ways, distances between all of them, and classes of equals."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ..environment import installed
from ..image import Image
from ..operations.catalogue import libraries
from ..recipe import Stage
from .grouping import Class, classes_within, in_blocks

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Distances:
    """All against all in one respect: `values` float64[n, n] in `unit`, NaN where two cannot be compared."""

    name: str
    title: str
    unit: str
    help: str
    values: Matrix


@dataclass(frozen=True)
class Refused:
    """A way that could not be tried, and why."""

    stage: Stage
    reason: str


@dataclass(frozen=True, eq=False)
class Atlas:
    """Ways to do one thing, in an order in which equals are neighbours.

    Attributes:
        subject: what was done, and to what.
        ways: the ways; each is one stage, followed by those whose results are bit-identical to its.
        words: what is to be said of each.
        classes: indices of `ways`: equal within rounding, by `distances[0]`.
        within: up to which of `distances[0]` two are equal.
        distances: in different respects; the first makes the classes.
        refused: what could not be tried.
        versions: the libraries that were asked, as pip writes them.
    """

    subject: str
    ways: tuple[tuple[Stage, ...], ...]
    words: tuple[str, ...]
    classes: tuple[range, ...]
    within: float
    distances: tuple[Distances, ...]
    refused: tuple[Refused, ...]
    versions: tuple[str, ...]

    @property
    def nbytes(self) -> int:
        """What the distances take."""
        return sum(each.values.nbytes for each in self.distances)

    def first_of_each(self, way: int) -> tuple[Stage, ...]:
        """The stages of `way` that name it: of each operation the first, which has the fewest options set."""
        return tuple({stage.name: stage for stage in reversed(self.ways[way])}.values())[::-1]

    def parts(self) -> tuple["Atlas", ...]:
        """The ways that can be compared with each other, each such set as an atlas of its own; largest first."""
        left, sets = list(self.classes), []
        while left:
            first = left[0][0]
            together = [each for each in left if not np.isnan(self.distances[0].values[first, each[0]])]
            left = [each for each in left if each not in together]
            sets.append(together)
        if len(sets) == 1:
            return (self,)
        return tuple(self._part(each) for each in sorted(sets, key=len, reverse=True))

    def _part(self, classes: Sequence[range]) -> "Atlas":
        order = [member for each in classes for member in each]
        return replace(
            self,
            ways=tuple(self.ways[member] for member in order),
            words=tuple(self.words[member] for member in order),
            classes=_ranges(classes),
            distances=tuple(replace(each, values=each.values[np.ix_(order, order)]) for each in self.distances),
        )

    def class_of(self, way: int) -> range:
        """The class that `way` is in."""
        return next(members for members in self.classes if way in members)


def installed_versions() -> tuple[str, ...]:
    """The libraries behind the operations as pip writes them: an atlas holds for these."""
    return tuple(found.requirement for library in libraries() if (found := installed(library)))


def digest(images: Iterable[Image]) -> str:
    """The sha256 of shapes, dtypes and values."""
    made = hashlib.sha256()
    for image in images:
        made.update(f"{image.shape} {image.dtype}".encode())
        made.update(image.data)
    return made.hexdigest()


def all_pairs(items: Sequence[Any], distance: Callable[[Any, Any], float]) -> Matrix:
    """`distance` of all against all, float64 of shape (n, n), symmetric and zero on the diagonal."""
    distances = np.zeros((len(items), len(items)))
    for i, j in combinations(range(len(items)), 2):
        distances[i, j] = distances[j, i] = distance(items[i], items[j])
    return distances


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Members in classes, each a block of `order`; `distances` are in that order."""

    order: tuple[int, ...]
    classes: tuple[range, ...]
    distances: tuple[Distances, ...]


def arranged(distances: Sequence[Distances], within: float, by: str) -> Arrangement:
    """Classes of what is `within` of each other by the first of `distances`, ordered by the one called `by`."""
    nearness = next(each.values for each in distances if each.name == by)
    classes = in_blocks(classes_within(distances[0].values, within), nearness)
    order = tuple(member for each in classes for member in each)
    reordered = tuple(replace(each, values=each.values[np.ix_(order, order)]) for each in distances)
    return Arrangement(order, _ranges(classes), reordered)


def _ranges(classes: Sequence[Class | range]) -> tuple[range, ...]:
    ends = np.cumsum([0, *map(len, classes)]).tolist()
    return tuple(range(start, end) for start, end in pairwise(ends))
