"""Single pixels: where two images differ most, and the numbers around a place."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .difference import as_pair
from .image import Image

_ROWS_AT_A_TIME = 64
"""The intermediate arrays of so many rows take a few megabytes at most."""


class WorstPixel(NamedTuple):
    """A place, and the largest |a - b| over its channels."""

    max_abs: float
    x: int
    y: int


def worst_pixels(a: Image, b: Image, count: int) -> tuple[WorstPixel, ...]:
    """The `count` pixels that differ most, in descending order, equal ones in raster order; those that differ only.

    The channels of a pixel count by the largest; values that are not finite in both images are passed over.
    Raises `ImageContractError` when the shapes differ, or an array is no `Image`.
    """
    a, b = as_pair(a, b)
    worst: list[WorstPixel] = []
    for top in range(0, a.shape[0], _ROWS_AT_A_TIME):
        rows = slice(top, top + _ROWS_AT_A_TIME)
        worst += _worst_of_rows(_pixel_maxima(a[rows], b[rows]), top, count)
        worst = sorted(worst, key=lambda pixel: (-pixel.max_abs, pixel.y, pixel.x))[:count]
    return tuple(worst)


def _pixel_maxima(a: Image, b: Image) -> npt.NDArray[np.float64]:
    """The largest |a - b| over each pixel's channels, float64[height, width]; 0 for what is not finite."""
    maxima = np.zeros(a.shape[:2])
    for channel in range(a.shape[2]):
        # Channel by channel, since numpy's maximum over a short last axis takes ten times as long.
        with np.errstate(invalid="ignore"):
            sizes = np.abs(np.subtract(a[..., channel], b[..., channel], dtype=np.float64))
        sizes[~np.isfinite(sizes)] = 0
        np.maximum(maxima, sizes, out=maxima)
    return maxima


def _worst_of_rows(maxima: npt.NDArray[np.float64], top: int, count: int) -> list[WorstPixel]:
    """All candidates of some rows, the first of which is `top`, without the ties that come too late."""
    flat = maxima.reshape(-1)
    kept = min(count, flat.size)
    least = np.partition(flat, flat.size - kept)[flat.size - kept] if kept else np.inf
    above = np.flatnonzero(flat > least)
    equal = np.flatnonzero((flat == least) & (flat > 0))[: kept - above.size]
    width = maxima.shape[1]
    places = np.concatenate([above, equal])
    return [WorstPixel(float(flat[place]), int(place % width), int(place // width) + top) for place in places]


@dataclass(frozen=True, eq=False)
class Window:
    """A square of pixels of A, B and A - B, each [height, width, channels], whose first pixel is (`x`, `y`).

    `difference` is int16 for `uint8` images, else float64, so that it neither wraps nor rounds.
    """

    x: int
    y: int
    a: Image
    b: Image
    difference: npt.NDArray[np.int16] | npt.NDArray[np.float64]


def window(a: Image, b: Image, x: int, y: int, radius: int) -> Window:
    """The pixels at most `radius` columns and rows from (`x`, `y`), as far as the images reach.

    Raises `ImageContractError` when the shapes differ, or an array is no `Image`; `IndexError` for a place outside.
    """
    a, b = as_pair(a, b)
    height, width, _ = a.shape
    if not (0 <= x < width and 0 <= y < height):
        raise IndexError(f"({x}, {y}) is not a pixel of an image of {width}x{height}.")
    left, top = max(x - radius, 0), max(y - radius, 0)
    square = slice(top, y + radius + 1), slice(left, x + radius + 1)
    both_uint8 = a.dtype == b.dtype == np.uint8
    with np.errstate(invalid="ignore"):
        difference = np.subtract(a[square], b[square], dtype=np.int16 if both_uint8 else np.float64)
    return Window(left, top, a[square], b[square], difference)
