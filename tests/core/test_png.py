"""Read back by two other programs' readers: Pillow and OpenCV."""

import io
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from core.errors import ImageContractError
from core.png import palette_png_bytes, png_bytes

ROWS_OF_SEVERAL_STRIPS = 300
ORDER_BY_CHANNELS = {1: [0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}  # OpenCV's of ours


def noise(shape: tuple[int, ...], dtype: type[np.uint8] | type[np.uint16]) -> npt.NDArray[Any]:
    return np.random.default_rng(0).integers(0, np.iinfo(dtype).max, shape, dtype, endpoint=True)


def read_by_opencv(data: bytes) -> npt.NDArray[Any]:
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None
    in_channels = decoded.reshape(*decoded.shape[:2], -1)
    return in_channels[:, :, ORDER_BY_CHANNELS[in_channels.shape[2]]]


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 5), (ROWS_OF_SEVERAL_STRIPS, 7)])
def test_pillow_reads_the_same_values(size: tuple[int, int], channels: int) -> None:
    image = noise((*size, channels), np.uint8)
    with Image.open(io.BytesIO(png_bytes(image))) as opened:
        assert opened.mode == ("L", "LA", "RGB", "RGBA")[channels - 1]
        np.testing.assert_array_equal(np.asarray(opened).reshape(image.shape), image)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_opencv_reads_the_same_values(channels: int, dtype: type[np.uint8] | type[np.uint16]) -> None:
    image = noise((ROWS_OF_SEVERAL_STRIPS, 7, channels), dtype)
    decoded = read_by_opencv(png_bytes(image))
    assert decoded.dtype == dtype
    np.testing.assert_array_equal(decoded, image)


def test_a_picture_that_is_not_contiguous() -> None:
    image = noise((6, 8, 3), np.uint8)[::2, ::-2]
    np.testing.assert_array_equal(read_by_opencv(png_bytes(image)), image)


def test_indices_become_their_colours() -> None:
    colours = np.array([[0, 0, 0], [255, 0, 0], [0, 0, 255]], np.uint8)
    indices = np.array([[0, 1], [2, 1]], np.uint8)
    with Image.open(io.BytesIO(palette_png_bytes(indices, colours))) as opened:
        assert opened.mode == "P"
        np.testing.assert_array_equal(np.asarray(opened.convert("RGB")), colours[indices])


@pytest.mark.parametrize("image", [np.zeros((2, 2)), np.zeros((2, 2, 5), np.uint8), np.zeros((2, 2, 3), np.float32)])
def test_what_a_png_cannot_hold_is_refused(image: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(ImageContractError, match="a PNG holds uint8 or uint16"):
        png_bytes(image)
