"""What is counted and added up of a pair of images of which at least one is `float32`."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .histogram import Histogram
from .image import Image
from .numeric.float_bins import BIN_COUNT, LARGEST, bin_edges, bin_values, count_bins
from .numeric.float_counts import (
    DIFFERING,
    LARGEST_AT,
    NON_FINITE,
    PIXELS,
    SUMS_SHAPE,
    add_differences,
    signed_totals,
    subtract,
)
from .statistics import Magnitudes, Maximum, Sums

PIXELS_AT_A_TIME = 1 << 12
"""The intermediate arrays of so many pixels stay in the second-level cache."""


@dataclass(frozen=True, eq=False)
class FloatCounts:
    """Each channel's sums, and int64[3, channels, bins]: how often A, B and b - a lie in each of `float_bins`."""

    sums: tuple[Sums, ...]
    bins: npt.NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        """The memory that the counts take."""
        return self.bins.nbytes

    def merge(self, other: "FloatCounts") -> "FloatCounts":
        """The counts of both pairs of images."""
        sums = tuple(own.merge(others) for own, others in zip(self.sums, other.sums, strict=True))
        return FloatCounts(sums, self.bins + other.bins)

    def magnitudes(self) -> Magnitudes:
        """How often each |d| occurs, to within 0.2 %."""
        signed = self.bins[2]
        counts = signed[:, LARGEST:].copy()
        counts[:, 1:] += signed[:, LARGEST - 1 :: -1]
        return Magnitudes(bin_values()[LARGEST:], counts)

    def signed_histogram(self, channel: int | None) -> Histogram:
        """Differences in bins that widen away from zero, from the first to the last that is not empty."""
        return self._histogram(2, channel)

    def histogram_a(self, channel: int | None) -> Histogram:
        """A's values in bins that widen away from zero, from the first to the last that is not empty."""
        return self._histogram(0, channel)

    def histogram_b(self, channel: int | None) -> Histogram:
        """B's values in bins that widen away from zero, from the first to the last that is not empty."""
        return self._histogram(1, channel)

    def joint(self, channel: int | None) -> None:
        """None: there is no list of levels to count pairs by."""

    def _histogram(self, which: int, channel: int | None) -> Histogram:
        counts = self.bins[which].sum(axis=0) if channel is None else self.bins[which, channel]
        occupied = np.flatnonzero(counts)
        first, last = (occupied[0], occupied[-1]) if occupied.size else (LARGEST, LARGEST)
        return Histogram(bin_edges()[first : last + 2], counts[first : last + 1])


def count_floats(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], FloatCounts]:
    """Two images of one shape as `float32`: pixels with any channel different, each channel's maximum, the counts."""
    _, width, channels = a.shape
    lanes = (0,) * channels
    bins = np.zeros((3, channels, BIN_COUNT), np.int64)
    sums = np.zeros((channels, *SUMS_SHAPE), np.int64)
    tallies = np.zeros((channels, 4), np.int64)
    max_abs = np.zeros(channels)
    doubles, floats = (np.empty(PIXELS_AT_A_TIME * channels, dtype) for dtype in (np.float64, np.float32))
    differing_pixels = 0
    for first in range(0, a.size // channels, PIXELS_AT_A_TIME):
        part = slice(first * channels, (first + PIXELS_AT_A_TIME) * channels)
        values_a, values_b = (_read_only(image.reshape(-1)[part].astype(np.float32, copy=False)) for image in (a, b))
        differences, singles = doubles[: values_a.size], floats[: values_a.size]
        subtract(values_a, values_b, differences, singles)
        differing_pixels += add_differences(differences, sums, tallies, max_abs, lanes)
        count_bins(values_a, values_b, bins[0], lanes)
        count_bins(values_b, values_a, bins[1], lanes)
        count_bins(_read_only(singles), _read_only(singles), bins[2], lanes)
    maxima = tuple(
        Maximum(float(size), int(index % width), int(index // width))
        for size, index in zip(max_abs, tallies[:, LARGEST_AT], strict=True)
    )
    channel_sums = tuple(float_sums(*of_channel) for of_channel in zip(sums, tallies, strict=True))
    return differing_pixels, maxima, FloatCounts(channel_sums, bins)


def _read_only(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A view: to numba a writeable array is another type, and a loop is compiled for each combination of types."""
    view = values.view()
    view.flags.writeable = False
    return view


def float_sums(sums: npt.NDArray[np.int64], tallies: npt.NDArray[np.int64]) -> Sums:
    """One channel's sums, out of what `core.numeric.float_counts` adds up."""
    non_finite_values = int(tallies[NON_FINITE])
    counted = int(tallies[PIXELS]) - non_finite_values, int(tallies[DIFFERING]), non_finite_values
    return Sums(*counted, *signed_totals(sums))
