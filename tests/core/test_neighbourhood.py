import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ImageContractError
from core.neighbourhood import WorstPixel, window, worst_pixels

A = np.full((4, 5, 3), 100, np.uint8)
B = A.copy()
B[1, 4] = 100, 90, 103
B[3, 0] = 255, 100, 100
B[0, 2] = 110, 100, 100


def test_worst_pixels_in_descending_order_and_equal_ones_in_raster_order() -> None:
    assert worst_pixels(A, B, 9) == (WorstPixel(155, 0, 3), WorstPixel(10, 2, 0), WorstPixel(10, 4, 1))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_more_than_asked(count: int) -> None:
    assert worst_pixels(A, B, count) == worst_pixels(A, B, 3)[:count]


def test_equal_images_have_no_worst_pixel() -> None:
    assert worst_pixels(A, A, 5) == ()


def test_what_is_not_finite_is_passed_over() -> None:
    a, b = (np.zeros((1, 3, 1), np.float32) for _ in range(2))
    b[0, :, 0] = np.nan, np.inf, 0.5
    assert worst_pixels(a, b, 3) == (WorstPixel(0.5, 2, 0),)


@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(1, 8), st.integers(0, 20))
def test_worst_pixels_equal_a_plain_sort(seed: int, height: int, width: int, count: int) -> None:
    """Few levels, so that many are equal; heights on both sides of the rows that are taken at a time."""
    a, b = np.random.default_rng(seed).integers(0, 5, (2, height, width, 2), np.uint8)
    sizes = np.abs(b.astype(int) - a).max(axis=2)
    places = sorted((-int(sizes[y, x]), y, x) for y, x in np.argwhere(sizes))
    assert worst_pixels(a, b, count) == tuple(WorstPixel(-size, x, y) for size, y, x in places[:count])


def test_a_window_holds_a_b_and_their_difference() -> None:
    around = window(A, B, 3, 1, 1)
    assert (around.x, around.y) == (2, 0)
    np.testing.assert_array_equal(around.b[..., 0], [[110, 100, 100], [100, 100, 100], [100, 100, 100]])
    np.testing.assert_array_equal(around.difference[..., 1], [[0, 0, 0], [0, 0, 10], [0, 0, 0]])
    assert around.difference[1, 2, 2] == -3
    assert around.difference.dtype == np.int16


@pytest.mark.parametrize(
    ("x", "y", "corner", "shape"), [(0, 0, (0, 0), (3, 3)), (4, 3, (2, 1), (3, 3)), (2, 3, (0, 1), (3, 5))]
)
def test_a_window_ends_where_the_image_does(x: int, y: int, corner: tuple[int, int], shape: tuple[int, int]) -> None:
    around = window(A, B, x, y, 2)
    assert (around.x, around.y) == corner
    assert around.a.shape[:2] == around.b.shape[:2] == around.difference.shape[:2] == shape


def test_a_window_of_floats_neither_wraps_nor_rounds() -> None:
    around = window(A, B.astype(np.float32) + np.float32(2**-16), 0, 3, 0)
    assert around.difference.dtype == np.float64
    np.testing.assert_array_equal(around.difference, [[[-155 - 2**-16, -(2**-16), -(2**-16)]]])


def test_a_place_outside_is_refused() -> None:
    with pytest.raises(IndexError, match=r"\(5, 0\) is not a pixel of an image of 5x4"):
        window(A, B, 5, 0, 1)


def test_shapes_that_differ_are_refused() -> None:
    with pytest.raises(ImageContractError):
        worst_pixels(A, B[:2], 1)
    with pytest.raises(ImageContractError):
        window(A, B[:2], 0, 0, 1)
