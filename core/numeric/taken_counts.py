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
def take_counts(bins: Table, least: int, most: int, pixels: int, facts: Counts) -> tuple[int, Counts]:
    """Empties `bins`, given what else `count_signed_floats` returned, and completes `facts`.

    Returns the least size counted, and int64[2, channels, sizes]: how often each size from there on occurs with the
    negative and with the positive sign. Those too small to be told from 0 count as 0, those too large as the largest.
    """
    lowest, highest = (least + 1 + _HALF) >> DROPPED_BITS, (most + _HALF) >> DROPPED_BITS
    first = min(max(lowest, _NEAREST), _FARTHEST)
    end = max(min(highest, _FARTHEST) + 1, first)
    while lowest < first < end - 1 and not (bins[:, first].any() or bins[:, SIDE + first].any()):
        first += 1  # `least` is of one that counts as 0
    sided = np.empty((2, len(bins), end - first), np.int64)
    for channel in range(len(bins)):
        zeros = np.int64(bins[channel, ZERO_KEY:KEYS].sum())
        facts[channel, DIFFERING] = pixels - zeros
        for side in range(2):
            counters, counts = bins[channel, (1 - side) * SIDE : (2 - side) * SIDE], sided[side, channel]
            for i in range(end - first):
                counts[i] = counters[first + i]
            zeros += np.int64(counters[lowest:first].sum())
            counts[-1:] += np.int64(counters[end : highest + 1].sum())
            counters[lowest : highest + 1] = 0
        bins[channel, ZERO_KEY:KEYS] = 0
        facts[channel, ZEROS] = zeros - facts[channel, NON_FINITE]
    return (first - SMALLEST_KEY if first < end else LARGEST), sided
