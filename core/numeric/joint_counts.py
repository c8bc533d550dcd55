"""Counting which level of A meets which level of B: one pass over two `uint8` images, in integers throughout."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]

BLOCK = 6144
"""Values taken at a time: their keys stay in the first-level cache. A multiple of 1, 2, 3 and 4 channels."""


@compiled
def count_pairs(a: Levels, b: Levels, joint: Counts, lanes: tuple[int, ...]) -> int:
    """Adds the pairs of levels of `a` and `b`, flat and interleaved, to `joint[channel, 256 * level_a + level_b]`.

    Returns the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its
    length is known when the loop is compiled, which unrolls the inner loops and halves the time.
    Keys are made in a loop of their own because that one runs on vectors; so do the flags.
    """
    channels = len(lanes)
    keys = np.empty(BLOCK, np.uint16)
    flags = np.empty(BLOCK, np.uint8)
    differing_pixels = 0
    for start in range(0, a.size, BLOCK):
        size = min(BLOCK, a.size - start)
        part_a = a[start : start + size]
        part_b = b[start : start + size]
        for i in range(size):
            keys[i] = (np.uint16(part_a[i]) << np.uint16(8)) | np.uint16(part_b[i])
        for i in range(size):
            flags[i] = part_a[i] ^ part_b[i]
        for pixel in range(size // channels):
            for channel in range(channels):
                joint[channel, keys[pixel * channels + channel]] += 1
        for pixel in range(size // channels):
            any_flag = np.uint8(0)
            for channel in range(channels):
                any_flag |= flags[pixel * channels + channel]
            differing_pixels += any_flag != 0
    return differing_pixels


@compiled
def count_signed(joint: Counts) -> Counts:
    """How often each level_b - level_a from -255 to 255 occurs in `joint` [256, 256]: int64[511]."""
    signed = np.zeros(511, np.int64)
    for level_a in range(256):
        for level_b in range(256):
            signed[255 + level_b - level_a] += joint[level_a, level_b]
    return signed
