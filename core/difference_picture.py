"""One picture that shows a difference: A, B and B - A side by side, whole and around the worst pixel."""

import numpy as np
import numpy.typing as npt

from .difference import Difference
from .image import Image
from .png import png_bytes
from .preview import preview, shown_range
from .render import HeatmapSettings, heatmap

WHOLE_SIDE = 384
CROP_SIDE = 32
GAP = 12
_GAP_LEVEL = 255

Levels = npt.NDArray[np.uint8]


def difference_picture(a: Image, b: Image, difference: Difference, level: float = 1.0) -> bytes:
    """A PNG: the upper row shows the images whole, the lower one the pixels around the worst one, enlarged.

    Raises `ImageContractError` when the shapes differ.
    """
    shown = shown_range(a, b, level)
    drawn = heatmap(a, b, HeatmapSettings(), level=level, difference=difference)
    small = heatmap(a, b, drawn.settings, level=level, difference=difference, max_side=WHOLE_SIDE)
    x, y, _ = difference.statistics().max_at
    rows, columns = (_around(place, side) for place, side in zip((y, x), a.shape, strict=False))
    whole = [_rgb(preview(image, shown, WHOLE_SIDE)) for image in (a, b)]
    crops = [_rgb(preview(image[rows, columns], shown)) for image in (a, b)]
    factor = max(1, WHOLE_SIDE // CROP_SIDE)
    upper = [_fitted(each) for each in (*whole, small.image)]
    lower = [_fitted(_enlarged(each, factor)) for each in (*crops, drawn.image[rows, columns])]
    return png_bytes(_stacked([_stacked(upper, axis=1), _stacked(lower, axis=1)], axis=0))


def _around(place: int, length: int) -> slice:
    side = min(CROP_SIDE, length)
    start = min(max(0, place - side // 2), length - side)
    return slice(start, start + side)


def _rgb(image: Levels) -> Levels:
    """Without alpha, and grey as three equal channels."""
    return np.ascontiguousarray(image[..., :3] if image.shape[2] >= 3 else np.repeat(image[..., :1], 3, axis=2))


def _enlarged(image: Levels, factor: int) -> Levels:
    return image.repeat(factor, axis=0).repeat(factor, axis=1)


def _fitted(image: Levels) -> Levels:
    """In the upper left of a square of `WHOLE_SIDE`."""
    square = np.full((WHOLE_SIDE, WHOLE_SIDE, 3), _GAP_LEVEL, np.uint8)
    square[: image.shape[0], : image.shape[1]] = image[:WHOLE_SIDE, :WHOLE_SIDE]
    return square


def _stacked(images: list[Levels], axis: int) -> Levels:
    shape = list(images[0].shape)
    shape[axis] = GAP
    gap = np.full(shape, _GAP_LEVEL, np.uint8)
    parts = [part for image in images for part in (image, gap)][:-1]
    return np.concatenate(parts, axis=axis)
