"""A difference in blocks of 8x8 pixels: another JPEG quality, or another inverse DCT.

Two signs are looked for. One side's DCT coefficients vanish on a grid of blocks, at one of the 64 places where it may
begin, and the other's do not or less: it was compressed (again). Or the difference is uneven within the cells of such a
grid, as rounding inside an inverse DCT is, and not within cells of other sizes.
"""

import numpy as np
import numpy.typing as npt

from .finding import Finding, Found
from .pair import Floats, Pair, luma

_BLOCK = 8
_LEAST_SIDE_PX = 48
_GRID_SIDE_PX = 256
_VANISHED = 1.0
"""Rounding to whole levels leaves this much of a coefficient that was zero."""

_STRONGER = 0.03
_OTHER_CELLS = (7, 9)
"""Cells in which a picture's own details may fall in step by chance, for comparison."""

_MORE_UNEVEN = 2.5
_LEAST_SPREAD_LEVELS = 0.3

_INDEX = np.arange(_BLOCK)
_DCT = np.sqrt(2 / _BLOCK) * np.cos((2 * _INDEX + 1) * _INDEX[:, np.newaxis] * np.pi / (2 * _BLOCK))
_DCT[0] /= np.sqrt(2)
_HIGH = _INDEX + _INDEX[:, np.newaxis] >= _BLOCK // 2


def blocks(pair: Pair) -> Found | None:
    """The difference has the structure of JPEG's blocks."""
    if not (pair.same_shape and pair.aligned) or pair.resampled or pair.settled:
        return None
    if min(pair.a.shape[:2]) < _LEAST_SIDE_PX:
        return None
    middle = pair.middle
    found = _of_compression(middle) or _of_unevenness(middle)
    return Found(found, pair) if found else None


def _of_compression(pair: Pair) -> Finding | None:
    a, b = (_grid(luma(image)) for image in (pair.a, pair.b))
    if abs(b - a) < _STRONGER:
        return None
    side = "B" if b > a else "A"
    evidence = (
        f"{side} has been compressed in blocks of 8x8 pixels: on their grid {max(a, b):.0%} more of its DCT "
        f"coefficients vanish than on any other, and {max(0.0, min(a, b)):.0%} more of the other side's."
    )
    return Finding("blocks", evidence, min(1.0, 0.5 + 5 * abs(b - a)), {"side": side})


def _of_unevenness(pair: Pair) -> Finding | None:
    difference = luma(pair.difference)
    if float(difference.std()) < _LEAST_SPREAD_LEVELS:
        return None
    uneven, others = _unevenness(difference, _BLOCK), max(_unevenness(difference, cell) for cell in _OTHER_CELLS)
    if uneven < _MORE_UNEVEN * others:
        return None
    evidence = (
        f"The difference depends on the place in blocks of 8x8 pixels {uneven / others:.1f} times as much as on that "
        "in blocks of 7 or 9: both were decoded from the same blocks, by another inverse DCT."
    )
    return Finding("blocks", evidence, 1 - others / uneven, {"side": ""})


def _grid(image: Floats) -> float:
    """By how much the share of vanishing coefficients at the best beginning of a grid exceeds the second best."""
    top, left = (max(0, length - _GRID_SIDE_PX) // 2 // _BLOCK * _BLOCK for length in image.shape)
    part = image[top : top + _GRID_SIDE_PX, left : left + _GRID_SIDE_PX]
    shares = sorted(_vanishing(part[y:, x:]) for y in range(_BLOCK) for x in range(_BLOCK))
    return shares[-1] - shares[-2]


def _vanishing(image: Floats) -> float:
    rows, columns = (length // _BLOCK for length in image.shape)
    cut = image[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK).transpose(0, 2, 1, 3)
    coefficients = _DCT @ cut @ _DCT.T
    return float(np.mean(np.abs(coefficients[..., _HIGH]) < _VANISHED))


def _unevenness(difference: Floats, cell: int) -> float:
    """How much the difference's mean and its mean size vary with the place in a cell."""
    rows, columns = (length // cell for length in difference.shape)
    cut = difference[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell)
    means: npt.NDArray[np.floating] = cut.mean(axis=(0, 2))
    sizes: npt.NDArray[np.floating] = np.abs(cut).mean(axis=(0, 2))
    return float(np.hypot(means.std(), sizes.std()))
