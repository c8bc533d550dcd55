"""The bins that float values are counted in: fine at every scale, the same for every image, so that counts add up.

A value belongs to the nearest number with nine significant bits. So every whole number up to 512 has a bin of its own,
and what is read back is within a 512th (0.2 %) of what was counted. Magnitudes from 2^-80 (8e-25) to 2^48 (2.8e14) are
told apart; smaller ones are counted as 0, larger ones in the outermost bins.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Values = npt.NDArray[np.float32]

DROPPED_BITS = 15
"""A float32 has 24 significant bits; nine remain."""

SMALLEST_KEY = (127 - 80) << 8
"""What is left of the bits of 2^-80, whose exponent float32 stores with an offset of 127."""

LARGEST = (1 << 15) - 1
"""The number of the outermost bin on each side: 128 powers of two, of 256 bins each."""

BIN_COUNT = 2 * LARGEST + 1
"""Negative values from the outside in, zero at the index `LARGEST`, positive values."""

_BITS_DROPPED = np.int32(DROPPED_BITS)
_HALF = np.int32(1 << (DROPPED_BITS - 1))
_MAGNITUDE = np.int32(0x7FFFFFFF)
_INFINITE = np.int32(0x7F800000)


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


@compiled
def count_bins(values: Values, partners: Values, counts: npt.NDArray[np.int64], lanes: tuple[int, ...]) -> None:
    """Counts `values`, flat and interleaved, in `counts[channel, bin]`, where they and their `partners` are finite.

    `lanes` is any tuple with an item for each channel: its length is known when the loop is compiled.
    """
    channels = len(lanes)
    bits = values.view(np.int32)
    partner_bits = partners.view(np.int32)
    for pixel in range(values.size // channels):
        for channel in range(channels):
            i = pixel * channels + channel
            magnitude = bits[i] & _MAGNITUDE
            if magnitude >= _INFINITE or (partner_bits[i] & _MAGNITUDE) >= _INFINITE:
                continue
            size = min(max(((magnitude + _HALF) >> _BITS_DROPPED) - SMALLEST_KEY, 0), LARGEST)
            counts[channel, LARGEST + size if bits[i] >= 0 else LARGEST - size] += 1
