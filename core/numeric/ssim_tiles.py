"""SSIM of one tile at a time, with OpenCV's filters: intermediate arrays stay in the cache whatever the image's size.

With s = a + b and d = a - b, the formula's sums and products become
    2 mean(a) mean(b)       = (mean(s)^2 - mean(d)^2) / 2        2 cov(a, b)      = (var(s) - var(d)) / 2
    mean(a)^2 + mean(b)^2   = (mean(s)^2 + mean(d)^2) / 2        var(a) + var(b)  = (var(s) + var(d)) / 2
so four filters do for five, and equal images give exactly 1: what float32 rounds off var(s) stands above and below the
fraction bar alike.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..image import Image

WINDOW = 11
"""Width of the Gaussian window: scikit-image's for a sigma of 1.5, cut off at 3.5 sigmas."""

RADIUS = WINDOW // 2
SIGMA = 1.5
TILE_HW = (128, 256)
"""Of 64 to 512 pixels a side the fastest, by two to one against whole rows or larger tiles."""

Map = npt.NDArray[np.float32]


class Tile(NamedTuple):
    """Rows and columns of an image."""

    rows: slice
    columns: slice


def tiles(rows: slice, columns: slice) -> Iterator[Tile]:
    """Tiles that cover `rows` and `columns`, from the top left on."""
    height, width = TILE_HW
    for top in range(rows.start, rows.stop, height):
        for left in range(columns.start, columns.stop, width):
            yield Tile(slice(top, min(top + height, rows.stop)), slice(left, min(left + width, columns.stop)))


class TileSsim:
    """Calculates the SSIM of tiles of two images, one after the other, in arrays that it keeps.

    Allocating them anew for each tile was tried and takes longer than the calculation: the system hands out pages of
    zeros each time. One thread may use it at a time.
    """

    def __init__(self, a: Image, b: Image, data_range: float) -> None:
        self._a, self._b, self._data_range = a, b, data_range
        height, width = (size + 2 * RADIUS for size in TILE_HW)
        self._buffers = np.empty((6, height * width * a.shape[2]), np.float32)

    def tile(self, tile: Tile) -> Map:
        """The SSIM at every value of `tile`: float32[height, width, channels], overwritten by the next call.

        Windows that reach over the image's border see it mirrored, as in scikit-image. NaN where a window holds what
        is not finite.
        """
        height, width, channels = self._a.shape
        top, left = max(tile.rows.start - RADIUS, 0), max(tile.columns.start - RADIUS, 0)
        bottom, right = min(tile.rows.stop + RADIUS, height), min(tile.columns.stop + RADIUS, width)
        around = slice(top, bottom), slice(left, right)
        shape = bottom - top, right - left, channels
        arrays = [buffer[: math.prod(shape)].reshape(shape) for buffer in self._buffers]
        with np.errstate(invalid="ignore", over="ignore"):
            ssim = _ssim(self._a[around], self._b[around], arrays, self._data_range)
        return ssim[tile.rows.start - top : tile.rows.stop - top, tile.columns.start - left : tile.columns.stop - left]


def _ssim(a: Image, b: Image, arrays: list[Map], data_range: float) -> Map:
    """The formula, each term twice what Wang et al. (2004) have; the result is one of the six `arrays`."""
    import cv2

    sums, differences, mean_s, mean_d, variance_s, variance_d = arrays
    cv2.add(a, b, dst=sums, dtype=cv2.CV_32F)
    cv2.subtract(a, b, dst=differences, dtype=cv2.CV_32F)
    # float32 keeps variances best around zero; the mean comes back where it counts.
    shift = np.float32(sum_of(sums) / sums.size)
    sums -= shift
    _filter(sums, mean_s)
    _filter(differences, mean_d)
    sums *= sums
    differences *= differences
    _filter(sums, variance_s)
    _filter(differences, variance_d)
    variance_s -= np.multiply(mean_s, mean_s, out=sums)
    mean_s += shift
    mean_s *= mean_s
    mean_d *= mean_d
    variance_d -= mean_d
    c1, c2 = (np.float32(2 * (k * data_range) ** 2) for k in (0.01, 0.03))
    numerator = np.subtract(mean_s, mean_d, out=sums)
    numerator += c1
    factor = np.subtract(variance_s, variance_d, out=differences)
    factor += c2
    numerator *= factor
    denominator = np.add(mean_s, mean_d, out=mean_s)
    denominator += c1
    variance_s += variance_d
    variance_s += c2
    denominator *= variance_s
    numerator /= denominator
    return numerator


def _filter(values: Map, means: Map) -> None:
    """Writes the means under the Gaussian window. `GaussianBlur` does the same in a third more time on tiles."""
    import cv2

    kernel = cv2.getGaussianKernel(WINDOW, SIGMA, cv2.CV_32F)
    cv2.sepFilter2D(values, cv2.CV_32F, kernel, kernel, dst=means, borderType=cv2.BORDER_REFLECT)


def sum_of(ssim: Map) -> float:
    """The sum of all values, in float64."""
    import cv2

    return float(sum(cv2.sumElems(ssim)))
