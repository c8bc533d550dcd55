"""Counting and adding up the differences of two images of which one is `float32`, in one pass.

The sums are those of `core.numeric.float_counts` and the bins those of `float_bins`, in a tenth of the time. Images
are taken in blocks of `ROWS` rows of `COLUMNS` values. Every column belongs to one channel, so that nothing has to be
taken apart by channels: what is done to all columns runs on vectors, and only the columns' sums are told apart.

A block's differences are added up as whole multiples of one power of two, 43 to 50 bits below the largest of them. What
is left over of those that are no multiples, which are rare, is added up exponent by exponent.

Adding 1.5 * 2^(52 + n) to a number of less than 2^(51 + n) rounds it to a multiple of 2^n, and leaves that multiple in
the sum's lowest bits (IEEE 754, 3.4). So numbers are split and become integers without a branch or a conversion, of
which processors without AVX-512 have none for vectors.
"""

import math

import numpy as np
import numpy.typing as npt

from .compiled import compiled
from .float_bins import DROPPED_BITS
from .float_counts import NEGATIVE, POSITIVE, SQUARED

Values = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Table = npt.NDArray[np.uint32]
Tables = tuple[Table, Counts, Counts, Counts, Doubles]
Block = tuple[Singles, Singles]
Lifts = tuple[float, float, float]
Found = tuple[int, int, bool, int, int]

COLUMNS = 96
"""A multiple of 1, 2, 3 and 4 channels, so that a column is of one of them, and of a vector's length."""

ROWS = 8
"""So few that loops over them are unrolled: with 16, adding up takes twice as long."""

BLOCK = ROWS * COLUMNS
"""Values taken at a time, which stay in the first-level cache beside the counters that are raised most."""

NON_FINITE, LARGEST_AT, DIFFERING, ZEROS = range(4)
"""Columns of `facts`: pairs that hold a NaN or an infinity, the number of the pixel with the first maximum, and, which
only `take_counts` finds out, pairs that differ and the count of the bin of 0."""

TOTAL, TOTAL_ABS, SQUARES_UPPER, SQUARES_LOWER = range(4)
"""What is added up: d, |d|, and d² in two parts."""

GRADES, GRADE_BITS, LEAST_EXPONENT = 33, 8, -120
"""A block is of the first grade of which all its differences are less than 2^(grade * GRADE_BITS + LEAST_EXPONENT).
Grades are wide because sums of different ones have to be added up apart."""

SUM_BITS = 50
"""The sums count d in multiples of 2^(exponent of the grade - SUM_BITS), the upper part of d² in multiples of
2^(2 exponent - SUM_BITS), and the lower in 2^-SUM_BITS times that. More would not fit below 1.5 * 2^52."""

BLOCKS_AT_MOST = (1 << (62 - SUM_BITS)) // ROWS
"""So many blocks' sums fit into 62 bits."""

KEYS, KEYS_APART = 1 << 17, 1152
"""What is left of a float32's bits, sign and all, is the number of its counter. Channels' counters lie further apart
than that, so that those of one size do not share a set of the cache."""

SIDE = KEYS // 2
"""Where the counters of negative differences begin."""

ZERO_KEY = KEYS - 8
"""Differences of 0 take turns in the counters from here on, since one that is raised twice in a row has to wait for
itself. They would be NaN's, which is not counted."""

_BEYOND = 2 * np.float64(np.finfo(np.float32).max)
_EXPONENT_OF_FIELD = -126
_FRACTION = (1 << 52) - 1
_LOWER_HALF = (1 << 32) - 1

_MAGNITUDE, _INFINITE = np.uint32(0x7FFFFFFF), np.uint32(0x7F800000)
_HALF, _BITS_DROPPED, _FRACTION_BITS = np.uint32(1 << (DROPPED_BITS - 1)), np.uint32(DROPPED_BITS), np.uint32(23)
_NOTHING, _ONE, _ALL = np.uint32(0), np.uint32(1), np.uint32(0xFFFFFFFF)
_ZERO, _TURNS = np.uint32(ZERO_KEY), np.uint32(KEYS - ZERO_KEY)


@compiled
def count_signed_floats(a: Values, b: Values, tables: Tables, lanes: tuple[int, ...]) -> Found:
    """Counts b - a of two flat, interleaved images, taken in float64; pairs that are not finite count as equal.

    `tables`, all 0 before, are what to count in and add to: `bins` [channels, `KEYS` + `KEYS_APART`], `sums` [`GRADES`,
    channels, 4, 2] (in units of 2^32, and of 1), `rests` [channels, 3, 2048, 2] (as the sums of `float_counts`, but
    signed), `facts` [channels, 4] and `maxima` [channels]. `lanes` is any tuple with an item for each channel: its
    length is known when the loops are compiled. Counters hold less than 2^32 pixels.

    Returns the number of pixels with any channel different, the grades met as bits, whether there are `rests`, and the
    `float32` bits of the least |b - a| besides 0, less one, and of the largest.
    """
    bins, sums, rests, facts, maxima = tables
    channels = len(lanes)
    block = np.zeros(BLOCK, np.float32), np.zeros(BLOCK, np.float32)
    keys, tops, column_sums = np.empty(BLOCK, np.uint32), np.empty(COLUMNS), np.zeros(4 * COLUMNS, np.int64)
    grade, grades, blocks, has_rests, lifts, least_whole = 0, 0, 0, False, _lifts_of(0), _least_whole(0)
    least, most, least_maximum, equal_pixels = _ALL, _NOTHING, _NOTHING, 0
    for first in range(0, a.size, BLOCK):
        part_a, part_b = a[first : first + BLOCK], b[first : first + BLOCK]
        smallest, largest, finest = _subtract(part_a, part_b, block, keys)
        for i in range(part_a.size, BLOCK):
            block[0][i], block[1][i] = 0.0, 0.0
        if largest >= _INFINITE:
            _leave_out(block, facts)
            smallest, largest, finest = _subtract(block[0], block[1], block, keys)
        if largest == _NOTHING:
            for channel in range(channels):
                bins[channel, _ZERO] += np.uint32(part_a.size // channels)
            equal_pixels += part_a.size // channels
            continue
        least, most = min(least, smallest), max(most, largest)
        own_grade = _grade_of(largest)
        if own_grade != grade or blocks == BLOCKS_AT_MOST:
            _settle(column_sums, lifts, blocks, sums[grade])
            grade, blocks, lifts, least_whole = own_grade, 0, _lifts_of(own_grade), _least_whole(own_grade)
        blocks, grades = blocks + 1, grades | 1 << grade
        _add_up(block, lifts, column_sums, tops)
        if finest < least_whole and _leaves_rests(block, lifts[0]):
            _add_rests(block, lifts, rests)
            has_rests = True
        if largest >= least_maximum:
            least_maximum = _note_maxima(block, tops, first // channels, facts, maxima)
        equal_pixels += _count(keys[: part_a.size], bins, lanes)
    _settle(column_sums, lifts, blocks, sums[grade])
    return a.size // channels - equal_pixels, grades, has_rests, int(least), int(most)


@compiled
def _subtract(a: Values, b: Values, block: Block, keys: Table) -> tuple[np.uint32, np.uint32, np.uint32]:
    """Writes both as `float32`, and the counter of each b - a.

    Returns the bits of the least |b - a| and of the largest, and of the least |a| or |b|. Least ones are besides 0, and
    less one, which of 0 makes the largest number. What is subtracted as `float32` is what float64 rounds to afterwards
    (Figueroa, "When is double rounding innocuous?").
    """
    singles_a, singles_b = block
    least, most, finest = _ALL, _NOTHING, _ALL
    for i in range(a.size):
        single_a, single_b = np.float32(a[i]), np.float32(b[i])
        singles_a[i], singles_b[i] = single_a, single_b
        bits = np.float32(single_b - single_a).view(np.uint32)
        size = np.uint32(bits & _MAGNITUDE)
        least, most = min(least, np.uint32(size - _ONE)), max(most, size)
        size_a = np.uint32(single_a.view(np.uint32) & _MAGNITUDE)
        size_b = np.uint32(single_b.view(np.uint32) & _MAGNITUDE)
        finest = min(finest, np.uint32(size_a - _ONE), np.uint32(size_b - _ONE))
        key = np.uint32(np.uint32(bits + _HALF) >> _BITS_DROPPED)
        keys[i] = np.uint32(_ZERO + np.uint32(np.uint32(i) % _TURNS)) if size == _NOTHING else key
    return least, most, finest


@compiled
def _leave_out(block: Block, facts: Counts) -> None:
    """Makes pairs that hold a NaN or an infinity equal, and counts them."""
    a, b = block
    for i in range(a.size):
        if not abs(np.float64(b[i]) - np.float64(a[i])) <= _BEYOND:
            a[i], b[i] = 0.0, 0.0
            facts[i % len(facts), NON_FINITE] += 1


@compiled
def _grade_of(largest: np.uint32) -> int:
    exponent = int(largest >> _FRACTION_BITS) + _EXPONENT_OF_FIELD
    return (exponent - LEAST_EXPONENT + GRADE_BITS - 1) // GRADE_BITS


@compiled
def _lifts_of(grade: int) -> Lifts:
    """What to add for multiples of the units of d, of the upper and of the lower part of d²."""
    exponent = grade * GRADE_BITS + LEAST_EXPONENT
    return (
        math.ldexp(1.5, 52 + exponent - SUM_BITS),
        math.ldexp(1.5, 52 + 2 * exponent - SUM_BITS),
        math.ldexp(1.5, 52 + 2 * exponent - 2 * SUM_BITS),
    )


@compiled
def _least_whole(grade: int) -> np.uint32:
    """The bits of the number from which on every float32 is a multiple of the unit of d."""
    exponent = grade * GRADE_BITS + LEAST_EXPONENT - SUM_BITS + int(_FRACTION_BITS)
    return np.uint32(max(exponent - _EXPONENT_OF_FIELD + 1, 0) << int(_FRACTION_BITS))


@compiled
def _add_up(block: Block, lifts: Lifts, sums: Counts, tops: Doubles) -> None:
    """Adds to each column's four sums, and writes each column's largest |b - a|."""
    a, b = block
    lift, lift_upper, lift_lower = lifts
    for column in range(COLUMNS):
        total, total_abs, upper, lower, top = np.int64(0), np.int64(0), np.int64(0), np.int64(0), 0.0
        for row in range(ROWS):
            difference = np.float64(b[row * COLUMNS + column]) - np.float64(a[row * COLUMNS + column])
            size = np.float64(abs(difference))
            square = difference * difference
            whole, part = np.float64(size + lift), np.float64(square + lift_upper)
            top = max(top, size)
            total += np.float64(difference + lift).view(np.int64)
            total_abs += whole.view(np.int64)
            upper += part.view(np.int64)
            lower += np.float64(square - (part - lift_upper) + lift_lower).view(np.int64)
        tops[column] = top
        sums[TOTAL * COLUMNS + column] += total
        sums[TOTAL_ABS * COLUMNS + column] += total_abs
        sums[SQUARES_UPPER * COLUMNS + column] += upper
        sums[SQUARES_LOWER * COLUMNS + column] += lower


@compiled
def _settle(column_sums: Counts, lifts: Lifts, blocks: int, sums: Counts) -> None:
    """Moves what so many blocks have added to the columns to the channels' `sums`."""
    for kind in range(4):
        lift = np.float64(lifts[max(kind - 1, 0)])
        lifted = lift.view(np.int64) * (blocks * ROWS)
        for column in range(COLUMNS):
            whole = column_sums[kind * COLUMNS + column] - lifted
            sums[column % len(sums), kind, 0] += whole >> 32
            sums[column % len(sums), kind, 1] += whole & _LOWER_HALF
            column_sums[kind * COLUMNS + column] = 0


@compiled
def _leaves_rests(block: Block, lift: float) -> bool:
    """Whether a difference is no multiple: also of small numbers it may be one. To look at all blocks takes longer."""
    a, b = block
    rests = np.int64(0)
    for i in range(BLOCK):
        size = np.float64(abs(np.float64(b[i]) - np.float64(a[i])))
        rests |= np.float64(size + lift - lift).view(np.int64) ^ size.view(np.int64)
    return bool(rests)


@compiled
def _add_rests(block: Block, lifts: Lifts, rests: Counts) -> None:
    """Adds what `_add_up` has left over to the sums of their exponents: a branch where that is 0 costs more."""
    a, b = block
    lift, lift_upper, lift_lower = lifts
    channels = len(rests)
    for pixel in range(BLOCK // channels):
        for channel in range(channels):
            difference = np.float64(b[pixel * channels + channel]) - np.float64(a[pixel * channels + channel])
            size, square = abs(difference), difference * difference
            rest = size - (size + lift - lift)
            lower = square - (square + lift_upper - lift_upper)
            rest_of_square = lower - (lower + lift_lower - lift_lower)
            for kind, part in ((NEGATIVE if difference < 0.0 else POSITIVE, rest), (SQUARED, rest_of_square)):
                bits = np.float64(part).view(np.int64)
                exponent, negative = (bits >> 52) & 0x7FF, bits >> 63
                whole = (bits & _FRACTION) | (1 << 52) if exponent else 0
                rests[channel, kind, exponent, 0] += ((whole & _LOWER_HALF) ^ negative) - negative
                rests[channel, kind, exponent, 1] += ((whole >> 32) ^ negative) - negative


@compiled
def _note_maxima(block: Block, tops: Doubles, first: int, facts: Counts, maxima: Doubles) -> np.uint32:
    """Notes what in a block is larger than any before; returns the bits of the least of the channels' maxima."""
    channels = len(maxima)
    least = _ALL
    quarter = COLUMNS // 4  # whole pixels, too; as far as that the columns are compared on vectors
    for column in range(quarter):
        tops[column] = max(tops[column], tops[column + quarter], tops[column + 2 * quarter], tops[column + 3 * quarter])
    for channel in range(channels):
        top = 0.0
        for column in range(channel, quarter, channels):
            top = max(top, tops[column])
        if top > maxima[channel]:
            maxima[channel] = top
            facts[channel, LARGEST_AT] = first + _first_of(block, channel, channels, top)
        least = min(least, np.float32(maxima[channel]).view(np.uint32))
    return least


@compiled
def _first_of(block: Block, channel: int, channels: int, size: float) -> int:
    a, b = block
    for i in range(channel, BLOCK, channels):
        if abs(np.float64(b[i]) - np.float64(a[i])) == size:
            return i // channels
    return 0


@compiled
def _count(keys: Table, bins: Table, lanes: tuple[int, ...]) -> int:
    """Raises the counters; returns the number of pixels that are equal in all channels."""
    channels = len(lanes)
    equal_pixels = 0
    for pixel in range(keys.size // channels):
        least = _ALL
        for channel in range(channels):
            key = keys[pixel * channels + channel]
            bins[channel, key] += _ONE
            least = min(least, key)
        equal_pixels += int(least >= _ZERO)
    return equal_pixels
