"""Each factor's share of the difference between two recipes on one picture.

Let h(S) be the picture when the factors S are B's and all others A's. The worth of S is <h(S) - A, B - A>: how far
towards B the exchange has gone, as part of the squared error <B - A, B - A>. Of the worths that are 0 for no factor and
the whole for all this is the one that treats A and B alike: it is the mean of |h(S) - A|^2 and
|B - A|^2 - |h(S) - B|^2. Hence exchanging A and B leaves the shares as they are. A share may be negative (the factor
works against the difference) or above 1. `low` and `high` are the least and the most that a factor adds in any order of
exchanging, since the errors of stages do not add.

Factors that cannot be exchanged singly (a grey decode and the stage that needs colour; a resize and the crop after it)
are put together: of all pairs the one whose union leaves the fewest pictures that fail, until none does.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..image import Image
from ..pipeline import StepCache, Trace, carry_out
from ..recipe import Stage
from ..source import Source
from .factors import Factor, factors
from .hybrids import visit_hybrids
from .orientation import Turn, turn_between, without_orientation
from .shapley import Members, needed_sets, shapley_values

_ROWS_AT_A_TIME = 256
"""So many rows are held in float64 at once."""

Groups = tuple[tuple[int, ...], ...]
Seen = Callable[[Image], npt.NDArray[Any]]


@dataclass(frozen=True)
class Share:
    """A stage's share of the squared error: its mean over all orders of exchanging, the least and the most of them."""

    stage: str
    share: float
    low: float
    high: float


def stage_shares(a: Trace, b: Trace, step_cache: StepCache | None = None, seen: Seen = np.asarray) -> tuple[Share, ...]:
    """The shares of the stages of two traces of one source, in the order of the recipes; a stage that is equal has 0.

    `seen` gives for an image the numbers whose difference is shared out: the image itself, or a model's answer to it.
    They add up to 1. None are given where there is nothing to share: a side failed, the shapes differ, the images are
    identical, or values are not finite.
    """
    if a.image is None or b.image is None or a.image.shape != b.image.shape:
        return ()
    ends = seen(a.image), seen(b.image)
    whole = toward(ends[1], *ends)
    if not (math.isfinite(whole) and whole > 0):
        return ()
    slots = _with_orientation(factors(a.recipe, b.recipe), a.source, step_cache)
    differing = tuple(index for index, slot in enumerate(slots) if slot.differs)
    worths = partial(_worths, _Way(a.source, seen, *ends), slots, step_cache)
    shares = dict(_grouped_shares(differing, worths, whole))
    return tuple(_share(slots, group, shares) for group in _in_order(range(len(slots)), shares))


def _share(slots: Sequence[Factor], group: tuple[int, ...], shares: Mapping[tuple[int, ...], Share]) -> Share:
    name = " and ".join(slots[index].name for index in group)
    if group not in shares:
        return Share(name, 0.0, 0.0, 0.0)
    found = shares[group]
    return Share(name, found.share, found.low, found.high)


def _in_order(every: Iterable[int], groups: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The groups, and each factor that is in none on its own, by their first factor."""
    grouped = list(groups)
    taken = {index for group in grouped for index in group}
    return sorted([*grouped, *((index,) for index in every if index not in taken)])


def _with_orientation(found: tuple[Factor, ...], source: Source, step_cache: StepCache | None) -> tuple[Factor, ...]:
    """The factors with the decoders' turning of the picture as one of its own, where a side turns it."""
    decode, *others = found
    if source.header.orientation == 1:
        return found
    one, other = (_taken_apart(side[0], source, step_cache) for side in (decode.a, decode.b))
    if one is None or other is None or one[1] == other[1] == Turn(1):
        return found
    return (
        Factor(decode.name, (one[0],), (other[0],)),
        Factor("orientation", (one[1],), (other[1],)),
        *others,
    )


def _taken_apart(decode: object, source: Source, step_cache: StepCache | None) -> tuple[Stage, Turn] | None:
    """The decode that leaves the picture as it is stored, and the turn that makes of it what `decode` gives."""
    assert isinstance(decode, Stage)
    stored = without_orientation(decode)
    if stored == decode:
        return decode, Turn(1)
    before, after = (_decoded(each, source, step_cache) for each in (stored, decode))
    turn = turn_between(before, after, source.header.orientation)
    if turn is None:
        return None
    return (decode if turn == Turn(1) else stored), turn


def _decoded(decode: Stage, source: Source, step_cache: StepCache | None) -> Image:
    key = (source.sha256, str(decode))
    step = None if step_cache is None else step_cache.get(key)
    if step is None:
        step = carry_out(decode, source.data)
        if step_cache is not None:
            step_cache.put(key, step)
    return step.image


Worths = Callable[[Iterable[Members]], dict[Members, float]]


@dataclass(frozen=True, eq=False)
class _Way:
    """What lies at both ends, as it is seen: the numbers of A's and B's result for one source."""

    source: Source
    seen: Seen
    a: npt.NDArray[Any]
    b: npt.NDArray[Any]


def _worths(
    way: _Way, slots: Sequence[Factor], step_cache: StepCache | None, wanted: Iterable[Members]
) -> dict[Members, float]:
    """The worth of each set that can be made; sets are numbers of `slots`."""
    found: dict[Members, float] = {}

    def weigh(members: Members, image: Image) -> None:
        worth = toward(way.seen(image), way.a, way.b)
        if not math.isfinite(worth):
            raise StageError("The picture between A and B has values that are not finite.")
        found[members] = worth

    visit_hybrids(way.source, slots, wanted, weigh, step_cache)
    return found


def toward(image: npt.NDArray[Any], a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    """<image - a, b - a>: how far `image` is from `a` towards `b`. Raises `StageError` for another shape."""
    if image.shape != a.shape:
        raise StageError(f"The picture between A and B has the shape {image.shape}, and A has {a.shape}.")
    sums = []
    for start in range(0, len(a), _ROWS_AT_A_TIME):
        rows = slice(start, start + _ROWS_AT_A_TIME)
        origin = a[rows].astype(np.float64)
        sums.append(float(np.vdot(image[rows] - origin, b[rows] - origin)))
    return math.fsum(sums)


def _grouped_shares(
    differing: tuple[int, ...], worths: Worths, whole: float
) -> Iterable[tuple[tuple[int, ...], Share]]:
    groups: Groups = tuple((index,) for index in differing)
    known: dict[Members, float] = {}
    tried: set[Members] = set()
    while True:
        wanted = _sets_of(groups)
        known.update(worths(wanted - tried))
        tried |= wanted
        # The ends are A and B themselves; only what lies between can fail.
        known[frozenset()], known[frozenset(differing)] = 0.0, whole
        if wanted <= known.keys():
            return _valued(groups, {members: worth / whole for members, worth in known.items()})
        groups = _joined(groups, {members for members in tried if members not in known})


def _sets_of(groups: Groups) -> frozenset[Members]:
    return frozenset(_union(groups, chosen) for chosen in needed_sets(len(groups)))


def _union(groups: Groups, chosen: Iterable[int]) -> Members:
    return frozenset(index for number in chosen for index in groups[number])


def _valued(groups: Groups, known: Mapping[Members, float]) -> list[tuple[tuple[int, ...], Share]]:
    values = shapley_values(len(groups), lambda chosen: known[_union(groups, chosen)])
    return [(group, Share("", value.mean, value.low, value.high)) for group, value in zip(groups, values, strict=True)]


def _joined(groups: Groups, failed: set[Members]) -> Groups:
    """The groups with that pair put together whose union leaves the fewest failures; the first pair of several."""
    candidates = [_with_pair_joined(groups, pair) for pair in combinations(range(len(groups)), 2)]
    return min(candidates, key=lambda candidate: len(_sets_of(candidate) & failed))


def _with_pair_joined(groups: Groups, pair: tuple[int, int]) -> Groups:
    first, second = pair
    union = tuple(sorted((*groups[first], *groups[second])))
    return tuple(sorted((*(group for index, group in enumerate(groups) if index not in pair), union)))
