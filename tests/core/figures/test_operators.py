import numpy as np
import pytest

from core.figures.operators import Side, both_sides, kernel_plot, positions_plot, response_plot, weights_plot
from core.figures.plot import Curve, Line, Plot
from core.operator import measure_stage
from core.recipe import parse_stage


@pytest.fixture(scope="module")
def sides() -> tuple[Side, ...]:
    """OpenCV's linear and Pillow's antialiased triangle, from 90 to 40 along x."""
    a, b = (
        measure_stage(parse_stage(text), (90, 71))
        for text in ("opencv.resize(INTER_LINEAR, 40x31)", "pillow.resize(BILINEAR, 40x31)")
    )
    return both_sides(a, b)


def curves(plot: Plot) -> dict[str, Curve]:
    return {layer.name: layer for layer in plot.panels[0].layers_of(Curve)}


def test_sides_have_their_colours_and_the_missing_one_is_left_out(sides: tuple[Side, ...]) -> None:
    assert [(side.name, side.colour) for side in sides] == [("A", "a"), ("B", "b")]
    assert [side.name for side in both_sides(None, sides[1].operator)] == ["B"]


def test_weights_of_each_pixel_add_up_to_one(sides: tuple[Side, ...]) -> None:
    for curve in curves(weights_plot(sides, "x")).values():
        pixels = np.split(curve.y, np.flatnonzero(np.isnan(curve.y)))
        sums = [np.nansum(pixel) for pixel in pixels if len(pixel) > 1]
        np.testing.assert_allclose(sums, 1, atol=1e-5)
        assert len(sums) == 3


def test_kernel_points_lie_on_the_triangle_once_unstretched(sides: tuple[Side, ...]) -> None:
    for name in ("A", "B"):
        points = curves(kernel_plot(sides, "x"))[name]
        np.testing.assert_allclose(points.y, np.maximum(0, 1 - np.abs(points.x)), atol=0.03)


def test_named_kernels_stand_beside_the_measured_ones(sides: tuple[Side, ...]) -> None:
    assert {"triangle", "cubic −0.5", "cubic −0.75", "lanczos 3"} < set(curves(kernel_plot(sides, "x")))


def test_half_pixel_positions_are_displaced_by_nothing(sides: tuple[Side, ...]) -> None:
    for name in ("A", "B"):
        np.testing.assert_allclose(curves(positions_plot(sides, "x"))[name].y, 0, atol=1e-9)


def test_floored_asymmetric_positions_are_displaced() -> None:
    """To the left by (scale - 1) / 2 = 0.625 source pixels, and by 3 / 8 more, the mean of what floor cuts off."""
    legacy = measure_stage(parse_stage("opencv.resize(INTER_NEAREST, 40x31)"), (90, 71))
    asymmetric = curves(positions_plot(both_sides(legacy, None), "x"))["A"]
    assert float(np.mean(asymmetric.y)) == pytest.approx(-0.625 - 0.375, abs=0.05)


def test_a_flat_picture_keeps_its_brightness_and_antialiasing_dampens_beyond_nyquist(sides: tuple[Side, ...]) -> None:
    plot = response_plot(sides, "x")
    (nyquist,) = plot.panels[0].layers_of(Line)
    assert nyquist.start[0] == pytest.approx(0.5 * 40 / 90)
    a, b = (curves(plot)[name] for name in ("A", "B"))
    assert a.y[0] == pytest.approx(1, abs=1e-5)
    assert b.y[0] == pytest.approx(1, abs=1e-5)
    beyond = a.x > nyquist.start[0]
    assert a.y[beyond].mean() > 2 * b.y[beyond].mean()
