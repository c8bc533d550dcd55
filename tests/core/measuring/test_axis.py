import numpy as np
import pytest

from core.measuring.axis import AxisOperator, narrowed
from core.measuring.axis_model import Border, coverage_model, furthest, model, named_positions
from core.measuring.kernels import triangle

HALVED = AxisOperator(4, np.array([0, 2]), np.array([[0.5, 0.5], [0.5, 0.5]]))


def test_a_band_is_its_matrix() -> None:
    np.testing.assert_array_equal(HALVED.dense(), [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])
    np.testing.assert_array_equal(HALVED.centres, [0.5, 2.5])
    np.testing.assert_array_equal(HALVED.taps, [2, 2])
    np.testing.assert_array_equal(HALVED.touches_border, [True, True])


def test_applying_it_is_the_matrix_product_along_either_axis() -> None:
    picture = np.random.default_rng(0).uniform(0, 255, (4, 4, 3))
    along_y = np.einsum("jn,nxc->jxc", HALVED.dense(), picture)
    along_x = np.einsum("jn,ync->yjc", HALVED.dense(), picture)
    np.testing.assert_allclose(HALVED.apply(picture, axis=0), along_y, rtol=1e-12)
    np.testing.assert_allclose(HALVED.apply(picture, axis=1), along_x, rtol=1e-12)


def test_noise_and_empty_places_of_a_band_are_cut_off() -> None:
    wide = narrowed(np.array([0, 0]), np.array([[1e-9, 0.5, 0.5, 0], [0, 0, 0.25, 0.75]]), size_in=4)
    np.testing.assert_array_equal(wide.first, [1, 2])
    np.testing.assert_array_equal(wide.weights, [[0.5, 0.5], [0.25, 0.75]])


def test_a_row_without_weight_has_no_centre() -> None:
    empty = narrowed(np.array([0, 0]), np.array([[0, 1.0], [0, 0]]), size_in=2)
    np.testing.assert_array_equal(empty.centres, [1, np.nan])
    np.testing.assert_array_equal(empty.taps, [1, 0])


@pytest.mark.parametrize(
    ("rule", "positions"),
    [("half-pixel", [0.5, 2.5, 4.5, 6.5]), ("asymmetric", [0, 2, 4, 6]), ("align-corners", [0, 7 / 3, 14 / 3, 7])],
)
def test_the_rules_of_positions(rule: str, positions: list[float]) -> None:
    np.testing.assert_allclose(named_positions(rule, 8, 4).of(4), positions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("border", "first_row"),
    [
        ("replicate", [1, 0]),
        ("reflect", [1, 0]),
        ("renormalise", [1, 0]),
        ("zero", [0.75, 0]),
    ],
)
def test_borders_of_a_doubled_pair(border: Border, first_row: list[float]) -> None:
    """The first output pixel lies at -0.25: a quarter of its weight falls outside."""
    doubled = model(triangle(), named_positions("half-pixel", 2, 4), 1.0, border, (2, 4))
    np.testing.assert_allclose(doubled.dense(), [first_row, [0.75, 0.25], [0.25, 0.75], first_row[::-1]])


def test_a_box_covers_parts_of_pixels() -> None:
    np.testing.assert_allclose(coverage_model(1.5, (3, 2)).dense(), [[2 / 3, 1 / 3, 0], [0, 1 / 3, 2 / 3]])


def test_distance_of_operators_is_that_of_their_matrices() -> None:
    shifted = AxisOperator(4, np.array([0, 1]), np.array([[0.5, 0.5], [0.5, 0.5]]))
    assert furthest(HALVED, shifted) == 0.5
    assert furthest(HALVED, HALVED) == 0
    assert furthest(HALVED, AxisOperator(5, HALVED.first, HALVED.weights)) == np.inf
