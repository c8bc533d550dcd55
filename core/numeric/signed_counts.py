"""Counting which levels of b - a occur in two `uint8` images, and where the largest are, in one pass."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint16]
Table = npt.NDArray[np.uint32]

BLOCK = 6144
"""Values taken at a time, so that they stay in the first-level cache. A multiple of 1, 2, 3 and 4 channels."""

NEAR = 7
"""Differences from -8 to 7 fit into four bits, so that a pixel's channels make one key."""

_OFFSET = np.uint8(NEAR + 1)
_FOUR_BITS = np.uint8(15)


@compiled
def count_signed_levels(a: Levels, b: Levels, counts: Counts, firsts: Counts, lanes: tuple[int, ...]) -> int:
    """Counts each b - a of two flat, interleaved images in `counts` [channels, 511].

    `firsts` [channels, 2] gets each channel's largest |b - a| and the number of the first pixel that has it. Returns
    the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its length is
    known when the loops are compiled.

    Where no difference of a block is beyond `NEAR`, as between decoders of one picture, whole pixels are counted
    instead of values: half the time. Tables take turns, because a counter that is raised twice in a row, as that of
    zero often is, has to wait for itself.
    """
    channels = len(lanes)
    differences, keys = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.uint16)
    pixels, values = np.zeros((2, 16**channels), np.uint32), np.zeros((2, channels, 512), np.uint32)
    equal_pixels, differing_pixels = 0, 0
    for start in range(0, a.size, BLOCK):
        part_a, part_b = a[start : start + BLOCK], b[start : start + BLOCK]
        largest = _subtract(part_a, part_b, differences)
        if largest == 0:
            equal_pixels += part_a.size // channels
            continue
        if largest > firsts[:, 0].min():
            _note_firsts(part_a, part_b, firsts, start // channels, lanes)
        if largest <= NEAR:
            _count_pixels(differences[: part_a.size], keys, pixels, lanes)
        else:
            differing_pixels += _count_values(part_a, part_b, keys, values, lanes)
    for channel in range(channels):
        counts[channel, 255] += equal_pixels
        for key in range(511):
            counts[channel, key] += np.int64(values[0, channel, key]) + np.int64(values[1, channel, key])
    return differing_pixels + _add_pixels(pixels, counts)


@compiled
def _subtract(a: Levels, b: Levels, differences: Levels) -> np.uint8:
    """Writes b - a modulo 256; returns the largest |b - a|."""
    largest = np.uint8(0)
    for i in range(a.size):
        differences[i] = b[i] - a[i]
        largest = max(largest, np.uint8(max(a[i], b[i]) - min(a[i], b[i])))
    return largest


@compiled
def _note_firsts(a: Levels, b: Levels, firsts: Counts, first_pixel: int, lanes: tuple[int, ...]) -> None:
    channels = len(lanes)
    for pixel in range(a.size // channels):
        for channel in range(channels):
            i = pixel * channels + channel
            size = max(a[i], b[i]) - min(a[i], b[i])
            if size > firsts[channel, 0]:
                firsts[channel, 0] = size
                firsts[channel, 1] = first_pixel + pixel


@compiled
def _count_pixels(differences: Levels, keys: Keys, counts: Table, lanes: tuple[int, ...]) -> None:
    """Counts pixels by the differences of all their channels, four bits each.

    Keys are made in a loop of their own because that one runs on vectors.
    """
    channels = len(lanes)
    for pixel in range(differences.size // channels):
        key = np.uint16(0)
        for channel in range(channels):
            i = pixel * channels + channel
            near = np.uint8(differences[i] + _OFFSET) & _FOUR_BITS
            key |= np.uint16(np.uint16(near) << np.uint16(4 * channel))
        keys[pixel] = key
    for pixel in range(differences.size // channels):
        counts[pixel & 1, keys[pixel]] += np.uint32(1)


@compiled
def _count_values(a: Levels, b: Levels, keys: Keys, counts: Table, lanes: tuple[int, ...]) -> int:
    """Counts b - a + 255 of each channel; returns how many pixels differ."""
    channels = len(lanes)
    for i in range(a.size):
        keys[i] = np.uint16(255) + np.uint16(b[i]) - np.uint16(a[i])
    differing_pixels = 0
    for pixel in range(a.size // channels):
        differs = False
        for channel in range(channels):
            key = keys[pixel * channels + channel]
            counts[pixel & 1, channel, key] += np.uint32(1)
            differs |= key != 255
        differing_pixels += int(differs)
    return differing_pixels


@compiled
def _add_pixels(pixels: Table, counts: Counts) -> int:
    """Adds what was counted by pixels to `counts`; returns how many of them differ."""
    channels = len(counts)
    same = 0
    for channel in range(channels):
        same |= int(_OFFSET) << (4 * channel)
    differing_pixels = 0
    for key in range(pixels.shape[1]):
        count = np.int64(pixels[0, key]) + np.int64(pixels[1, key])
        if count:
            differing_pixels += int(count) if key != same else 0
            for channel in range(channels):
                counts[channel, 255 - int(_OFFSET) + ((key >> (4 * channel)) & 15)] += count
    return differing_pixels
