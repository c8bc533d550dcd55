"""What is counted of a pair of images when only their difference matters: how often each b - a occurs.

It takes a tenth of the time of `LevelCounts` and `FloatCounts`, and knows nothing of either image's own values. The
figures are the same to the last digit.
"""

from dataclasses import dataclass
from itertools import starmap
from threading import local
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from .errors import ImageContractError
from .histogram import Histogram
from .image import CHANNEL_NAMES, Image
from .level_counts import SIGNED_EDGES, level_magnitudes, level_sums
from .numeric.float_bins import BIN_COUNT, LARGEST, bin_edges, bin_values
from .numeric.float_counts import SUMS_SHAPE, signed_totals
from .numeric.signed_counts import Levels, count_signed_levels
from .numeric.signed_floats import (
    GRADE_BITS,
    GRADES,
    KEYS,
    KEYS_APART,
    LEAST_EXPONENT,
    SUM_BITS,
    ZEROS,
    count_signed_floats,
)
from .numeric.sizes import Counts, Sided, add_sided, float_sizes
from .numeric.taken_counts import take_counts
from .statistics import Magnitudes, Maximum, Sums

_Totals = tuple[int, int, int, int]

_NOT_COUNTED = ImageContractError(
    "Only the differences were counted, not either image's values.", "Measure without differences_only."
)


@dataclass(frozen=True, eq=False)
class SignedLevelCounts:
    """Of two `uint8` images: int64[channels, 511], how often each b - a from -255 to 255 occurs."""

    channel_counts: npt.NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        """The memory that the counts take."""
        return self.channel_counts.nbytes

    def copy(self) -> "SignedLevelCounts":
        """The same counts, for `absorb` to add to."""
        return SignedLevelCounts(self.channel_counts.copy())

    def absorb(self, other: "SignedLevelCounts") -> "SignedLevelCounts":
        """As `merge`, but into the arrays of these counts, which must be nobody else's."""
        np.add(self.channel_counts, other.channel_counts, out=self.channel_counts)
        return self

    def merge(self, other: "SignedLevelCounts") -> "SignedLevelCounts":
        """The counts of both pairs of images."""
        return self.copy().absorb(other)

    @property
    def sums(self) -> tuple[Sums, ...]:
        """Each channel's exact sums."""
        return level_sums(self.channel_counts)

    def magnitudes(self) -> Magnitudes:
        """How often each |d| occurs."""
        return level_magnitudes(self.channel_counts)

    def signed_histogram(self, channel: int | None) -> Histogram:
        """How often each level of b - a from -255 to 255 occurs."""
        counts = self.channel_counts
        return Histogram(SIGNED_EDGES, counts.sum(axis=0) if channel is None else counts[channel])

    def histogram_a(self, _channel: int | None) -> Histogram:
        """Raises `ImageContractError`: it was not counted."""
        raise _NOT_COUNTED

    def histogram_b(self, _channel: int | None) -> Histogram:
        """Raises `ImageContractError`: it was not counted."""
        raise _NOT_COUNTED

    def joint(self, _channel: int | None) -> None:
        """None: it was not counted."""


@dataclass(frozen=True, eq=False)
class SignedFloatCounts:
    """Of images of which one is `float32`: each channel's sums, and how often b - a lies in each of `float_bins`.

    `zeros` int64[channels] counts the bin of 0. `sided` [2, channels, sizes] counts the negative and the positive bins
    from the size `least` on, which is as many as are occupied: a tenth of all. It is uint32 for one pair of images, for
    less memory to go through, and int64 for sums of them.
    """

    sums: tuple[Sums, ...]
    zeros: npt.NDArray[np.int64]
    sided: Sided
    least: int

    @classmethod
    def from_bins(cls, sums: tuple[Sums, ...], bins: npt.NDArray[np.integer[Any]]) -> "SignedFloatCounts":
        """The counts of which `bins` gives all that there are."""
        sizes = np.abs(np.flatnonzero(bins.any(axis=0)) - LARGEST)
        sizes = sizes[sizes > 0]
        least, end = (int(sizes.min()), int(sizes.max()) + 1) if sizes.size else (LARGEST, LARGEST)
        sided = np.stack(_sides(bins, least, end)).astype(np.int64)
        return cls(sums, bins[:, LARGEST].astype(np.int64), sided, least)

    @property
    def nbytes(self) -> int:
        """The memory that the counts take."""
        return self.sided.nbytes

    def copy(self) -> "SignedFloatCounts":
        """The same counts, for `absorb` to add to."""
        return SignedFloatCounts(self.sums, self.zeros.copy(), self.sided.astype(np.int64), self.least)

    def absorb(self, other: "SignedFloatCounts") -> "SignedFloatCounts":
        """As `merge`, but into the arrays of these counts, which must be nobody else's."""
        occupied = [each for each in (self, other) if each.sided.size] or [self]
        wider = self._from(min(each.least for each in occupied), max(each.end for each in occupied))
        first = other.least - wider.least
        add_sided(cast(Counts, wider.sided), other.sided, first)
        np.add(wider.zeros, other.zeros, out=wider.zeros)
        return SignedFloatCounts(
            tuple(starmap(Sums.merge, zip(self.sums, other.sums, strict=True))), wider.zeros, wider.sided, wider.least
        )

    def merge(self, other: "SignedFloatCounts") -> "SignedFloatCounts":
        """The counts of both pairs of images."""
        return self.copy().absorb(other)

    @property
    def end(self) -> int:
        """The size after the last that is counted."""
        return self.least + int(self.sided.shape[2])

    def _from(self, least: int, end: int) -> "SignedFloatCounts":
        """The same counts with room for more sizes; these where there is enough."""
        if (least, end) == (self.least, self.end):
            return self
        sided = np.zeros((2, len(self.zeros), end - least), np.int64)
        sided[..., self.least - least : self.end - least] = self.sided
        return SignedFloatCounts(self.sums, self.zeros, sided, least)

    def magnitudes(self) -> Magnitudes:
        """How often each |d| occurs, to within 0.2 %."""
        values = np.concatenate([[0.0], bin_values()[LARGEST + self.least : LARGEST + self.end]])
        return Magnitudes(values, float_sizes(self.zeros, self.sided))

    def bins(self) -> npt.NDArray[np.int64]:
        """The counts of all bins, int64[channels, `BIN_COUNT`]."""
        bins = np.zeros((len(self.zeros), BIN_COUNT), np.int64)
        bins[:, LARGEST] = self.zeros
        below, above = _sides(bins, self.least, self.end)
        below[:], above[:] = self.sided
        return bins

    def signed_histogram(self, channel: int | None) -> Histogram:
        """Differences in bins that widen away from zero, from the first to the last that is not empty."""
        bins = self.bins()
        counts = bins.sum(axis=0) if channel is None else bins[channel]
        occupied = np.flatnonzero(counts)
        first, last = (occupied[0], occupied[-1]) if occupied.size else (LARGEST, LARGEST)
        return Histogram(bin_edges()[first : last + 2], counts[first : last + 1])

    def histogram_a(self, _channel: int | None) -> Histogram:
        """Raises `ImageContractError`: it was not counted."""
        raise _NOT_COUNTED

    def histogram_b(self, _channel: int | None) -> Histogram:
        """Raises `ImageContractError`: it was not counted."""
        raise _NOT_COUNTED

    def joint(self, _channel: int | None) -> None:
        """None: there is no list of levels to count pairs by."""


def _sides(
    bins: npt.NDArray[np.integer[Any]], least: int, end: int
) -> tuple[npt.NDArray[np.integer[Any]], npt.NDArray[np.integer[Any]]]:
    """Views of the negative and the positive bins of sizes from `least` to before `end`, outwards."""
    return bins[:, LARGEST - end + 1 : LARGEST - least + 1][:, ::-1], bins[:, LARGEST + least : LARGEST + end]


def count_level_differences(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], SignedLevelCounts]:
    """Two `uint8` images of one shape: pixels with any channel different, each channel's maximum, and the counts."""
    _, width, channels = a.shape
    levels_a, levels_b = cast(Levels, a.reshape(-1)), cast(Levels, b.reshape(-1))
    counts, firsts = np.zeros((channels, 511), np.int64), np.zeros((channels, 2), np.int64)
    differing_pixels = count_signed_levels(levels_a, levels_b, counts, firsts, (0,) * channels)
    maxima = tuple(Maximum(float(size), pixel % width, pixel // width) for size, pixel in firsts.tolist())
    return differing_pixels, maxima, SignedLevelCounts(counts)


class _Tables(local):
    """What a thread counts in: arrays that it keeps, since clearing what was used takes less than new ones."""

    def __init__(self) -> None:
        channels = max(CHANNEL_NAMES)
        self.bins = np.zeros((channels, KEYS + KEYS_APART), np.uint32)
        self.rests = np.zeros((channels, *SUMS_SHAPE), np.int64)


_tables = _Tables()


def count_float_differences(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], SignedFloatCounts]:
    """Two images of one shape: pixels with any channel different, each channel's maximum, the counts."""
    height, width, channels = a.shape
    sums, facts = np.zeros((GRADES, channels, 4, 2), np.int64), np.zeros((channels, 4), np.int64)
    bins, rests, maxima = _tables.bins[:channels], _tables.rests[:channels], np.zeros(channels)
    differing_pixels, grades, has_rests, smallest, largest = count_signed_floats(
        a.reshape(-1), b.reshape(-1), (bins, sums, rests, facts, maxima), (0,) * channels
    )
    least, sided = take_counts(bins, smallest, largest, height * width, facts)
    met = [(grade, sums[grade].tolist()) for grade in range(GRADES) if grades >> grade & 1]
    found, channel_sums = [], []
    for channel, (non_finite, place, differing, _) in enumerate(facts.tolist()):
        found.append(Maximum(float(maxima[channel]), place % width, place // width))
        parts = [_totals(grade, *halves[channel]) for grade, halves in met]
        if has_rests:
            parts.append(signed_totals(rests[channel]))
        channel_sums.append(_sums((height * width - non_finite, differing, non_finite), parts))
    if has_rests:
        rests[:] = 0
    counts = SignedFloatCounts(tuple(channel_sums), facts[:, ZEROS].copy(), sided, least)
    return differing_pixels, tuple(found), counts


def _totals(
    grade: int, total: list[int], total_abs: list[int], squares_upper: list[int], squares_lower: list[int]
) -> _Totals:
    """Those of d, |d| and d² of one grade, given in units of 2^32 and of 1, and the exponent of their units."""
    return (
        (total[0] << 32) + total[1],
        (total_abs[0] << 32) + total_abs[1],
        (((squares_upper[0] << 32) + squares_upper[1]) << SUM_BITS) + (squares_lower[0] << 32) + squares_lower[1],
        grade * GRADE_BITS + LEAST_EXPONENT - SUM_BITS,
    )


def _sums(counted: tuple[int, int, int], parts: list[_Totals]) -> Sums:
    """A channel's sums, whose totals are in parts of different exponents."""
    sums = Sums(*counted, *(parts[0] if parts else (0, 0, 0)))
    for part in parts[1:]:
        sums = sums.merge(Sums(0, 0, 0, *part))
    return sums
