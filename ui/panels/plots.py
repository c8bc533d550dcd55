"""Plots of the difference: histograms, heatmap, and levels of A against levels of B."""

import streamlit as st

from core.compare import Different, Same
from core.figures.histograms import difference_histogram, image_histograms
from core.figures.interactive import CONFIG, plotly_figure
from core.figures.joint import joint_plot
from core.figures.pictures import heatmap_plot
from core.figures.plot import Plot
from core.image import CHANNEL_NAMES, Image
from core.render import HeatmapSettings, heatmap
from ui import state, theme, view
from ui.panels.settings import channel_choice, setting, switch

HEATMAP_SIDE_PX = 1600


def draw(plot: Plot) -> None:
    """`plot` in the colours of the theme on the screen, as wide as there is room."""
    st.plotly_chart(plotly_figure(plot, theme.current()), theme=None, config=dict(CONFIG), key=f"plot.{plot.name}")


def histogram_panel(outcome: Same | Different, where: str) -> None:
    """The signed difference, and both images' own values."""
    with _controls():
        channel = channel_choice("histogram", CHANNEL_NAMES[outcome.difference.channels], "all channels")
        switch("histogram", "log", ("logarithmic", "linear"))
    is_log = bool(state.settings().view["log"])
    left, right = st.columns(2)
    for column, histogram in ((left, difference_histogram), (right, image_histograms)):
        with column:
            draw(histogram(outcome.difference, where, level=outcome.level, channel=channel, logarithmic=is_log))


def joint_panel(outcome: Same | Different, where: str) -> None:
    """How often each level of B meets each level of A."""
    with _controls():
        channel = channel_choice("joint", CHANNEL_NAMES[outcome.difference.channels], "all channels")
    plot = joint_plot(outcome.difference, where, channel=channel)
    if plot is None:
        st.info(
            "Joint counts need whole levels: both images have to be uint8. Add cast.uint8 at the end, or look at "
            "the images after decode."
        )
    else:
        draw(plot)
        st.caption(
            "On the diagonal both agree. A line beside it is a bias; a cloud is what varies from pixel to pixel."
        )


def heatmap_panel(a: Image, b: Image, outcome: Same | Different, where: str) -> None:
    """Where the images differ, and by how much."""
    channels = a.shape[2]
    with _controls():
        switch("heatmap", "signed", ("signed B − A", "absolute |B − A|"))
        channel = channel_choice("heatmap", CHANNEL_NAMES[channels], "largest channel")
        shown = state.settings().view
        setting("heatmap", "gain", "gain (0: automatic)")
        setting("heatmap", "threshold", "threshold, levels")
        setting("heatmap", "signed_map" if shown["signed"] else "magnitude_map", "colours")
    drawn = heatmap(
        a,
        b,
        _heatmap_settings(channel),
        level=outcome.level,
        difference=outcome.difference,
        max_side=HEATMAP_SIDE_PX,
    )
    draw(heatmap_plot(drawn, (a.shape[1], a.shape[0]), where, channels))


def _heatmap_settings(channel: int | None) -> HeatmapSettings:
    shown = state.settings().view
    gain = shown["gain"]
    assert isinstance(gain, float)
    assert isinstance(shown["threshold"], float)
    return HeatmapSettings(
        mode="signed" if shown["signed"] else "absolute",
        gain=None if gain == view.AUTOMATIC_GAIN else gain,
        threshold_levels=shown["threshold"],
        channel="max" if channel is None else channel,
        colormap=str(shown["signed_map" if shown["signed"] else "magnitude_map"]),
    )


def _controls() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")
