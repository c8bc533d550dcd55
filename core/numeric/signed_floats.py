"""Counting and adding up the differences of a channel of two images, of which one is `float32`.

The sums are those of `core.numeric.float_counts` and the bins those of `float_bins`, in a quarter of their time: what
can run on vectors is a loop of its own, and differences that are multiples of 2^-30, as nearly all of pictures on the
0 to 255 scale are, are added up as such multiples instead of one sum for each exponent.
"""

import numpy as np
import numpy.typing as npt

from .compiled import compiled
from .float_bins import DROPPED_BITS, LARGEST, SMALLEST_KEY
from .float_counts import NEGATIVE, POSITIVE, SQUARED

Values = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_MOST = np.float64(np.finfo(np.float32).max)
_FRACTION = (1 << 52) - 1
_LOWER_HALF = (1 << 32) - 1
_HALF = np.int32(1 << (DROPPED_BITS - 1))
_BITS_DROPPED = np.int32(DROPPED_BITS)
_MAGNITUDE = np.int32(0x7FFFFFFF)
_SMALLEST = np.int32(SMALLEST_KEY)
_OUTERMOST = np.int32(LARGEST)
_NOTHING = np.int32(0)

_BELOW = 256.0
_MULTIPLES, _SQUARE_MULTIPLES = 2.0**30, 2.0**44
_EXPONENT, _SQUARE_EXPONENT = 1075 - 30, 1075 - 44
"""The rows of `sums` that stand for these multiples."""


@compiled
def subtract_channel(
    a: Values, b: Values, channel: int, differences: Doubles, differs: npt.NDArray[np.uint8]
) -> tuple[int, int, float]:
    """Writes b - a of one channel of [pixels, channels] to `differences`, and notes in `differs` where it is not 0.

    A pair that is not finite counts as equal. Returns how many are not finite, how many differ, and the largest size.
    """
    non_finite = 0
    differing = 0
    largest = 0.0
    for i in range(differences.size):
        value_a = np.float64(a[i, channel])
        value_b = np.float64(b[i, channel])
        is_finite = abs(value_a) <= _MOST and abs(value_b) <= _MOST
        difference = value_b - value_a if is_finite else 0.0
        differences[i] = difference
        differs[i] |= np.uint8(difference != 0.0)
        differing += int(difference != 0.0)
        non_finite += int(not is_finite)
        largest = max(largest, abs(difference))
    return non_finite, differing, largest


@compiled
def add_multiples(differences: Doubles, sums: Counts) -> int:
    """Adds those that are multiples to `sums` [3, 2048, 2]; returns how many are not, for `add_others`."""
    positive, negative, lower, upper = 0, 0, 0, 0
    others = 0
    for i in range(differences.size):
        difference = differences[i]
        square = difference * difference
        is_small = abs(difference) < _BELOW
        multiple = int(difference * _MULTIPLES if is_small else 0.0)
        square_multiple = int(square * _SQUARE_MULTIPLES if is_small else 0.0)
        is_exact = (
            np.float64(multiple) == difference * _MULTIPLES
            and np.float64(square_multiple) == square * _SQUARE_MULTIPLES
        )
        others += int(not is_exact)
        positive += max(multiple, 0) if is_exact else 0
        negative += max(-multiple, 0) if is_exact else 0
        lower += square_multiple & _LOWER_HALF if is_exact else 0
        upper += square_multiple >> 32 if is_exact else 0
    sums[POSITIVE, _EXPONENT, 0] += positive & _LOWER_HALF
    sums[POSITIVE, _EXPONENT, 1] += positive >> 32
    sums[NEGATIVE, _EXPONENT, 0] += negative & _LOWER_HALF
    sums[NEGATIVE, _EXPONENT, 1] += negative >> 32
    sums[SQUARED, _SQUARE_EXPONENT, 0] += lower
    sums[SQUARED, _SQUARE_EXPONENT, 1] += upper
    return others


@compiled
def add_others(differences: Doubles, sums: Counts) -> None:
    """Adds those that are no multiples, each to the sum of its exponent."""
    squares = differences * differences
    bits, square_bits = differences.view(np.int64), squares.view(np.int64)
    for i in range(differences.size):
        difference, square = differences[i], squares[i]
        if abs(difference) < _BELOW:
            is_multiple = np.float64(np.int64(difference * _MULTIPLES)) == difference * _MULTIPLES
            if is_multiple and np.float64(np.int64(square * _SQUARE_MULTIPLES)) == square * _SQUARE_MULTIPLES:
                continue
        sign = POSITIVE if difference > 0 else NEGATIVE
        exponent = (bits[i] >> 52) & 0x7FF
        whole = (bits[i] & _FRACTION) | (1 << 52)
        sums[sign, exponent, 0] += whole & _LOWER_HALF
        sums[sign, exponent, 1] += whole >> 32
        exponent = square_bits[i] >> 52
        whole = (square_bits[i] & _FRACTION) | (1 << 52)
        sums[SQUARED, exponent, 0] += whole & _LOWER_HALF
        sums[SQUARED, exponent, 1] += whole >> 32


@compiled
def count_places(differences: Doubles, bins: Counts) -> tuple[int, int]:
    """Counts `differences` in `bins` [bins]; returns the least and the largest magnitude's bin besides that of 0.

    Where there is none the least is the outermost bin and the largest 0.
    """
    singles = np.empty(differences.size, np.float32)
    for i in range(differences.size):
        singles[i] = np.float32(min(max(differences[i], -_MOST), _MOST))
    bits = singles.view(np.int32)
    places = np.empty(differences.size, np.int32)
    least, most = _OUTERMOST, _NOTHING
    for i in range(differences.size):
        rounded = ((bits[i] & _MAGNITUDE) + _HALF) >> _BITS_DROPPED
        size = min(max(rounded - _SMALLEST, _NOTHING), _OUTERMOST)
        least = min(least, size if size > 0 else _OUTERMOST)
        most = max(most, size)
        places[i] = _OUTERMOST + size if bits[i] >= 0 else _OUTERMOST - size
    for i in range(differences.size):
        bins[places[i]] += 1
    return int(least), int(most)
