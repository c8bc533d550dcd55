"""Counting which levels of b - a occur in two `uint8` images, in one pass."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]

BLOCK = 6144
"""Values taken at a time. A multiple of 1, 2, 3 and 4 channels."""


@compiled
def count_signed_levels(a: Levels, b: Levels, counts: Counts, lanes: tuple[int, ...]) -> int:
    """Counts each b - a of two flat, interleaved images in `counts` [channels, 511].

    Returns the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its
    length is known when the loop is compiled. Two tables take turns, because a counter that is raised twice in a row,
    as that of zero often is, would have to wait for itself.
    """
    channels = len(lanes)
    keys = np.empty(BLOCK, np.uint16)
    tables = np.zeros((2, channels, 512), np.uint32)
    differing_pixels = 0
    for start in range(0, a.size, BLOCK):
        size = min(BLOCK, a.size - start)
        part_a = a[start : start + size]
        part_b = b[start : start + size]
        for i in range(size):
            keys[i] = np.uint16(255) + np.uint16(part_b[i]) - np.uint16(part_a[i])
        for pixel in range(size // channels):
            differs = False
            for channel in range(channels):
                key = keys[pixel * channels + channel]
                tables[pixel & 1, channel, key] += np.uint32(1)
                differs |= key != 255
            differing_pixels += int(differs)
    for channel in range(channels):
        for key in range(511):
            counts[channel, key] += np.int64(tables[0, channel, key]) + np.int64(tables[1, channel, key])
    return differing_pixels
