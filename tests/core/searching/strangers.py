"""What no recipe of the catalogue makes of a picture: each takes its pixels, uint8 RGB, and gives others."""

from collections.abc import Callable
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]
Array: TypeAlias = npt.NDArray[Any]

_LUMA = np.array([0.299, 0.587, 0.114])


def _shrunk(picture: Array, size_wh: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(picture, size_wh, interpolation=cv2.INTER_AREA), np.uint8)


def _whole(levels: Array) -> Pixels:
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def blurred(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    return _shrunk(np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.5)), size_wh)


def sharpened(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    small = _shrunk(picture, size_wh).astype(np.float64)
    return _whole(1.8 * small - 0.8 * np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0)))


def rotated(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """By 3 degrees."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 3, 1)
    return _shrunk(np.asarray(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)), size_wh)


def mirrored(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    return _shrunk(np.ascontiguousarray(picture[:, ::-1]), size_wh)


def off_centre(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """The upper left four fifths."""
    height, width = picture.shape[:2]
    return _shrunk(picture[: height * 4 // 5, : width * 4 // 5], size_wh)


def gamma(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    return _whole(255 * (_shrunk(picture, size_wh) / 255) ** 0.8)


def noisy(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    small = _shrunk(picture, size_wh)
    return _whole(small + np.random.default_rng(0).normal(0, 3, small.shape))


def recompressed(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """As JPEG, after the resize."""
    written, data = cv2.imencode(".jpg", _shrunk(picture, size_wh)[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])
    assert written
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.ascontiguousarray(decoded[:, :, ::-1], np.uint8)


def desaturated(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    small = _shrunk(picture, size_wh).astype(np.float64)
    grey = (small @ _LUMA)[:, :, np.newaxis]
    return _whole(grey + 0.7 * (small - grey))


def equalised(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """Each channel's histogram made flat."""
    channels = [cv2.equalizeHist(channel) for channel in cv2.split(_shrunk(picture, size_wh))]
    return np.asarray(np.stack(channels, axis=2), np.uint8)


def patched(picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """With a grey patch, as augmentation cuts it out."""
    made = _shrunk(picture, size_wh).copy()
    height, width = made.shape[:2]
    made[height // 4 : height // 2, width // 4 : width // 2] = 127
    return made


def chequered(_picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    """Another picture."""
    y, x = np.mgrid[: size_wh[1], : size_wh[0]]
    return np.stack([255 * ((x // 8 + y // 8) % 2), 3 * x % 256, 2 * y % 256], axis=2).astype(np.uint8)


def random(_picture: Pixels, size_wh: tuple[int, int]) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (size_wh[1], size_wh[0], 3)).astype(np.uint8)


STRANGERS: tuple[Callable[[Pixels, tuple[int, int]], Pixels], ...] = (
    blurred,
    sharpened,
    rotated,
    mirrored,
    off_centre,
    gamma,
    noisy,
    recompressed,
    desaturated,
    equalised,
    patched,
    chequered,
    random,
)
