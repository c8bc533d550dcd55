"""Counting which level of A meets which level of B: one pass over two `uint8` images, in integers throughout.

Pairs of levels are counted under keys made for the cache. The upper byte of a key is level_b - level_a modulo 256, so
that the counts of similar images lie close together: a quarter less time than with level_b there. The lower byte is
level_a, with bits of the upper byte folded in: unfolded, a level's counts would lie 2 KB apart, which is where a cache
keeps things that exclude each other, and noisy images would take a third longer.
"""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]

BLOCK = 6144
"""Values taken at a time: their keys stay in the first-level cache. A multiple of 1, 2, 3 and 4 channels."""


@compiled
def count_keys(a: Levels, b: Levels, counts: Counts, lanes: tuple[int, ...]) -> int:
    """Counts the pairs of levels of `a` and `b`, flat and interleaved, in `counts` [channels, 65536] under their keys.

    Returns the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its
    length is known when the loop is compiled, which unrolls the loops over channels and halves the time. Keys are made
    in a loop of their own because that one runs on vectors.
    """
    channels = len(lanes)
    keys = np.empty(BLOCK, np.uint16)
    differing_pixels = 0
    for start in range(0, a.size, BLOCK):
        size = min(BLOCK, a.size - start)
        part_a = a[start : start + size]
        part_b = b[start : start + size]
        for i in range(size):
            upper = np.uint8(part_b[i] - part_a[i])
            keys[i] = np.uint16(upper) << np.uint16(8) | np.uint16(part_a[i] ^ np.uint8(upper << np.uint8(3)))
        for pixel in range(size // channels):
            any_bit = np.uint16(0)
            for channel in range(channels):
                key = keys[pixel * channels + channel]
                counts[channel, key] += 1
                any_bit |= key
            differing_pixels += int(any_bit > 255)
    return differing_pixels


@compiled
def joint_from_keys(counts: Counts) -> Counts:
    """Counts [channels, 65536] by key as counts [channels, 256, 256] by level_a and level_b."""
    channels, keys = counts.shape
    joint = np.zeros((channels, 256, 256), np.int64)
    for channel in range(channels):
        for key in range(keys):
            if counts[channel, key]:
                upper = key >> 8
                level_a = (key ^ (upper << 3)) & 255
                joint[channel, level_a, (level_a + upper) & 255] = counts[channel, key]
    return joint


@compiled
def count_signed(joint: Counts) -> Counts:
    """How often each level_b - level_a from -255 to 255 occurs in `joint` [256, 256]: int64[511]."""
    signed = np.zeros(511, np.int64)
    for level_a in range(256):
        for level_b in range(256):
            signed[255 + level_b - level_a] += joint[level_a, level_b]
    return signed
