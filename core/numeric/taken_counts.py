"""Taking out of `signed_floats`' counters what they hold."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled
from .float_bins import DROPPED_BITS, LARGEST, SMALLEST_KEY
from .signed_floats import DIFFERING, KEYS, NON_FINITE, SIDE, ZERO_KEY, ZEROS

Counts = npt.NDArray[np.int64]
Table = npt.NDArray[np.uint32]

_HALF = 1 << (DROPPED_BITS - 1)
_NEAREST, _FARTHEST = SMALLEST_KEY + 1, SMALLEST_KEY + LARGEST


@compiled
def take_counts(bins: Table, least: int, most: int, pixels: int, facts: Counts) -> tuple[int, Table]:
    """Empties `bins`, given what else `count_signed_floats` returned, and completes `facts`.

    Returns the least size counted, and uint32[2, channels, sizes]: how often each size from there on occurs with the
    negative and with the positive sign. Those too small to be told from 0 count as 0, those too large as the largest.
    """
    lowest, highest = (least + 1 + _HALF) >> DROPPED_BITS, (most + _HALF) >> DROPPED_BITS
    first = min(max(lowest, _NEAREST), _FARTHEST)
    end = max(min(highest, _FARTHEST) + 1, first)
    while lowest < first < end - 1 and _counted(bins, first) == 0:
        first += 1  # `least` is of one that counts as 0
    sided = np.empty((2, len(bins), end - first), np.uint32)
    for channel in range(len(bins)):
        zeros = _taken(bins[channel], ZERO_KEY, KEYS)
        facts[channel, DIFFERING] = pixels - zeros
        for side in range(2):
            counters, counts = bins[channel, (1 - side) * SIDE : (2 - side) * SIDE], sided[side, channel]
            zeros += _taken(counters, lowest, first)
            for i in range(end - first):
                counts[i] = counters[first + i]
                counters[first + i] = 0
            beyond = _taken(counters, end, highest + 1)
            if beyond:
                counts[end - first - 1] += beyond
        facts[channel, ZEROS] = zeros - facts[channel, NON_FINITE]
    return (first - SMALLEST_KEY if first < end else LARGEST), sided


@compiled
def _counted(bins: Table, key: int) -> int:
    total = 0
    for channel in range(len(bins)):
        total += int(bins[channel, key]) + int(bins[channel, SIDE + key])
    return total


@compiled
def _taken(counters: npt.NDArray[np.uint32], first: int, end: int) -> int:
    """The sum of some counters, which are 0 thereafter."""
    total = 0
    for key in range(first, end):
        total += int(counters[key])
        counters[key] = 0
    return total
