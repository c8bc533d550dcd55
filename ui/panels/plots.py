"""Plots of the difference: histograms, heatmap, and levels of A against levels of B."""

from typing import Literal

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


def draw(plot: Plot, *, stretched: bool = True) -> None:
    """`plot` in the colours of the theme on the screen: as wide as there is room, or at its own width."""
    figure = plotly_figure(plot, theme.current())
    width: Literal["stretch"] | int = "stretch" if stretched else plot.size_wh_px[0]
    st.plotly_chart(figure, width=width, theme=None, config=dict(CONFIG), key=f"plot.{plot.name}")


def histogram_panel(outcome: Same | Different, where: str) -> None:
    """The signed difference, and both images' own values."""
    with st.container(horizontal=True, gap="small"):
        channel = channel_choice("histogram", CHANNEL_NAMES[outcome.difference.channels], "all channels")
        switch("histogram", "log", ("logarithmic", "linear"))
    is_log = bool(state.settings().view["log"])
    left, right = st.columns(2)
    for column, histogram in ((left, difference_histogram), (right, image_histograms)):
        with column:
            draw(histogram(outcome.difference, where, level=outcome.level, channel=channel, logarithmic=is_log))


def joint_panel(outcome: Same | Different, where: str) -> None:
    """How often each level of B meets each level of A."""
    plot_side, text_side = st.columns([5, 3], gap="large")
    with text_side:
        channel = channel_choice("joint", CHANNEL_NAMES[outcome.difference.channels], "all channels")
        st.caption(
            "On the dashed line A and B agree. A line beside it is a bias; a cloud is what varies from pixel to "
            "pixel; a point far away is worth a look at its pixel."
        )
    plot = joint_plot(outcome.difference, where, channel=channel)
    with plot_side:
        if plot:
            draw(plot, stretched=False)
        else:
            st.info(
                "Joint counts need whole levels, and here one image has floats. Look at the images after decode, "
                "or add cast.uint8 to the recipe."
            )


def heatmap_panel(a: Image, b: Image, outcome: Same | Different, where: str) -> None:
    """Where the images differ, and by how much."""
    plot_side, settings_side = st.columns([5, 3], gap="large")
    with settings_side:
        switch("heatmap", "signed", ("signed B − A", "absolute |B − A|"))
        channel = channel_choice("heatmap", CHANNEL_NAMES[a.shape[2]], "largest")
        setting("heatmap", "gain", "Gain; 0 chooses it")
        setting("heatmap", "threshold", "Threshold in levels")
        setting("heatmap", "signed_map" if state.settings().view["signed"] else "magnitude_map", "Colours")
    drawn = heatmap(
        a,
        b,
        heatmap_settings(channel),
        level=outcome.level,
        difference=outcome.difference,
        max_side=HEATMAP_SIDE_PX,
    )
    with plot_side:
        draw(heatmap_plot(drawn, (a.shape[1], a.shape[0]), where, a.shape[2]), stretched=False)


def heatmap_settings(channel: int | None) -> HeatmapSettings:
    """How differences are coloured, as the view has it; `channel` None is the largest of all."""
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
