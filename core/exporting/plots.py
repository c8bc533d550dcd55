"""The plots of a comparison that are exported."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..compare import Comparison, Different, Incomparable, Same
from ..figures.histograms import difference_histogram, image_histograms
from ..figures.joint import joint_plot
from ..figures.pictures import heatmap_plot, panes_plot
from ..figures.plot import Plot
from ..figures.tables import channels_plot, stages_plot
from ..image import Image
from ..render import HeatmapSettings, heatmap

AT_THE_END = "at the end"


@dataclass(frozen=True, eq=False)
class ComparedPair:
    """Two images of one shape and what came of comparing them; `where` is "at the end", "after resize" and the like."""

    where: str
    a: Image
    b: Image
    outcome: Same | Different


def last_compared(comparison: Comparison) -> ComparedPair | None:
    """The images of the end or, where these cannot be compared, of the last stages that can."""
    a, b, final = comparison.a.image, comparison.b.image, comparison.final
    if a is not None and b is not None and not isinstance(final, Incomparable):
        return ComparedPair(AT_THE_END, a, b, final)
    for checkpoint in reversed(comparison.checkpoints):
        if not isinstance(checkpoint.outcome, Incomparable):
            return ComparedPair(checkpoint.name, checkpoint.a.image, checkpoint.b.image, checkpoint.outcome)
    return None


class PictureSides(NamedTuple):
    """The longest sides, in pixels, that pictures on plots may have."""

    heatmap: int
    pane: int


FOR_A_BROWSER = PictureSides(1600, 1600)
FOR_PAPER = PictureSides(1000, 600)
"""No more pixels than a PNG of the plot has for them, or the drawing might leave out a single bad one."""


class NamedPlot(NamedTuple):
    """A plot that is made when it is asked for."""

    name: str
    about: str
    make: Callable[[PictureSides], Plot]


def named_plots(
    comparison: Comparison, settings: HeatmapSettings, *, channel: int | None = None, logarithmic: bool = True
) -> Iterator[NamedPlot]:
    """The plots that there are: of the last images compared, of both at the end, and of all stages."""
    pair = last_compared(comparison)
    if pair:
        yield from _pair_plots(pair, settings, channel, logarithmic)
    elif comparison.a.image is not None and comparison.b.image is not None:
        a, b = comparison.a.image, comparison.b.image
        yield NamedPlot("panes", "A and B", lambda sides: panes_plot(a, b, settings, AT_THE_END, max_side=sides.pane))
    if comparison.checkpoints:
        yield NamedPlot("stages", "the figures after each stage", lambda _: stages_plot(comparison))


def _pair_plots(
    pair: ComparedPair, settings: HeatmapSettings, channel: int | None, logarithmic: bool
) -> Iterator[NamedPlot]:
    a, b, where, outcome = pair.a, pair.b, pair.where, pair.outcome
    difference, level = outcome.difference, outcome.level
    height, width, channels = a.shape

    def drawn_heatmap(sides: PictureSides) -> Plot:
        drawn = heatmap(a, b, settings, level=level, difference=difference, max_side=sides.heatmap)
        return heatmap_plot(drawn, (width, height), where, channels)

    def drawn_histogram(_: PictureSides) -> Plot:
        return difference_histogram(difference, where, level=level, channel=channel, logarithmic=logarithmic)

    yield NamedPlot(
        "panes",
        f"A, B and B − A {where}",
        lambda sides: panes_plot(a, b, settings, where, level=level, max_side=sides.pane),
    )
    yield NamedPlot("heatmap", f"B − A {where} as colours, with their key in levels", drawn_heatmap)
    yield NamedPlot("difference-histogram", f"how often each B − A occurs {where}", drawn_histogram)
    yield NamedPlot(
        "image-histograms",
        f"how often each value of A and of B occurs {where}",
        lambda _: image_histograms(difference, where, level=level, channel=channel),
    )
    joint = joint_plot(difference, where, channel=channel)
    if joint:
        yield NamedPlot("joint-levels", f"how often a level of A meets a level of B {where}", lambda _: joint)
    yield NamedPlot(
        "channels",
        f"the figures of each channel {where}",
        lambda _: channels_plot(outcome.statistics, where, level=level),
    )
