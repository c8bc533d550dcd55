import numpy as np
import pytest

from core.preview import preview, shown_range


def test_a_small_uint8_image_is_shown_as_it_is() -> None:
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert preview(image) is image
    assert preview(image, max_side=4) is image


def test_floats_are_rounded_and_cut_off() -> None:
    image = np.array([[[-3.2], [0.4], [0.6], [254.6], [260.7]]], np.float32)
    np.testing.assert_array_equal(preview(image), [[[0], [0], [1], [255], [255]]])


def test_what_is_no_number_is_black() -> None:
    image = np.array([[[np.nan], [np.inf], [-np.inf]]], np.float32)
    np.testing.assert_array_equal(preview(image), [[[0], [255], [0]]])


def test_a_normalised_image_is_shown_over_its_range() -> None:
    image = np.array([[[-1], [0], [1]]], np.float32)
    np.testing.assert_array_equal(preview(image, (-1, 1)), [[[0], [128], [255]]])


def test_a_larger_image_is_shrunk_by_the_mean_of_areas() -> None:
    image = np.array([[[0, 10], [100, 20]], [[50, 30], [50, 40]]], np.uint8)
    np.testing.assert_array_equal(preview(image, max_side=1), [[[50, 25]]])


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_shrinking_keeps_aspect_and_channels(channels: int) -> None:
    image = np.full((30, 90, channels), 7, np.uint8)
    np.testing.assert_array_equal(preview(image, max_side=30), np.full((10, 30, channels), 7))


def test_an_ordinary_image_is_shown_from_0_to_255() -> None:
    image = np.array([[[-40]]], np.float32)
    assert shown_range(image, image) == (0, 255)


def test_normalised_images_share_a_range() -> None:
    a, b = np.array([[[-1], [0.5]]], np.float32), np.array([[[np.nan], [2]]], np.float32)
    assert shown_range(a, b, 0.01) == (-1, 2)


@pytest.mark.parametrize("value", [np.nan, 3.0])
def test_a_range_is_never_empty(value: float) -> None:
    image = np.full((1, 1, 1), value, np.float32)
    low, high = shown_range(image, image, 0.01)
    assert low < high
