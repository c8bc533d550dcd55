"""Histograms: of the signed difference, and of both images."""

import math

import numpy as np

from ..difference import Difference
from ..histogram import Histogram
from ..palette import Role
from .plot import Axis, Bars, Line, Numbers, Panel, Plot, Steps
from .wording import channel_figures, channel_text, shares_text, signed

LEAST_REACH_LEVELS = 4
"""The difference's axis shows so much to both sides at least: a single bar would have no scale."""

FINE_BINS = 201
"""How many bins the differences of float images have at least: an odd number, so that one has zero in its middle."""

MOST_BINS = 512

LEAST_COUNT_SHOWN = 0.5
"""Where a logarithmic axis of counts begins: a single value stands out above it."""


def difference_histogram(
    difference: Difference, where: str, *, level: float = 1.0, channel: int | None = None, logarithmic: bool = True
) -> Plot:
    """How often each B - A in levels occurs, in one channel or in all; `where` is "after resize" and the like."""
    histogram = difference.signed_histogram(channel)
    edges = _difference_edges(histogram, level, whole=difference.joint(0) is not None)
    heights = _counted(histogram, edges, level)
    limits = _count_limits(heights, logarithmic)
    bias_levels = channel_figures(difference, channel).bias / level
    panel = Panel(
        Axis("B − A, levels    (below zero A is brighter, above zero B)", (edges[0], edges[-1])),
        Axis("values", limits, logarithmic),
        (
            Bars(edges, heights, [_side(middle) for middle in (edges[:-1] + edges[1:]) / 2], "levels"),
            Line((bias_levels, limits[0]), (bias_levels, limits[1]), "text", f"mean {signed(bias_levels)} levels"),
        ),
    )
    return Plot("difference-histogram", f"Signed difference B − A {where}", shares_text(difference, channel), (panel,))


def _side(levels: float) -> Role:
    """A bar has the colour of the side that is brighter in it."""
    if abs(levels) < 1e-9:
        return "neutral"
    return "a" if levels < 0 else "b"


def _difference_edges(histogram: Histogram, level: float, *, whole: bool) -> Numbers:
    """Symmetric around zero as far as there are counts: bins of one level, or `FINE_BINS` where those would be few."""
    occupied = np.flatnonzero(histogram.counts)
    outermost = histogram.edges[[occupied[0], occupied[-1] + 1]] if occupied.size else np.zeros(2)
    reach = float(np.abs(outermost).max()) / level
    if whole or FINE_BINS < 2 * reach < MOST_BINS:
        outermost_level = max(math.ceil(reach - 0.5), LEAST_REACH_LEVELS)
        return np.arange(-outermost_level - 0.5, outermost_level + 1)
    reach = reach or 1.0
    return np.linspace(-reach, reach, FINE_BINS + 1)


def _counted(histogram: Histogram, edges: Numbers, unit: float = 1.0) -> Numbers:
    """The counts in other bins, each fine bin going whole to where its middle lies."""
    heights, _ = np.histogram(histogram.centres / unit, edges, weights=histogram.counts.astype(np.float64))
    return heights.astype(np.float64)


def _count_limits(heights: Numbers, logarithmic: bool) -> tuple[float, float]:
    highest = max(float(heights.max()), 1.0)
    return (LEAST_COUNT_SHOWN, 2 * highest) if logarithmic else (0.0, 1.05 * highest)


def image_histograms(
    difference: Difference, where: str, *, level: float = 1.0, channel: int | None = None, logarithmic: bool = False
) -> Plot:
    """How often each value occurs in A and in B, in one channel or in all."""
    both = difference.histogram_a(channel), difference.histogram_b(channel)
    edges = _value_edges(*both, level)
    heights_a, heights_b = (_counted(histogram, edges) for histogram in both)
    label = "value, levels (0 black, 255 white)" if level == 1.0 else "value after normalising"
    panel = Panel(
        Axis(label, (edges[0], edges[-1])),
        Axis("values", _count_limits(np.maximum(heights_a, heights_b), logarithmic), logarithmic),
        (Steps(edges, heights_a, "a", "A", "values"), Steps(edges, heights_b, "b", "B", "values")),
    )
    counted = f"{channel_text(difference, channel)}, {int(heights_a.sum()):,} values in each"
    return Plot("image-histograms", f"Values of A and of B {where}", counted, (panel,))


def _value_edges(a: Histogram, b: Histogram, level: float) -> Numbers:
    """Bins of one level, or wider ones where those would be many, from the lowest value to the highest.

    Values that came from whole levels lie in the middle of bins: elsewhere rounding would put them here or there. Such
    an image is known by how few different values it has.
    """
    low, high = min(a.centres[0], b.centres[0]), max(a.centres[-1], b.centres[-1])
    width = level * max(1, math.ceil((high - low) / level / MOST_BINS))
    anchor = min((a, b), key=lambda histogram: int(np.count_nonzero(histogram.counts))).centres[0]
    first, last = round((low - anchor) / width), round((high - anchor) / width)
    return np.asarray(anchor + width * (np.arange(first, last + 2) - 0.5))
