"""Counting which levels of b - a occur in two `uint8` images, and where the largest are, in one pass.

A block of values is looked at as `ROWS` rows of `COLUMNS` values. Every column belongs to one channel, so that nothing
has to be taken apart by channels: what is done to all columns runs on vectors of bytes, and only the columns' sums are
told apart. Counts of columns are bytes, too, and are moved on before they could overflow.
"""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint16]
Table = npt.NDArray[np.uint32]

COLUMNS = 192
"""A multiple of 1, 2, 3 and 4 channels, and of the 64 bytes that loops over columns take at a time with AVX2."""

ROWS = 16
"""So few that loops over them are unrolled: with 32, counting takes four times as long."""

BLOCK = ROWS * COLUMNS
"""Values taken at a time, which stay in the first-level cache with all that they are counted in."""

BLOCKS_HELD = 255 // ROWS
"""How many blocks the counts of columns can hold."""

NEAR = 24
"""Up to this |b - a|, comparing a block with one difference after the other takes less time than a table does."""


@compiled
def count_signed_levels(a: Levels, b: Levels, counts: Counts, firsts: Counts, lanes: tuple[int, ...]) -> int:
    """Counts each b - a of two flat, interleaved images in `counts` [channels, 511], which has to be zeros.

    `firsts` [channels, 2], zeros too, gets each channel's largest |b - a| and the number of the first pixel that has
    it. Returns the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its
    length is known when the loops are compiled.

    Blocks without differences are passed over, and equal values are those that nothing else counted. Where no
    difference of a block is beyond `NEAR`, as between decoders of one picture, all values are compared with each
    difference there may be, for 0.025 ns a pixel of three channels and difference. Tables take 1.4 ns a pixel, and
    those of whole pixels, which are raised once for all channels, were no faster: a counter that is raised twice in a
    row, as that of zero often is, waits for itself.
    """
    channels = len(lanes)
    differences = np.zeros(BLOCK + channels, np.uint8)
    sizes, differing = np.zeros((2, COLUMNS), np.uint8), np.zeros(COLUMNS, np.uint8)
    near, most = np.zeros((2 * NEAR + 1, COLUMNS), np.uint8), np.int64(0)
    keys, far = np.empty(BLOCK, np.uint16), np.zeros((2, channels, 511), np.uint32)
    differing_pixels, held = 0, 0
    for start in range(0, a.size, BLOCK):
        part_a, part_b = a[start : start + BLOCK], b[start : start + BLOCK]
        if part_a.size < BLOCK:
            part_a, part_b = _with_zeros(part_a), _with_zeros(part_b)
        largest = _subtract(part_a, part_b, differences, sizes[0])
        if largest == 0:
            continue
        _note_maxima(sizes, firsts, start, lanes)
        _count_differing(differences, differing, lanes)
        if largest <= NEAR:
            _count_near(differences, largest, near)
            most = max(most, largest)
        else:
            _count_far(part_a, part_b, keys, far, lanes)
        held += 1
        if held == BLOCKS_HELD:
            differing_pixels += _move_on(near, most, differing, counts, lanes)
            held, most = 0, np.int64(0)
    differing_pixels += _move_on(near, most, differing, counts, lanes)
    _complete(counts, far, a.size // channels)
    _find_firsts(a, b, firsts)
    return differing_pixels


@compiled
def _with_zeros(part: Levels) -> Levels:
    """The last values, and as many zeros as a block lacks: they count as equal, and in `_complete` not at all.

    A loop, because numba takes 3 s more to compile the assignment of an array to a slice.
    """
    block = np.zeros(BLOCK, np.uint8)
    for i in range(part.size):
        block[i] = part[i]
    return block


@compiled
def _subtract(a: Levels, b: Levels, differences: Levels, sizes: Levels) -> np.int64:
    """Writes b - a modulo 256, and each column's largest |b - a|; returns the largest of all."""
    for column in range(COLUMNS):
        sizes[column] = 0
    for row in range(ROWS):
        for column in range(COLUMNS):
            i = row * COLUMNS + column
            differences[i] = b[i] - a[i]
            sizes[column] = max(sizes[column], np.uint8(max(a[i], b[i]) - min(a[i], b[i])))
    largest = np.uint8(0)
    for column in range(COLUMNS):
        largest = max(largest, sizes[column])
    return np.int64(largest)


@compiled
def _note_maxima(sizes: Levels, firsts: Counts, start: int, lanes: tuple[int, ...]) -> None:
    """Keeps in `firsts` each channel's maximum so far, and the start of the first block that has it.

    `sizes` holds each column's maximum of this block, and its channel's of those before, which few blocks exceed.
    """
    excess = np.uint8(0)
    for column in range(COLUMNS):
        excess = max(excess, np.uint8(max(sizes[0, column], sizes[1, column]) - sizes[1, column]))
    if excess == 0:
        return
    channels = len(lanes)
    for channel in range(channels):
        size = np.int64(0)
        for column in range(channel, COLUMNS, channels):
            size = max(size, np.int64(sizes[0, column]))
        if size > firsts[channel, 0]:
            firsts[channel, 0], firsts[channel, 1] = size, start
            for column in range(channel, COLUMNS, channels):
                sizes[1, column] = size


@compiled
def _find_firsts(a: Levels, b: Levels, firsts: Counts) -> None:
    """Puts the numbers of pixels in place of the starts of blocks."""
    channels = len(firsts)
    for channel in range(channels):
        i = firsts[channel, 1] + channel
        while max(a[i], b[i]) - min(a[i], b[i]) != firsts[channel, 0]:
            i += channels
        firsts[channel, 1] = i // channels


@compiled
def _count_differing(differences: Levels, differing: Levels, lanes: tuple[int, ...]) -> None:
    """Counts pixels with any channel different in the columns of the first channel; other columns mean nothing.

    A third of the work is for nothing, then: taking channels apart would be more.
    """
    for column in range(COLUMNS):
        count = differing[column]
        for row in range(ROWS):
            any_channel = np.uint8(0)
            for channel in range(len(lanes)):
                any_channel |= differences[row * COLUMNS + column + channel]
            count = np.uint8(count + np.uint8(any_channel != 0))
        differing[column] = count


@compiled
def _count_near(differences: Levels, largest: np.int64, near: Levels) -> None:
    """Counts in a row of `near` for each difference from -`NEAR` to `NEAR` how often it occurs in each column."""
    for difference in range(-largest, largest + 1):
        if difference == 0:
            continue
        wanted, of_columns = np.uint8(difference), near[NEAR + difference]
        for column in range(COLUMNS):
            count = of_columns[column]
            for row in range(ROWS):
                count = np.uint8(count + np.uint8(differences[row * COLUMNS + column] == wanted))
            of_columns[column] = count


@compiled
def _count_far(a: Levels, b: Levels, keys: Keys, counts: Table, lanes: tuple[int, ...]) -> None:
    """Counts b - a + 255 of each channel in two tables that take turns, so that equal pixels in a row wait less."""
    channels = len(lanes)
    for i in range(BLOCK):
        keys[i] = np.uint16(255) + np.uint16(b[i]) - np.uint16(a[i])
    for pixel in range(BLOCK // channels):
        for channel in range(channels):
            counts[pixel & 1, channel, keys[pixel * channels + channel]] += np.uint32(1)


@compiled
def _move_on(near: Levels, most: np.int64, differing: Levels, counts: Counts, lanes: tuple[int, ...]) -> int:
    """Adds to `counts` the differences up to `most`; returns how many pixels differ. What held them is zeros again."""
    channels = len(lanes)
    for difference in range(-most, most + 1):
        of_columns = near[NEAR + difference]
        for channel in range(channels):
            total = 0
            for column in range(channel, COLUMNS, channels):
                total += of_columns[column]
            counts[channel, 255 + difference] += total
        of_columns[:] = 0
    differing_pixels = 0
    for column in range(0, COLUMNS, channels):
        differing_pixels += differing[column]
    differing[:] = 0
    return differing_pixels


@compiled
def _complete(counts: Counts, far: Table, pixels: int) -> None:
    """Adds what is in tables, and takes for zeros all that is left of the pixels."""
    for channel in range(len(counts)):
        others = 0
        for key in range(511):
            counts[channel, key] += np.int64(far[0, channel, key]) + np.int64(far[1, channel, key])
            others += counts[channel, key]
        counts[channel, 255] += pixels - others
