"""Which middle part of a picture an array shows: found on means over blocks, which hardly depend on the kernel.

The region is centred, `width_part` and `height_part` of the sides. Squashing shows all of it, a centre crop a part of
the array's aspect, a fraction crop the same part of both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .value_fit import Values, as_rows, fit_values

BLOCKS = 32
SMALLEST_PART = 0.25
_PARTS = np.arange(SMALLEST_PART, 1.0001, 0.0125)
_FIRST_STEP, _LAST_STEP = 0.006, 0.0004


@dataclass(frozen=True)
class Region:
    """A part of the picture; `swapped` where the channels fit better in reverse order."""

    width_part: float
    height_part: float
    swapped: bool
    residual_levels: float


class RegionFinder:
    """Holds the sums over a picture, so that means over any blocks of it cost little."""

    def __init__(self, picture: npt.NDArray[Any]) -> None:
        self._sums = _sums(picture)
        self._size_wh = (picture.shape[1], picture.shape[0])

    def find(self, target: npt.NDArray[Any]) -> list[Region]:
        """The regions that `target`, H x W x C, may show, the likeliest first; they are a few at most."""
        grid_wh = (min(BLOCKS, target.shape[1]), min(BLOCKS, target.shape[0]))
        full = (0.0, 0.0, float(target.shape[1]), float(target.shape[0]))
        wanted = _block_means(_sums(target), full, grid_wh)
        whole = self._rated((1.0, 1.0), wanted, grid_wh, target.shape)
        found = [whole]
        for family in (self._same_aspect(target.shape), [(part, part) for part in _PARTS]):
            rated = [self._rated(parts, wanted, grid_wh, target.shape) for parts in family]
            best = min(rated, key=lambda region: region.residual_levels)
            found.append(self._refined(best, wanted, grid_wh, target.shape))
        return sorted(found, key=lambda region: region.residual_levels)

    def _same_aspect(self, shape: tuple[int, ...]) -> list[tuple[float, float]]:
        """Parts of the target's aspect, up to the largest that the picture holds."""
        ratio = (shape[1] / shape[0]) / (self._size_wh[0] / self._size_wh[1])
        width_part, height_part = min(1.0, ratio), min(1.0, 1 / ratio)
        return [(part * width_part, part * height_part) for part in _PARTS]

    def _refined(self, region: Region, wanted: Values, grid_wh: tuple[int, int], shape: tuple[int, ...]) -> Region:
        """Both parts moved in ever smaller steps while that comes nearer."""
        step = _FIRST_STEP
        while step >= _LAST_STEP:
            width, height = region.width_part, region.height_part
            moves = ((step, step), (-step, -step), (step, 0), (-step, 0), (0, step), (0, -step))
            parts = [(min(1.0, width + x), min(1.0, height + y)) for x, y in moves if min(width + x, height + y) > 0.05]
            nearest = min(
                (self._rated(each, wanted, grid_wh, shape, (region.swapped,)) for each in parts),
                key=lambda each: each.residual_levels,
            )
            if nearest.residual_levels < region.residual_levels:
                region = nearest
            else:
                step /= 2
        return region

    def _rated(
        self,
        parts: tuple[float, float],
        wanted: Values,
        grid_wh: tuple[int, int],
        shape: tuple[int, ...],
        orders: tuple[bool, ...] = (False, True),
    ) -> Region:
        """The better of the channels' orders, and of pixels' centres and corners as origin (TensorFlow 1)."""
        residuals = {}
        for shifted in (False, True):
            means = _block_means(self._sums, self._rectangle(parts, shape, shifted=shifted), grid_wh)
            for swapped in orders if len(means) == 3 else (False,):
                ordered = means[::-1] if swapped else means
                residuals[shifted, swapped] = fit_values(wanted, ordered).residual_levels
        best = min(residuals, key=lambda each: residuals[each])
        return Region(*parts, swapped=best[1], residual_levels=residuals[best])

    def _rectangle(
        self, parts: tuple[float, float], shape: tuple[int, ...], *, shifted: bool
    ) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in source pixels."""
        sides = [
            (size * (1 - part) / 2, size * (1 + part) / 2) for size, part in zip(self._size_wh, parts, strict=True)
        ]
        moved = [
            (end - start) / length - 1 if shifted else 0.0
            for (start, end), length in zip(sides, (shape[1], shape[0]), strict=True)
        ]
        (left, right), (top, bottom) = (
            (start - move / 2, end - move / 2) for (start, end), move in zip(sides, moved, strict=True)
        )
        return left, top, right, bottom


def _sums(picture: npt.NDArray[Any]) -> Values:
    """Sums over everything above and to the left, of shape (H + 1, W + 1, C)."""
    sums = np.zeros((picture.shape[0] + 1, picture.shape[1] + 1, picture.shape[2]))
    np.cumsum(picture, axis=0, out=sums[1:, 1:], dtype=np.float64)
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    return sums


def _block_means(sums: Values, rectangle: tuple[float, float, float, float], grid_wh: tuple[int, int]) -> Values:
    """Means over the blocks of a grid laid on `rectangle`, of shape (C, blocks)."""
    left, top, right, bottom = rectangle
    x, y = (np.linspace(*ends, count + 1) for ends, count in zip(((left, right), (top, bottom)), grid_wh, strict=True))
    cut = _between(_between(sums, y, 0), x, 1)
    means = np.diff(np.diff(cut, axis=0), axis=1) / (np.diff(y)[0] * np.diff(x)[0])
    return as_rows(means)


def _between(sums: Values, places: Values, axis: int) -> Values:
    """`sums` at places between pixels; beyond the edges they go on as the edge pixel does."""
    low = np.clip(np.floor(places).astype(int), 0, sums.shape[axis] - 2)
    part = (places - low).reshape(-1, *([1] * (2 - axis)))
    before, after = sums.take(low, axis), sums.take(low + 1, axis)
    between: Values = before + part * (after - before)
    return between


def likely(regions: Iterable[Region]) -> list[Region]:
    """Those that come about as near as the first."""
    ordered = sorted(regions, key=lambda region: region.residual_levels)
    bound = 1.5 * ordered[0].residual_levels + 0.5
    return [region for region in ordered if region.residual_levels <= bound]
