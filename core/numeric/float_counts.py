"""Adding up the differences of two `float32` images, in arithmetic that no order of the values can change.

A float64 is a whole number times a power of two. The whole numbers are added up separately for each power, in integers
and in two halves, so that 2^31 values fit. Plain float64 sums were rejected because strips and merges would change
their last digits, compensated ones because they too are only nearly exact.
"""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Values = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

POSITIVE, NEGATIVE, SQUARED = 0, 1, 2
"""The sums of the positive differences, of the sizes of the negative ones, and of all squares: rows of `sums`."""

SUMS_SHAPE = (3, 2048, 2)
"""Of a channel's `sums`: which sum, the exponent as float64 stores it, the lower 32 and the upper 21 bits."""

PIXELS, NON_FINITE, DIFFERING, LARGEST_AT = range(4)
"""Columns of a channel's `tallies`: all pairs, those that hold a NaN or an infinity, those that differ, and the number
of the pixel with the first maximum."""

EXPONENT_OF_UNIT = 1075
"""A float64 with the stored exponent e is its whole number times 2^(e - 1075) (IEEE 754, 3.4)."""

_MOST = np.float64(np.finfo(np.float32).max)
_FRACTION = (1 << 52) - 1
_LOWER_HALF = (1 << 32) - 1


@compiled
def subtract(a: Values, b: Values, differences: Doubles, singles: Values) -> None:
    """Writes b - a to `differences`, and to `singles` for counting in bins; NaN where a pair is not finite."""
    for i in range(a.size):
        if abs(a[i]) <= _MOST and abs(b[i]) <= _MOST:
            differences[i] = np.float64(b[i]) - np.float64(a[i])
            singles[i] = np.float32(min(max(differences[i], -_MOST), _MOST))
        else:
            differences[i] = np.nan
            singles[i] = np.nan


@compiled
def add_differences(
    differences: Doubles, sums: Counts, tallies: Counts, max_abs: Doubles, lanes: tuple[int, ...]
) -> int:
    """Adds `differences`, flat and interleaved, to each channel's `sums`, `tallies` and `max_abs`.

    Returns the number of pixels with any channel different. `lanes` is any tuple with an item for each channel: its
    length is known when the loop is compiled.
    """
    channels = len(lanes)
    bits = differences.view(np.int64)
    squares = differences * differences
    square_bits = squares.view(np.int64)
    differing_pixels = 0
    for pixel in range(differences.size // channels):
        differs = False
        for channel in range(channels):
            tallies[channel, PIXELS] += 1
            i = pixel * channels + channel
            difference = differences[i]
            if difference == 0:
                continue
            if np.isnan(difference):
                tallies[channel, NON_FINITE] += 1
                continue
            differs = True
            tallies[channel, DIFFERING] += 1
            if abs(difference) > max_abs[channel]:
                max_abs[channel] = abs(difference)
                tallies[channel, LARGEST_AT] = tallies[channel, PIXELS] - 1
            sign = POSITIVE if difference > 0 else NEGATIVE
            exponent = (bits[i] >> 52) & 0x7FF
            whole = (bits[i] & _FRACTION) | (1 << 52)
            sums[channel, sign, exponent, 0] += whole & _LOWER_HALF
            sums[channel, sign, exponent, 1] += whole >> 32
            exponent = square_bits[i] >> 52
            whole = (square_bits[i] & _FRACTION) | (1 << 52)
            sums[channel, SQUARED, exponent, 0] += whole & _LOWER_HALF
            sums[channel, SQUARED, exponent, 1] += whole >> 32
        differing_pixels += differs
    return differing_pixels


def signed_totals(sums: Counts) -> tuple[int, int, int, int]:
    """What a channel's `sums` come to: the totals of d, of |d| and of d², and the exponent e of their units.

    Those of d and |d| count 2^e, those of d² 2^(2 e).
    """
    parts = [_parts(halves) for halves in sums]
    units = [of_sum[0][1] >> (which == SQUARED) for which, of_sum in enumerate(parts) if of_sum]
    exponent = min(units, default=0)
    positive, negative, squared = (
        sum(whole << (own - unit) for whole, own in of_sum)
        for of_sum, unit in zip(parts, (exponent, exponent, 2 * exponent), strict=True)
    )
    return positive - negative, positive + negative, squared, exponent


def _parts(halves: Counts) -> list[tuple[int, int]]:
    """Each sum kept in `halves`, int64[2048, 2], that is not 0, as a whole number and the exponent of its unit."""
    rows = np.flatnonzero(halves[:, 0] | halves[:, 1])
    kept = zip(halves[rows].tolist(), (rows - EXPONENT_OF_UNIT).tolist(), strict=True)
    return [((upper << 32) + lower, exponent) for (lower, upper), exponent in kept]
