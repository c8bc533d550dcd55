"""The figures of a difference, from exact sums and counts.

Formulas are those of every textbook, with d = b - a over all values of both images:
bias = mean(d), mean_abs = mean(|d|), rmse = sqrt(mean(d^2)), psnr_db = 10 log10(peak^2 / mean(d^2)).
"""

import math
from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .histogram import percentiles

PEAK = 255.0
"""White, for the PSNR, unless the caller says otherwise."""

PERCENTS = (50, 95, 99)


class Maximum(NamedTuple):
    """The largest |b - a| of a channel and its first place in raster order; (0, 0) when nothing differs."""

    max_abs: float
    x: int
    y: int

    def larger(self, other: "Maximum") -> "Maximum":
        """The larger of two; of equal ones the first in raster order, whatever the order of merging."""
        return min(self, other, key=Maximum._order)

    def _order(self) -> tuple[float, int, int]:
        return -self.max_abs, self.y, self.x


class Sums(NamedTuple):
    """Exact sums over d = b - a of a channel, as whole numbers; pairs that are not finite are in none but their own.

    `total` (of d) and `total_abs` (of |d|) count units of 2^`exponent`, `total_squared` units of 2^(2 `exponent`).
    """

    values: int
    differing_values: int
    non_finite_values: int
    total: int
    total_abs: int
    total_squared: int
    exponent: int = 0

    def merge(self, other: "Sums") -> "Sums":
        """The sums over both, the same in whatever order sums are merged."""
        exponent = min(self.exponent, other.exponent)
        return Sums._make((*map(add, self.in_units(exponent), other.in_units(exponent)), exponent))

    def in_units(self, exponent: int) -> tuple[int, ...]:
        """The six sums with the totals in units of 2^`exponent`, which is no more than their own."""
        shift = self.exponent - exponent
        if not shift:
            return self[:6]
        return (*self[:3], self.total << shift, self.total_abs << shift, self.total_squared << 2 * shift)

    def mean(self, total: int, exponent: int) -> float:
        """`total` units of 2^`exponent` over the number of values, to the last digit of a float."""
        return math.ldexp(total / (self.values or 1), exponent)


class Magnitudes(NamedTuple):
    """How often each |d| occurs: `values` float64[n] ascend from 0, `counts` is int64[channels, n].

    Pairs that are not finite are in no count.
    """

    values: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]


class Statistics(NamedTuple):
    """The figures over all channels or of one, in units of the values (levels, until a normalise stage).

    `values` are the pairs compared. A pair with a NaN or an infinity is not: it counts in `non_finite_values` alone,
    and where no pair is left every figure is 0. `max_at` is (x, y, channel) of the first maximum in raster order.
    `psnr_db` is None when nothing differs. Percentiles of |d| interpolate as `numpy.percentile` does; for float images
    they are within 0.2 % (see `core.numeric.float_bins`), all else is exact to the last digit of a float.
    `channels` are each channel's own figures, and empty in those.
    """

    max_abs: float
    mean_abs: float
    bias: float
    rmse: float
    psnr_db: float | None
    differing_values_pct: float
    differing_pixels_pct: float
    p50: float
    p95: float
    p99: float
    max_at: tuple[int, int, int]
    values: int
    differing_values: int
    non_finite_values: int
    channels: tuple["Statistics", ...] = ()


def all_statistics(
    sums: Sequence[Sums], magnitudes: Magnitudes, maxima: Sequence[Maximum], differing_pixels_pct: float, peak: float
) -> Statistics:
    """The figures over all channels, given each channel's sums, magnitudes and maximum."""
    *of_channels, of_all = percentiles(magnitudes.values, magnitudes.counts, PERCENTS)
    channels = tuple(
        # A pixel of one channel is one value.
        _figures(each, found, (maximum, channel), _differing_pct(each), peak)
        for channel, (each, found, maximum) in enumerate(zip(sums, of_channels, maxima, strict=True))
    )
    largest = reduce(Maximum.larger, maxima)
    place = largest, maxima.index(largest)
    return _figures(reduce(Sums.merge, sums), of_all, place, differing_pixels_pct, peak, channels=channels)


def _differing_pct(sums: Sums) -> float:
    return 100 * sums.differing_values / max(sums.values, 1)


def _figures(
    sums: Sums,
    percentiles: list[float],
    largest: tuple[Maximum, int],
    differing_pixels_pct: float,
    peak: float,
    *,
    channels: tuple[Statistics, ...] = (),
) -> Statistics:
    (max_abs, x, y), channel = largest
    mean_squared = sums.mean(sums.total_squared, 2 * sums.exponent)
    p50, p95, p99 = percentiles
    return Statistics(
        max_abs=max_abs,
        mean_abs=sums.mean(sums.total_abs, sums.exponent),
        bias=sums.mean(sums.total, sums.exponent),
        rmse=math.sqrt(mean_squared),
        psnr_db=10 * math.log10(peak * peak / mean_squared) if mean_squared else None,
        differing_values_pct=_differing_pct(sums),
        differing_pixels_pct=differing_pixels_pct,
        # A bin's middle may lie above the largest value in it.
        p50=min(max_abs, p50),
        p95=min(max_abs, p95),
        p99=min(max_abs, p99),
        max_at=(x, y, channel),
        values=sums.values,
        differing_values=sums.differing_values,
        non_finite_values=sums.non_finite_values,
        channels=channels,
    )
