"""Structural similarity: how alike two images look within every small window, from 1 (alike) down to -1.

Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, "Image quality assessment: from error visibility to structural similarity",
IEEE Transactions on Image Processing 13 (2004), with the paper's constants: a Gaussian window of 11 with sigma 1.5,
K1 = 0.01, K2 = 0.03, biased variances. So the mean equals, within 1e-4,
    skimage.metrics.structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
                                          channel_axis=2, data_range=255)
`tf.image.ssim` was rejected: it adds up in float32, and 24 megapixels of SSIM 0.99 come out as 0.70.
"""

import math
from threading import Lock

import numpy as np
import numpy.typing as npt

from .difference import as_pair
from .image import Image
from .numeric.ssim_tiles import RADIUS, WINDOW, Tile, TileSsim, sum_of, tiles
from .numeric.threads import map_row_strips
from .statistics import PEAK

Map = npt.NDArray[np.float32]


def ssim(a: Image, b: Image, *, data_range: float = PEAK, threads: int | None = None) -> float | None:
    """The mean SSIM over all channels and over all windows that lie within the images.

    `data_range` is white minus black: 255 until a normalise stage. None when a side is shorter than the window of 11
    pixels, or a value is not finite. `threads` as in `measure`. Raises `ImageContractError` as `measure` does.
    """
    a, b = as_pair(a, b)
    height, width, channels = a.shape
    inner_height, inner_width = height - 2 * RADIUS, width - 2 * RADIUS
    if min(inner_height, inner_width) < 1:
        return None

    def add_up(strip: slice) -> float:
        rows = slice(strip.start + RADIUS, strip.stop + RADIUS)
        ssim_of = TileSsim(a, b, data_range)
        return math.fsum(sum_of(ssim_of.tile(tile)) for tile in tiles(rows, slice(RADIUS, width - RADIUS)))

    total = math.fsum(map_row_strips(add_up, inner_height, inner_width, threads))
    return total / (inner_height * inner_width * channels) if math.isfinite(total) else None


def ssim_map(
    a: Image,
    b: Image,
    *,
    view_hw: tuple[int, int] | None = None,
    data_range: float = PEAK,
    threads: int | None = None,
) -> Map | None:
    """The SSIM around each pixel, its channels' mean: float32[height, width]; NaN where a value is not finite.

    `view_hw`, at most the images' own size, asks for a smaller map: each of its pixels has the lowest SSIM of the
    rectangle that it stands for, since a mean would hide a small flaw. None, and the rest, as in `ssim`.
    """
    a, b = as_pair(a, b)
    height, width, _ = a.shape
    if min(height, width) < WINDOW:
        return None
    size_hw = view_hw or (height, width)
    view = np.full(size_hw, np.inf, np.float32)
    lock = Lock()

    def fill(rows: slice) -> None:
        ssim_of = TileSsim(a, b, data_range)
        for tile in tiles(rows, slice(0, width)):
            lowest, place = _pooled(ssim_of.tile(tile).mean(axis=2), tile, (height, width), size_hw)
            # Tiles of two threads may share a pixel of the view.
            with lock:
                np.minimum(view[place], lowest, out=view[place])

    map_row_strips(fill, height, width, threads)
    return view


def _pooled(
    values: Map, tile: Tile, image_hw: tuple[int, int], view_hw: tuple[int, int]
) -> tuple[Map, tuple[slice, slice]]:
    """The lowest of a tile's values in each pixel of the view, and these pixels."""
    rows, columns = (
        np.arange(part.start, part.stop) * view_size // size
        for part, size, view_size in zip(tile, image_hw, view_hw, strict=True)
    )
    firsts = [np.flatnonzero(np.diff(numbers, prepend=-1)) for numbers in (rows, columns)]
    lowest = np.minimum.reduceat(np.minimum.reduceat(values, firsts[0], axis=0), firsts[1], axis=1)
    return lowest, (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
