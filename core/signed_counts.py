"""What is counted of a pair of images when only their difference matters: how often each b - a occurs.

It takes a third of the time of `LevelCounts` and `FloatCounts`, and knows nothing of either image's own values. The
figures are the same to the last digit.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .errors import ImageContractError
from .float_counts import FloatSums, float_sums
from .histogram import Histogram
from .image import Image
from .level_counts import SIGNED_EDGES, largest, level_moments
from .numeric.first_maximum import find_first
from .numeric.float_bins import BIN_COUNT, LARGEST, bin_edges, bin_values
from .numeric.float_counts import DIFFERING, NON_FINITE, PIXELS, SUMS_SHAPE
from .numeric.signed_counts import count_signed_levels
from .numeric.signed_floats import add_multiples, add_others, count_places, subtract_channel
from .statistics import Maximum, Moments

PIXELS_AT_A_TIME = 1 << 15
"""The differences of so many pixels stay in the second-level cache."""

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
        return SignedLevelCounts(self.channel_counts + other.channel_counts)

    def moments(self, channel: int) -> Moments:
        """One channel's exact sums."""
        return level_moments(self.channel_counts[channel])

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
    """Of images of which one is `float32`: each channel's sums, and int64[channels, bins], how often b - a is in a bin.

    `sizes` are the least and the largest magnitude's bin that may be occupied, from 1, besides that of 0.
    """

    sums: tuple[FloatSums, ...]
    bins: npt.NDArray[np.int64]
    sizes: tuple[int, int]

    @property
    def nbytes(self) -> int:
        """The memory that the counts take."""
        return self.bins.nbytes

    def copy(self) -> "SignedFloatCounts":
        """The same counts, for `absorb` to add to."""
        return SignedFloatCounts(self.sums, self.bins.copy(), self.sizes)

    def absorb(self, other: "SignedFloatCounts") -> "SignedFloatCounts":
        """As `merge`, but into the arrays of these counts, which must be nobody else's."""
        sums = tuple(own.merge(others) for own, others in zip(self.sums, other.sums, strict=True))
        least, most = other.sizes[0], max(other.sizes)
        sides = slice(LARGEST - most, LARGEST - least + 1), slice(LARGEST + least, LARGEST + most + 1)
        for part in (*sides, slice(LARGEST, LARGEST + 1)):
            self.bins[:, part] += other.bins[:, part]
        return SignedFloatCounts(sums, self.bins, _together(self.sizes, other.sizes))

    def merge(self, other: "SignedFloatCounts") -> "SignedFloatCounts":
        """The counts of both pairs of images."""
        return self.copy().absorb(other)

    def moments(self, channel: int) -> Moments:
        """One channel's exact sums, and its |d| to within 0.2 %."""
        least, most = self.sizes
        signed = self.bins[channel]
        most = max(least, most)
        upwards, downwards = slice(LARGEST + least, LARGEST + most + 1), slice(LARGEST - most, LARGEST - least + 1)
        counts = np.concatenate([signed[LARGEST : LARGEST + 1], signed[upwards] + signed[downwards][::-1]])
        magnitudes = np.concatenate([[0.0], bin_values()[upwards]])
        return Moments(**vars(self.sums[channel]), magnitudes=magnitudes, magnitude_counts=counts)

    def signed_histogram(self, channel: int | None) -> Histogram:
        """Differences in bins that widen away from zero, from the first to the last that is not empty."""
        counts = self.bins.sum(axis=0) if channel is None else self.bins[channel]
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


def _together(own: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(own[0], other[0]), max(own[1], other[1])


def count_level_differences(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], SignedLevelCounts]:
    """Two `uint8` images of one shape: pixels with any channel different, each channel's maximum, and the counts."""
    levels_a, levels_b = (image.astype(np.uint8, copy=False) for image in (a, b))
    channels = a.shape[2]
    counts = np.zeros((channels, 511), np.int64)
    differing_pixels = count_signed_levels(levels_a.reshape(-1), levels_b.reshape(-1), counts, (0,) * channels)
    max_abs = np.array([largest(of_channel) for of_channel in counts])
    places = find_first(levels_a, levels_b, max_abs)
    maxima = tuple(Maximum(float(size), int(x), int(y)) for size, (x, y) in zip(max_abs, places, strict=True))
    return differing_pixels, maxima, SignedLevelCounts(counts)


def count_float_differences(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], SignedFloatCounts]:
    """Two images of one shape: pixels with any channel different, each channel's maximum, the counts."""
    _, width, channels = a.shape
    pixels_a, pixels_b = (image.reshape(-1, channels) for image in (a, b))
    counting = [_ChannelCounts() for _ in range(channels)]
    differing_pixels = 0
    for first in range(0, len(pixels_a), PIXELS_AT_A_TIME):
        part_a, part_b = (pixels[first : first + PIXELS_AT_A_TIME] for pixels in (pixels_a, pixels_b))
        differs = np.zeros(len(part_a), np.uint8)
        for channel, counts in enumerate(counting):
            counts.add(part_a, part_b, channel, differs, first)
        differing_pixels += int(np.count_nonzero(differs))
    maxima = tuple(Maximum(each.max_abs, each.max_at % width, each.max_at // width) for each in counting)
    sizes = min(each.least for each in counting), max(each.most for each in counting)
    bins = np.stack([each.bins for each in counting])
    return differing_pixels, maxima, SignedFloatCounts(tuple(each.sums for each in counting), bins, sizes)


class _ChannelCounts:
    """What is counted of a channel."""

    def __init__(self) -> None:
        self.bins = np.zeros(BIN_COUNT, np.int64)
        self.least, self.most = LARGEST, 0
        self.max_abs, self.max_at = 0.0, 0
        self._sums = np.zeros(SUMS_SHAPE, np.int64)
        self._tallies = np.zeros(4, np.int64)

    def add(self, a: Image, b: Image, channel: int, differs: npt.NDArray[np.uint8], first: int) -> None:
        """Adds one channel of [pixels, channels], the first of which is the picture's pixel `first`."""
        differences = np.empty(len(a))
        non_finite, differing, largest_size = subtract_channel(a, b, channel, differences, differs)
        self._tallies[PIXELS] += len(a)
        self._tallies[NON_FINITE] += non_finite
        self._tallies[DIFFERING] += differing
        if largest_size > self.max_abs:
            self.max_abs = largest_size
            self.max_at = first + int(np.argmax(np.abs(differences) == largest_size))
        if add_multiples(differences, self._sums):
            add_others(differences, self._sums)
        least, most = count_places(differences, self.bins)
        self.bins[LARGEST] -= non_finite
        self.least, self.most = min(self.least, int(least)), max(self.most, int(most))

    @property
    def sums(self) -> FloatSums:
        """The exact sums."""
        return float_sums(self._sums, self._tallies)
