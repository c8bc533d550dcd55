import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.image import Image
from core.numeric.pooling import largest_differences


def pair(height: int, width: int, channels: int, seed: int = 0) -> tuple[Image, Image]:
    a, b = np.random.default_rng(seed).integers(0, 256, (2, height, width, channels), np.uint8)
    return a, b


def by_definition(a: Image, b: Image, view_hw: tuple[int, int], channel: int | None) -> np.ndarray:
    """Rectangle by rectangle in plain numpy."""
    differences = b.astype(np.int16) - a
    if channel is not None:
        differences = differences[:, :, channel : channel + 1]
    rows, columns = (-(-np.arange(n + 1) * size // n) for n, size in zip(view_hw, a.shape[:2], strict=True))
    view = np.zeros(view_hw, np.int16)
    for i in range(view_hw[0]):
        for j in range(view_hw[1]):
            block = differences[rows[i] : rows[i + 1], columns[j] : columns[j + 1]]
            view[i, j] = block.max() if block.max() >= -block.min() else block.min()
    return view


def test_a_single_bad_pixel_stays() -> None:
    """In a picture of a million pixels, seen through 4 x 4: a mean would show 0.0006 levels."""
    a = np.zeros((1000, 1000, 3), np.uint8)
    b = a.copy()
    b[999, 0, 1] = 37
    expected = np.zeros((4, 4), np.int16)
    expected[3, 0] = 37
    np.testing.assert_array_equal(largest_differences(a, b, (4, 4)), expected)


def test_the_largest_magnitude_keeps_its_sign() -> None:
    a = np.array([[[10], [10]], [[10], [10]]], np.uint8)
    b = np.array([[[12], [10]], [[5], [11]]], np.uint8)
    assert largest_differences(a, b, (1, 1)).item() == -5
    np.testing.assert_array_equal(largest_differences(a, b, (1, 2)), [[-5, 1]])
    np.testing.assert_array_equal(largest_differences(a, b, (2, 1)), [[2], [-5]])


def test_of_two_equal_magnitudes_the_positive_is_kept() -> None:
    a, b = np.array([[[9, 2]]], np.uint8), np.array([[[2, 9]]], np.uint8)
    for one, other in ((a, b), (b, a)):
        assert largest_differences(one, other, (1, 1)).item() == 7
        assert largest_differences(one.astype(np.float32), other.astype(np.float32), (1, 1)).item() == 7


def test_extremes_do_not_wrap() -> None:
    a, b = np.array([[[0], [255]]], np.uint8), np.array([[[255], [0]]], np.uint8)
    np.testing.assert_array_equal(largest_differences(a, b, (1, 2)), [[255, -255]])


@given(
    height=st.integers(1, 40),
    width=st.integers(1, 9),
    channels=st.integers(1, 4),
    seed=st.integers(0, 9),
    data=st.data(),
)
def test_every_pixel_is_in_one_rectangle(
    height: int, width: int, channels: int, seed: int, data: st.DataObject
) -> None:
    a, b = pair(height, width, channels, seed)
    view_hw = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    channel = data.draw(st.none() | st.integers(0, channels - 1))
    expected = by_definition(a, b, view_hw, channel)
    np.testing.assert_array_equal(largest_differences(a, b, view_hw, channel), expected)
    as_floats = largest_differences(a.astype(np.float32), b.astype(np.float32), view_hw, channel)
    np.testing.assert_array_equal(as_floats, expected)


def test_strips_of_several_threads_fit_together() -> None:
    a, b = pair(700, 600, 3)
    np.testing.assert_array_equal(largest_differences(a, b, (33, 50)), by_definition(a, b, (33, 50), None))


def test_a_mixed_pair_is_compared_as_floats() -> None:
    a, b = np.array([[[100]]], np.uint8), np.array([[[99.25]]], np.float32)
    mixed = largest_differences(a, b, (1, 1))
    assert mixed.dtype == np.float32
    assert mixed.item() == -0.75


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_counts_as_infinite(bad: float) -> None:
    a, b = np.zeros((1, 2, 1), np.float32), np.array([[[bad], [1]]], np.float32)
    assert largest_differences(a, b, (1, 1)).item() == np.inf
    np.testing.assert_array_equal(largest_differences(a, b, (1, 2)), [[np.inf, 1]])


def test_negative_infinity_keeps_its_sign() -> None:
    a, b = np.zeros((1, 1, 1), np.float32), np.full((1, 1, 1), -np.inf, np.float32)
    assert largest_differences(a, b, (1, 1)).item() == -np.inf
