"""The figures of a difference, from exact sums and counts.

Formulas are those of every textbook, with d = b - a over all values of both images:
bias = mean(d), mean_abs = mean(|d|), rmse = sqrt(mean(d^2)), psnr_db = 10 log10(peak^2 / mean(d^2)).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .histogram import percentiles

PEAK = 255.0
"""White, for the PSNR, unless the caller says otherwise."""


class Maximum(NamedTuple):
    """The largest |b - a| of a channel and its first place in raster order; (0, 0) when nothing differs."""

    max_abs: float
    x: int
    y: int

    def larger(self, other: "Maximum") -> "Maximum":
        """The larger of two; of equal ones the first in raster order, whatever the order of merging."""
        return min(self, other, key=lambda maximum: (-maximum.max_abs, maximum.y, maximum.x))


@dataclass(frozen=True, eq=False)
class Moments:
    """Exact sums over d = b - a, and how often each |d| occurs.

    `magnitudes` ascend and `magnitude_counts` say how often each occurs; `non_finite_values` are in neither.
    """

    values: int
    differing_values: int
    non_finite_values: int
    total: Fraction
    total_abs: Fraction
    total_squared: Fraction
    magnitudes: npt.NDArray[np.float64]
    magnitude_counts: npt.NDArray[np.int64]

    @property
    def differing_values_pct(self) -> float:
        """Per cent of the values compared."""
        return 100 * self.differing_values / max(self.values, 1)


@dataclass(frozen=True)
class ChannelStatistics:
    """The figures of one channel, in units of the values (levels, until a normalise stage).

    `values` are the pairs compared. A pair with a NaN or an infinity is not: it counts in `non_finite_values` alone,
    and where no pair is left every figure is 0. `max_at` is (x, y, channel) of the first maximum in raster order.
    `psnr_db` is None when nothing differs. Percentiles of |d| interpolate as `numpy.percentile` does; for float images
    they are within 0.2 % (see `core.numeric.float_bins`), all else is exact to the last digit of a float.
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


@dataclass(frozen=True)
class Statistics(ChannelStatistics):
    """The figures over all channels, and each channel's own."""

    channels: tuple[ChannelStatistics, ...]


def channel_statistics(
    moments: Moments, max_abs: float, max_at: tuple[int, int, int], differing_pixels_pct: float, peak: float
) -> ChannelStatistics:
    """The figures that follow from `moments`; the rest cannot be had from sums and is handed on."""
    count = max(moments.values, 1)
    mean_squared = float(moments.total_squared / count)
    # A bin's middle may lie above the largest value in it.
    p50, p95, p99 = (
        min(max_abs, figure) for figure in percentiles(moments.magnitudes, moments.magnitude_counts, (50, 95, 99))
    )
    return ChannelStatistics(
        max_abs=max_abs,
        mean_abs=float(moments.total_abs / count),
        bias=float(moments.total / count),
        rmse=math.sqrt(mean_squared),
        psnr_db=10 * math.log10(peak * peak / mean_squared) if mean_squared else None,
        differing_values_pct=moments.differing_values_pct,
        differing_pixels_pct=differing_pixels_pct,
        p50=p50,
        p95=p95,
        p99=p99,
        max_at=max_at,
        values=moments.values,
        differing_values=moments.differing_values,
        non_finite_values=moments.non_finite_values,
    )


def all_statistics(
    channel_moments: Sequence[Moments], maxima: Sequence[Maximum], differing_pixels_pct: float, peak: float
) -> Statistics:
    """The figures over all channels, given each channel's moments and maximum."""
    channels = tuple(
        # A pixel of one channel is one value.
        channel_statistics(
            moments, maximum.max_abs, (maximum.x, maximum.y, channel), moments.differing_values_pct, peak
        )
        for channel, (moments, maximum) in enumerate(zip(channel_moments, maxima, strict=True))
    )
    largest = min(channels, key=lambda figures: (-figures.max_abs, figures.max_at[1], figures.max_at[0]))
    whole = channel_statistics(_together(channel_moments), largest.max_abs, largest.max_at, differing_pixels_pct, peak)
    return Statistics(**vars(whole), channels=channels)


def _together(parts: Sequence[Moments]) -> Moments:
    """The moments of all channels' values as one list; every channel counts the same magnitudes."""
    return Moments(
        values=sum(part.values for part in parts),
        differing_values=sum(part.differing_values for part in parts),
        non_finite_values=sum(part.non_finite_values for part in parts),
        total=sum((part.total for part in parts), Fraction(0)),
        total_abs=sum((part.total_abs for part in parts), Fraction(0)),
        total_squared=sum((part.total_squared for part in parts), Fraction(0)),
        magnitudes=parts[0].magnitudes,
        magnitude_counts=np.sum([part.magnitude_counts for part in parts], axis=0),
    )
