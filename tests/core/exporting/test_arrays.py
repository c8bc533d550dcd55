import io

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import ImageContractError
from core.exporting.arrays import difference_array, difference_png, npy_bytes
from core.image import Image


def every_difference() -> tuple[Image, Image]:
    """A grey line whose b - a runs from -255 to 255."""
    signed = np.arange(-255, 256).reshape(1, -1, 1)
    return np.maximum(-signed, 0).astype(np.uint8), np.maximum(signed, 0).astype(np.uint8)


def decoded(data: bytes) -> npt.NDArray[np.int64]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert image is not None
    assert image.dtype == np.uint16
    return image.astype(np.int64)


def test_arrays_come_back_bit_for_bit() -> None:
    image = np.random.default_rng(0).normal(size=(3, 4, 2)).astype(np.float32)
    np.testing.assert_array_equal(np.load(io.BytesIO(npy_bytes(image))), image)


def test_a_difference_of_bytes_does_not_wrap() -> None:
    difference = difference_array(*every_difference())
    assert difference.dtype == np.int16
    np.testing.assert_array_equal(difference[0, :, 0], np.arange(-255, 256))


def test_a_difference_of_floats_is_one() -> None:
    a, b = np.full((1, 1, 1), 200, np.uint8), np.full((1, 1, 1), 0.5, np.float32)
    difference = difference_array(a, b)
    assert difference.dtype == np.float32
    assert difference.item() == -199.5


def test_every_difference_of_bytes_can_be_computed_back() -> None:
    coded = decoded(difference_png(*every_difference()))
    np.testing.assert_array_equal((coded[0] - 32768) / 128, np.arange(-255, 256))


def test_channels_keep_their_order() -> None:
    a, b = np.zeros((1, 1, 3), np.uint8), np.array([[[1, 2, 3]]], np.uint8)
    blue_green_red = decoded(difference_png(a, b))[0, 0]
    np.testing.assert_array_equal((blue_green_red - 32768) / 128, [3, 2, 1])


def test_floats_are_rounded_to_a_128th_of_a_level() -> None:
    a, b = np.zeros((1, 3, 1), np.float32), np.array([[[0.5], [-0.25], [0.004]]], np.float32)
    np.testing.assert_array_equal((decoded(difference_png(a, b))[0] - 32768) / 128, [0.5, -0.25, 1 / 128])
    normalised = decoded(difference_png(a, b / np.float32(100), level=0.01))
    np.testing.assert_array_equal((normalised[0] - 32768) / 128, [0.5, -0.25, 1 / 128])


def test_what_does_not_fit_is_cut_off() -> None:
    a, b = np.zeros((1, 4, 1), np.float32), np.array([[[1000], [-1000], [np.nan], [-np.inf]]], np.float32)
    np.testing.assert_array_equal(decoded(difference_png(a, b))[0], [65535, 0, 65535, 0])


def test_shapes_have_to_be_equal() -> None:
    with pytest.raises(ImageContractError, match=r"\(1, 2, 1\)"):
        difference_array(np.zeros((1, 1, 1), np.uint8), np.zeros((1, 2, 1), np.uint8))
