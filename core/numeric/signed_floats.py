"""Counting and adding up the differences of two images of which one is `float32`, in one pass.

The sums are those of `core.numeric.float_counts` and the bins those of `float_bins`, in a tenth of the time: what can
run on vectors is a loop of its own, and a block's differences are added up as whole multiples of one power of two, 36
bits below the largest of them, which nearly all are. Blocks in which some are not go the other way.

Adding 1.5 * 2^(52 + n) to a number of less than 2^(51 + n) rounds it to a multiple of 2^n, and leaves that multiple in
the sum's lowest bits (IEEE 754, 3.4). So numbers are split and become integers without a branch or a conversion, of
which processors without AVX-512 have none for vectors.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .compiled import compiled
from .float_bins import DROPPED_BITS, LARGEST, SMALLEST_KEY
from .float_counts import NEGATIVE, POSITIVE, SQUARED

Values = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Table = npt.NDArray[np.uint32]
Places = npt.NDArray[np.uint16]

BLOCK = 1024
"""Pixels taken at a time: their arrays stay in the first-level cache."""

PIXELS_AT_MOST = 1 << 24
"""Beyond that many, sums of 38 bits each could overflow."""

NON_FINITE, DIFFERING, LARGEST_AT, LEAST_BIN, MOST_BIN = range(5)
"""Columns of `tallies`: pairs that hold a NaN or an infinity, pairs that differ, the number of the pixel with the first
maximum, and the least and the largest size of the bins met, besides that of 0."""

TOTAL, TOTAL_ABS, SQUARES_UPPER, SQUARES_LOWER = range(4)
"""Columns of `sums`: of d, of |d|, and of d² in two parts."""

SUM_BITS = 36
"""A row of `sums` counts d in multiples of 2^(row + LEAST_EXPONENT - SUM_BITS)."""

UPPER_BITS = 34
"""The upper part of d² counts multiples of 2^(2 (row + LEAST_EXPONENT) - UPPER_BITS), the lower of 2^-72 times that."""

LEAST_EXPONENT, EXPONENTS = -149, 280
"""|d| is less than 2 to one of these exponents: float32 ends at 2^-149 and, twice its largest number, 2^129."""

_BEYOND = 2 * np.float64(np.finfo(np.float32).max)
_FRACTION = (1 << 52) - 1
_LOWER_HALF = (1 << 32) - 1
_SIZE_BITS = np.int64(0x7FFFFFFFFFFFFFFF)


class FloatTables(NamedTuple):
    """What is counted in.

    `bins` is [channels, bins], `sums` [channels, `EXPONENTS`, 4], `rough` [channels, 3, 2048, 2] (the sums of
    `core.numeric.float_counts`, for the blocks that need them), `tallies` [channels, 5], `maxima` [channels].
    """

    bins: Table
    sums: Counts
    rough: Counts
    tallies: Counts
    maxima: Doubles


@compiled
def count_signed_floats(a: Values, b: Values, tables: FloatTables, lanes: tuple[int, ...]) -> int:
    """Counts b - a of two flat, interleaved images, taken in float64; pairs that are not finite count as equal.

    Adds to `tables`; returns the number of pixels with any channel different. `lanes` is any tuple with an item for
    each channel: its length is known when the loops are compiled.
    """
    channels = len(lanes)
    planes = np.empty((channels, BLOCK))
    differs = np.empty(BLOCK, np.uint8)
    differing_pixels = 0
    for first in range(0, a.size // channels, BLOCK):
        values = slice(first * channels, (first + BLOCK) * channels)
        pixels = _subtract(a[values], b[values], planes, tables.tallies, lanes)
        for pixel in range(pixels):
            differs[pixel] = 0
        for channel in range(channels):
            differences = planes[channel, :pixels]
            tally = tables.tallies[channel]
            tally[DIFFERING] += _mark_differing(differences, differs)
            largest = _largest(differences)
            if largest > tables.maxima[channel]:
                tables.maxima[channel] = largest
                tally[LARGEST_AT] = first + _first_of(differences, largest)
            if largest > 0.0 and not _add_multiples(differences, largest, tables.sums[channel]):
                _add_roughly(differences, tables.rough[channel])
            _count_bins(differences, tables.bins[channel], tally)
        for pixel in range(pixels):
            differing_pixels += int(differs[pixel])
    return differing_pixels


@compiled
def _subtract(a: Values, b: Values, planes: Doubles, tallies: Counts, lanes: tuple[int, ...]) -> int:
    """Writes b - a of each channel to its plane; returns the number of pixels."""
    channels = len(lanes)
    differences = np.empty(BLOCK * channels)
    non_finite = 0
    for i in range(a.size):
        difference = np.float64(b[i]) - np.float64(a[i])
        is_finite = abs(difference) <= _BEYOND
        differences[i] = difference if is_finite else 0.0
        non_finite += int(not is_finite)
    if non_finite:
        for i in range(a.size):
            tallies[i % channels, NON_FINITE] += int(not abs(np.float64(b[i]) - np.float64(a[i])) <= _BEYOND)
    pixels = a.size // channels
    for pixel in range(pixels):
        for channel in range(channels):
            planes[channel, pixel] = differences[pixel * channels + channel]
    return pixels


@compiled
def _mark_differing(differences: Doubles, differs: npt.NDArray[np.uint8]) -> int:
    count = 0
    for i in range(differences.size):
        is_other = np.uint8(differences[i] != 0.0)
        differs[i] |= is_other
        count += int(is_other)
    return count


@compiled
def _largest(differences: Doubles) -> float:
    """The largest size. Sizes ascend as their bits do, and a maximum of integers runs on vectors."""
    bits = differences.view(np.int64)
    largest = np.zeros(1, np.int64)
    most = np.int64(0)
    for i in range(bits.size):
        most = max(most, bits[i] & _SIZE_BITS)
    largest[0] = most
    return float(largest.view(np.float64)[0])


@compiled
def _first_of(differences: Doubles, size: float) -> int:
    for i in range(differences.size):
        if abs(differences[i]) == size:
            return i
    return 0


@compiled
def _add_multiples(differences: Doubles, largest: float, sums: Counts) -> bool:
    """Adds to the row of `sums` for the exponent of `largest`; nothing, and false, where some are no multiples."""
    exponent = math.frexp(largest)[1]
    lift = math.ldexp(1.5, 52 + exponent - SUM_BITS)
    lift_upper = math.ldexp(1.5, 52 + 2 * exponent - UPPER_BITS)
    lift_lower = math.ldexp(1.5, 52 + 2 * exponent - 2 * SUM_BITS)
    lifted = np.empty((3, BLOCK))
    wholes, uppers, lowers = lifted[0], lifted[1], lifted[2]
    others = 0
    for i in range(differences.size):
        difference = differences[i]
        wholes[i] = difference + lift
        others += int(wholes[i] - lift != difference)
    if others:
        return False
    for i in range(differences.size):
        square = differences[i] * differences[i]
        uppers[i] = square + lift_upper
        lowers[i] = square - (uppers[i] - lift_upper) + lift_lower
    bits = lifted.view(np.int64)
    zeros = np.array([lift, lift_upper, lift_lower]).view(np.int64)
    total, total_abs, upper, lower = 0, 0, 0, 0
    for i in range(differences.size):
        whole = bits[0, i] - zeros[0]
        total += whole
        total_abs += abs(whole)
        upper += bits[1, i] - zeros[1]
        lower += bits[2, i] - zeros[2]
    row = sums[exponent - LEAST_EXPONENT]
    row[TOTAL] += total
    row[TOTAL_ABS] += total_abs
    row[SQUARES_UPPER] += upper
    row[SQUARES_LOWER] += lower
    return True


@compiled
def _add_roughly(differences: Doubles, sums: Counts) -> None:
    """Adds each difference and each square to the sum of its exponent."""
    squares = differences * differences
    bits, square_bits = differences.view(np.int64), squares.view(np.int64)
    for i in range(differences.size):
        if differences[i] == 0.0:
            continue
        sign = POSITIVE if differences[i] > 0 else NEGATIVE
        exponent = (bits[i] >> 52) & 0x7FF
        whole = (bits[i] & _FRACTION) | (1 << 52)
        sums[sign, exponent, 0] += whole & _LOWER_HALF
        sums[sign, exponent, 1] += whole >> 32
        exponent = square_bits[i] >> 52
        whole = (square_bits[i] & _FRACTION) | (1 << 52)
        sums[SQUARED, exponent, 0] += whole & _LOWER_HALF
        sums[SQUARED, exponent, 1] += whole >> 32


_HALF = np.uint32(1 << (DROPPED_BITS - 1))
_BITS_DROPPED = np.uint32(DROPPED_BITS)
_MAGNITUDE = np.uint32(0x7FFFFFFF)
_SIGN = np.uint32(31)
_NEAREST_KEY, _FARTHEST_KEY = np.uint32(SMALLEST_KEY), np.uint32(SMALLEST_KEY + LARGEST)
_MIDDLE, _ONE, _NOTHING = np.uint32(LARGEST), np.uint32(1), np.uint32(0)


@compiled
def _count_bins(differences: Doubles, bins: Table, tally: Counts) -> None:
    """Counts `differences` in `bins`, and widens the range of sizes in `tally`."""
    singles = np.empty(BLOCK, np.float32)
    places = np.empty(BLOCK, np.uint16)
    for i in range(differences.size):
        singles[i] = np.float32(differences[i])
    bits = singles.view(np.uint32)
    least, most = _MIDDLE, _NOTHING
    for i in range(differences.size):
        key = np.uint32(np.uint32(np.uint32(bits[i] & _MAGNITUDE) + _HALF) >> _BITS_DROPPED)
        size = np.uint32(min(max(key, _NEAREST_KEY), _FARTHEST_KEY) - _NEAREST_KEY)
        least = min(least, np.uint32(size - _ONE))  # of 0 it is the largest number there is
        most = max(most, size)
        negative = np.uint32(_NOTHING - np.uint32(bits[i] >> _SIGN))
        places[i] = np.uint16(np.uint32(np.uint32(size ^ negative) - negative) + _MIDDLE)
    for i in range(differences.size):
        bins[places[i]] += _ONE
    tally[LEAST_BIN] = min(tally[LEAST_BIN], np.int64(least) + 1)
    tally[MOST_BIN] = max(tally[MOST_BIN], np.int64(most))
