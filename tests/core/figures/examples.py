"""One plot of each kind, for what every renderer has to draw."""

from functools import cache

from core.difference import measure
from core.figures.histograms import difference_histogram, image_histograms
from core.figures.joint import joint_plot
from core.figures.pictures import heatmap_plot, panes_plot
from core.figures.plot import Plot
from core.figures.tables import channels_plot, stages_plot
from core.render import HeatmapSettings, heatmap
from tests.core.figures.pairs import RED_A, RED_B, comparison_of, outcome_of


@cache
def examples() -> dict[str, Plot]:
    """The plots by name."""
    difference = measure(RED_A, RED_B)
    joint = joint_plot(difference, "after resize")
    assert joint is not None
    comparison = comparison_of("opencv.imdecode", "opencv.imdecode | opencv.resize(INTER_LINEAR, 16x12)")
    plots = (
        difference_histogram(difference, "after resize"),
        image_histograms(difference, "after resize"),
        joint,
        channels_plot(outcome_of(RED_A, RED_B).statistics, "after resize"),
        stages_plot(comparison),
        heatmap_plot(heatmap(RED_A, RED_B, HeatmapSettings(gain=51)), (2, 2), "after resize"),
        panes_plot(RED_A, RED_B, HeatmapSettings(gain=51), "after resize"),
    )
    return {plot.name: plot for plot in plots}


NAMES = ("difference-histogram", "image-histograms", "joint-levels", "channels", "stages", "heatmap", "panes")
