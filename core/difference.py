"""All that can be said of two images, as counts and sums that add up over images of any size.

`measure` gives a `Difference`, which merges with others; `Difference.statistics` gives the figures. So the figures of a
corpus are those of all its pixels, not means of means. Signs are those of b - a everywhere.

Two `uint8` images are counted level against level, so that all figures come from integers. If either image is
`float32`, both are compared as `float32`, by exact sums and by counts in fine bins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import ImageContractError
from .float_counts import FloatCounts, count_floats
from .histogram import Histogram
from .image import Image, as_image
from .level_counts import LevelCounts, count_levels
from .numeric.threads import map_row_strips
from .signed_counts import SignedFloatCounts, SignedLevelCounts, count_float_differences, count_level_differences
from .statistics import PEAK, Maximum, Statistics, all_statistics

Counts: TypeAlias = LevelCounts | FloatCounts | SignedLevelCounts | SignedFloatCounts
_OF_LEVELS = LevelCounts | SignedLevelCounts
Counted: TypeAlias = tuple[int, tuple[Maximum, ...], Counts]


@dataclass(frozen=True, eq=False)
class Difference:
    """Counts over one pair of images or many, all of the same channels and either all `uint8` or not.

    `differing_pixels` are those with any channel different. `maxima` has an item for each channel; after a merge the
    place is that of the larger maximum, in whichever image it was.
    """

    pixels: int
    differing_pixels: int
    maxima: tuple[Maximum, ...]
    counts: Counts

    @property
    def channels(self) -> int:
        """The number of channels of both images."""
        return len(self.maxima)

    @property
    def dtype(self) -> Literal["uint8", "float32"]:
        """What both images were compared as."""
        return "uint8" if isinstance(self.counts, _OF_LEVELS) else "float32"

    @property
    def nbytes(self) -> int:
        """The memory that the counts take: 0.5 MB a channel for `uint8` images, else 1.6 MB."""
        return self.counts.nbytes

    @property
    def is_none(self) -> bool:
        """Whether all pairs of values are equal; one with a NaN or an infinity is not."""
        return self.differing_pixels == 0 and not any(sums.non_finite_values for sums in self.counts.sums)

    def merge(self, other: "Difference") -> "Difference":
        """The difference of both pairs of images together, the same in whatever order many are merged.

        Raises `ImageContractError` when the numbers of channels differ, or only one is of `uint8` images.
        """
        if self.channels != other.channels:
            raise ImageContractError(
                f"Cannot merge a difference of {self.channels} channels with one of {other.channels}.",
                "Merge those of equal channels among themselves.",
            )
        return Difference(
            self.pixels + other.pixels,
            self.differing_pixels + other.differing_pixels,
            tuple(own.larger(others) for own, others in zip(self.maxima, other.maxima, strict=True)),
            _merge_counts(self.counts, other.counts),
        )

    def statistics(self, peak: float = PEAK) -> Statistics:
        """The figures; `peak` is white's value, for the PSNR: 255 until a normalise stage."""
        differing_pixels_pct = 100 * self.differing_pixels / self.pixels
        return all_statistics(self.counts.sums, self.counts.magnitudes(), self.maxima, differing_pixels_pct, peak)

    def signed_histogram(self, channel: int | None = None) -> Histogram:
        """How often each b - a occurs, in one channel or in all: a bin for each level from -255 to 255.

        For float images the bins widen away from zero, and reach from the first to the last that is not empty.
        """
        return self.counts.signed_histogram(channel)

    def histogram_a(self, channel: int | None = None) -> Histogram:
        """How often each value of A occurs: a bin for each level from 0 to 255, or as in `signed_histogram`."""
        return self.counts.histogram_a(channel)

    def histogram_b(self, channel: int | None = None) -> Histogram:
        """How often each value of B occurs: a bin for each level from 0 to 255, or as in `signed_histogram`."""
        return self.counts.histogram_b(channel)

    def joint(self, channel: int | None = None) -> npt.NDArray[np.int64] | None:
        """How often a level of A meets a level of B: int64[256, 256], [a, b]. None unless both were `uint8`."""
        return self.counts.joint(channel)


def _merge_counts(own: Counts, other: Counts) -> Counts:
    if type(own) is type(other):
        merged: Counts = own.merge(other)  # type: ignore[arg-type]
        return merged
    if isinstance(own, _OF_LEVELS) is isinstance(other, _OF_LEVELS):
        raise ImageContractError(
            "Cannot merge a difference that knows both images' values with one that does not.",
            "Measure all with differences_only, or none.",
        )
    raise ImageContractError(
        "Cannot merge a difference of uint8 images with one of float32 images.",
        "Give the recipes one dtype for all pictures, with cast.uint8 or cast.float32.",
    )


def measure(a: Image, b: Image, *, threads: int | None = None, differences_only: bool = False) -> Difference:
    """The difference of two images of one shape, in `threads` threads (default: `core.numeric.threads.THREADS`).

    With `differences_only` all figures are the same, but neither image's histogram nor their joint one is counted.
    Raises `ImageContractError` when the shapes differ, or an array is no `Image`.
    """
    a, b = as_pair(a, b)
    count = _counting(are_levels=a.dtype == b.dtype == np.uint8, differences_only=differences_only)
    height, width, _ = a.shape

    def measure_rows(rows: slice) -> Difference:
        differing_pixels, maxima, counts = count(a[rows], b[rows])
        if rows.start:
            maxima = tuple(Maximum(maximum.max_abs, maximum.x, maximum.y + rows.start) for maximum in maxima)
        return Difference((rows.stop - rows.start) * width, differing_pixels, maxima, counts)

    return reduce(Difference.merge, map_row_strips(measure_rows, height, width, threads))


def _counting(*, are_levels: bool, differences_only: bool) -> Callable[[Image, Image], Counted]:
    if differences_only:
        return count_level_differences if are_levels else count_float_differences
    return count_levels if are_levels else count_floats


def as_pair(a: Image, b: Image) -> tuple[Image, Image]:
    """Both arrays as `Image`s, which leaves the caller's own as writable as they were.

    Raises `ImageContractError` when the shapes differ, or an array is no `Image`.
    """
    a, b = as_image(a.view()), as_image(b.view())
    if a.shape != b.shape:
        raise ImageContractError(
            f"A has the shape {a.shape} and B has {b.shape} (height, width, channels).",
            "Resize both to one size, and give both the same channels.",
        )
    return a, b
