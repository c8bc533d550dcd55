import numpy as np
import pytest

from core.measuring.axis_model import coverage_model, model, named_positions
from core.measuring.frequency import frequency_figures, frequency_response
from core.measuring.kernels import lanczos, triangle

SIZES = (96, 32)
POSITIONS = named_positions("half-pixel", *SIZES)


def test_the_mean_of_three_has_its_textbook_response() -> None:
    """|1 + 2 cos(2 pi f)| / 3: nothing is left at a third, a third at a half."""
    response = frequency_response(coverage_model(3.0, SIZES), np.array([0, 1 / 6, 1 / 3, 1 / 2]))
    np.testing.assert_allclose(response, [1, 2 / 3, 0, 1 / 3], atol=1e-12)


def test_one_pixel_leaves_everything_so_that_all_above_is_aliasing() -> None:
    figures = frequency_figures(model(triangle(), POSITIONS, 1.0, "replicate", SIZES))
    assert figures.nyquist == pytest.approx(1 / 6)
    assert (figures.at_nyquist, figures.aliasing) == pytest.approx((1, 1))


def test_a_widened_kernel_leaves_less_of_it_the_more_lobes_it_has() -> None:
    aliasing = [
        frequency_figures(model(kernel, POSITIONS, 3.0, "renormalise", SIZES)).aliasing
        for kernel in (triangle(), lanczos(3))
    ]
    assert aliasing[0] is not None
    assert aliasing[1] is not None
    assert aliasing[1] < 0.15
    assert aliasing[0] < 0.2


def test_nothing_can_alias_where_nothing_shrinks() -> None:
    figures = frequency_figures(model(triangle(), named_positions("half-pixel", 32, 96), 1.0, "replicate", (32, 96)))
    assert (figures.nyquist, figures.aliasing) == (0.5, None)
