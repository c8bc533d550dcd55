"""A model's answers drawn."""

import numpy as np
import pytest

from core.figures.impact import occlusion_plot, probabilities_plot
from core.figures.interactive import plotly_figure
from core.figures.plot import Curve, Line, Picture
from core.image import as_image
from core.impacting.sensitivity import Occlusion, Sensitivity

WAY = Sensitivity(
    np.array([0, 0.5, 1]),
    np.array([[0.8, 0.2, 0], [0.4, 0.5, 0.1], [0.1, 0.9, 0]]),
    np.zeros((3, 3)),
    (0, 1),
    ("cat", "dog"),
)


def test_the_classes_that_lead_have_a_curve_and_the_mix_a_line() -> None:
    plot = probabilities_plot(WAY, 0.5)
    curves = plot.panels[0].layers_of(Curve)
    assert [curve.name for curve in curves] == ["cat", "dog"]
    np.testing.assert_allclose(curves[1].y, [20, 50, 90])
    (line,) = plot.panels[0].layers_of(Line)
    assert (line.start[0], line.end[0]) == (0.5, 0.5)
    assert plot.subtitle == "the first choice turns at 0.50 of B"


def test_sides_colours_are_not_those_of_classes() -> None:
    assert not {"a", "b"} & {curve.colour for curve in probabilities_plot(WAY, 0).panels[0].layers_of(Curve)}


def test_blocks_are_as_large_as_their_part_of_the_picture() -> None:
    found = Occlusion(np.array([[0.5, 0], [0, -0.5]]), 2.0)
    plot = occlusion_plot(found, as_image(np.zeros((4, 6, 3), np.uint8)), 1.0)
    (pixels,) = (layer.pixels for layer in plot.panels[1].layers_of(Picture))
    assert pixels.shape == (4, 6, 3)
    np.testing.assert_array_equal(pixels[0, 0], pixels[1, 2])
    assert pixels[0, 0, 0] > pixels[0, 0, 2]  # red pulls towards B
    assert pixels[3, 5, 0] < pixels[3, 5, 2]  # blue works against it
    bar = plot.panels[1].colour_bar
    assert bar is not None
    assert (bar.low, bar.high) == (-50, 50)


@pytest.mark.parametrize("shares", [np.zeros((2, 2)), np.eye(2)])
def test_both_are_drawn(shares: np.ndarray) -> None:
    plot = occlusion_plot(Occlusion(shares, 1.0), as_image(np.zeros((4, 6, 3), np.float32)), 1 / 128)
    assert len(plotly_figure(plot, "dark").data) >= 2
    assert len(plotly_figure(probabilities_plot(WAY, 1), "light").data) >= 2
