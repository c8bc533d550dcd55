import numpy as np
import pytest

from core.colormaps import colormap
from core.figures.pictures import heatmap_plot, panes_plot
from core.figures.plot import Panel, Picture
from core.render import HeatmapSettings, heatmap
from tests.core.figures.pairs import RED_A, RED_B

COOLWARM = colormap("signed", "coolwarm").colours


def picture_of(panel: Panel) -> Picture:
    (picture,) = panel.layers_of(Picture)
    assert isinstance(picture, Picture)
    return picture


def test_the_heatmap_is_the_one_drawn() -> None:
    drawn = heatmap(RED_A, RED_B, HeatmapSettings(gain=51))
    (panel,) = heatmap_plot(drawn, (2, 2), "after resize").panels
    np.testing.assert_array_equal(picture_of(panel).pixels, drawn.image)


def test_the_colour_bar_is_in_levels() -> None:
    drawn = heatmap(RED_A, RED_B, HeatmapSettings(gain=51))
    bar = heatmap_plot(drawn, (2, 2), "").panels[0].colour_bar
    assert bar is not None
    assert (bar.low, bar.high, bar.label) == (-5, 5, "levels")
    np.testing.assert_array_equal(bar.colours, COOLWARM[1:])


def test_the_colour_bar_of_magnitudes_begins_at_zero() -> None:
    bar = heatmap_plot(heatmap(RED_A, RED_B, HeatmapSettings("absolute", gain=51)), (2, 2), "").panels[0].colour_bar
    assert bar is not None
    assert (bar.low, bar.high) == (0, 5)
    np.testing.assert_array_equal(bar.colours, colormap("absolute", "inferno").colours)


def test_the_colour_bar_shows_the_threshold() -> None:
    """Of 127 steps to 5 levels those below 1 level are 25, for 25 / 127 * 5 = 0.98."""
    drawn = heatmap(RED_A, RED_B, HeatmapSettings(gain=51, threshold_levels=1))
    bar = heatmap_plot(drawn, (2, 2), "").panels[0].colour_bar
    assert bar is not None
    is_neutral = (bar.colours == COOLWARM[128]).all(axis=1)
    np.testing.assert_array_equal(np.flatnonzero(is_neutral), 127 + np.arange(-25, 26))


@pytest.mark.parametrize(
    ("settings", "title", "subtitle"),
    [
        (HeatmapSettings(gain=51), "Signed difference B − A", "the largest of all channels, gain 51"),
        (HeatmapSettings("absolute", 2.5, channel=1), "Absolute difference |B − A|", "green channel, gain 2.50"),
        (
            HeatmapSettings(gain=51, threshold_levels=2),
            "Signed difference B − A",
            "the largest of all channels, gain 51, below 2 levels shown as none",
        ),
    ],
)
def test_what_is_shown_is_said(settings: HeatmapSettings, title: str, subtitle: str) -> None:
    plot = heatmap_plot(heatmap(RED_A, RED_B, settings), (2, 2), "after resize")
    assert (plot.title, plot.subtitle) == (f"{title} after resize", subtitle)


def test_three_panes_that_move_together() -> None:
    plot = panes_plot(RED_A, RED_B, HeatmapSettings(gain=51), "after resize")
    assert [panel.title for panel in plot.panels] == ["A", "B", "B − A"]
    assert [panel.title_colour for panel in plot.panels] == ["a", "b", "text"]
    np.testing.assert_array_equal(picture_of(plot.panels[0]).pixels, RED_A)
    np.testing.assert_array_equal(picture_of(plot.panels[1]).pixels, RED_B)
    assert plot.linked


def test_two_panes_of_different_sizes_do_not() -> None:
    plot = panes_plot(RED_A, RED_B[:1], HeatmapSettings(), "at the end")
    assert [panel.title for panel in plot.panels] == ["A", "B"]
    assert plot.title == "A and B at the end, which cannot be compared"
    assert plot.subtitle == "2 × 2 pixels and 2 × 1 pixels"
    assert not plot.linked


def test_large_pictures_are_views_in_the_units_of_the_whole() -> None:
    a = np.zeros((60, 200, 3), np.uint8)
    b = a.copy()
    b[59, 199] = 50
    panes = panes_plot(a, b, HeatmapSettings("absolute", 1), "", max_side=20).panels
    assert [picture_of(pane).pixels.shape for pane in panes] == [(6, 20, 3)] * 3
    assert [picture_of(pane).size_wh for pane in panes] == [(200, 60)] * 3
    assert (panes[0].x.limits, panes[0].y.limits) == ((-0.5, 199.5), (59.5, -0.5))
    np.testing.assert_array_equal(picture_of(panes[2]).pixels[5, 19], colormap("absolute", "inferno").colours[50])


@pytest.mark.parametrize("size_wh", [(4, 4000), (4000, 4)])
def test_thin_pictures_have_plots_of_a_sensible_size(size_wh: tuple[int, int]) -> None:
    image = np.zeros((size_wh[1], size_wh[0], 1), np.uint8)
    width_px, height_px = heatmap_plot(heatmap(image, image, HeatmapSettings()), size_wh, "", 1).size_wh_px
    assert 200 < height_px < 2 * width_px
