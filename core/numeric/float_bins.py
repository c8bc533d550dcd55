"""The bins that float values are counted in: fine at every scale, the same for every image, so that counts add up.

A value belongs to the nearest number with ten significant bits. So every whole number up to 1024 has a bin of its own,
and what is read back is within a 1024th (0.1 %) of what was counted. Magnitudes from 2^-33 (1.2e-10) to 2^31 (2.1e9)
are told apart; smaller ones are counted as 0, larger ones in the outermost bins.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

DROPPED_BITS = 14
"""A float32 has 24 significant bits; ten remain."""

SMALLEST_KEY = (127 - 33) << 9
"""What is left of the bits of 2^-33, whose exponent float32 stores with an offset of 127."""

LARGEST = (1 << 15) - 1
"""The number of the outermost bin on each side: 64 powers of two, of 512 bins each."""

BIN_COUNT = 2 * LARGEST + 1
"""Negative values from the outside in, zero at the index `LARGEST`, positive values."""


@cache
def bin_values() -> npt.NDArray[np.float64]:
    """The number that each bin stands for, ascending: float64[`BIN_COUNT`], read-only."""
    keys = SMALLEST_KEY + np.arange(1, LARGEST + 1, dtype=np.uint32)
    positive = (keys << DROPPED_BITS).view(np.float32).astype(np.float64)
    values = np.concatenate([-positive[::-1], [0.0], positive])
    values.flags.writeable = False
    return values


@cache
def bin_edges() -> npt.NDArray[np.float64]:
    """The borders of the bins, half-way between their values: float64[`BIN_COUNT` + 1], read-only."""
    values = bin_values()
    between = (values[:-1] + values[1:]) / 2
    edges = np.concatenate([[2 * values[0] - between[0]], between, [2 * values[-1] - between[-1]]])
    edges.flags.writeable = False
    return edges
