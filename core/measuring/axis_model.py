"""Models of an axis: what a named rule of positions, kernel, stretch and border would have for weights.

A measured axis is told by the model that comes nearest (`core.measuring.axis_fit`). Positions are source coordinates of
row centres, pixel 0 centred at 0: `position = scale * j + offset`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from .axis import AxisOperator, narrowed
from .kernels import Kernel

Border: TypeAlias = Literal["replicate", "renormalise", "reflect", "zero"]
PositionRule: TypeAlias = Literal["half-pixel", "asymmetric", "align-corners"]

BORDERS: tuple[Border, ...] = ("replicate", "renormalise", "reflect", "zero")


@dataclass(frozen=True)
class Positions:
    """Where row j looks: `scale * j + offset`."""

    scale: float
    offset: float

    def of(self, size_out: int) -> npt.NDArray[np.float64]:
        """The positions of all rows."""
        return self.scale * np.arange(size_out, dtype=np.float64) + self.offset


def named_positions(rule: PositionRule, size_in: int, size_out: int) -> Positions:
    """The positions that a rule gives.

    half-pixel: the edges of both pictures coincide. asymmetric: the centres of the first pixels do, by the ratio of the
    sizes. align-corners: the centres of the first and of the last pixels do.
    """
    scale = size_in / size_out
    if rule == "half-pixel":
        return Positions(scale, (scale - 1) / 2)
    if rule == "asymmetric" or size_out == 1:
        return Positions(scale, 0.0)
    return Positions((size_in - 1) / (size_out - 1), 0.0)


def model(kernel: Kernel, positions: Positions, stretch: float, border: Border, sizes: tuple[int, int]) -> AxisOperator:
    """The axis of sizes (in, out) with `kernel` widened `stretch` times; rows are normalised as libraries do.

    A stretched kernel's rows are divided by their sum; one of width 1 has the sum 1 by itself or is divided too.
    """
    size_in, size_out = sizes
    centres = positions.of(size_out)
    first = np.ceil(centres - kernel.radius * stretch).astype(np.int64)
    place = first[:, np.newaxis] + np.arange(int(np.ceil(2 * kernel.radius * stretch)) + 1)
    weights = kernel((place - centres[:, np.newaxis]) / stretch)
    return _bounded(place, weights, border, size_in)


def _bounded(
    place: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], border: Border, size_in: int
) -> AxisOperator:
    outside = (place < 0) | (place >= size_in)
    if border == "renormalise":
        weights = np.where(outside, 0.0, weights)
    total = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, total, out=np.zeros_like(weights), where=np.abs(total) > 1e-12)
    if border == "zero":
        weights = np.where(outside, 0.0, weights)
    inside = _INSIDE[border](place, size_in)
    return _gathered(inside, weights, size_in)


def _clamped(place: npt.NDArray[np.int64], size_in: int) -> npt.NDArray[np.int64]:
    return np.clip(place, 0, size_in - 1)


def _mirrored(place: npt.NDArray[np.int64], size_in: int) -> npt.NDArray[np.int64]:
    """The picture repeats its edge pixel and runs back: … 1 0 | 0 1 2 … (OpenCV's BORDER_REFLECT)."""
    folded = np.mod(place, 2 * size_in)
    return np.where(folded < size_in, folded, 2 * size_in - 1 - folded)


_INSIDE: dict[Border, Callable[[npt.NDArray[np.int64], int], npt.NDArray[np.int64]]] = {
    "replicate": _clamped,
    "renormalise": _clamped,
    "zero": _clamped,
    "reflect": _mirrored,
}


def _gathered(place: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], size_in: int) -> AxisOperator:
    """Adds up the weights that the border rule has sent to one source pixel."""
    first = place.min(axis=1)
    width = int((place - first[:, np.newaxis]).max()) + 1
    band = np.zeros((len(first), width))
    np.add.at(band, (np.arange(len(first))[:, np.newaxis], place - first[:, np.newaxis]), weights)
    return narrowed(first, band, size_in)


def coverage_model(scale: float, sizes: tuple[int, int]) -> AxisOperator:
    """The box over the exact source interval [j, j + 1) * scale: each pixel weighs by how much of it lies inside."""
    return _covered(Positions(scale, (scale - 1) / 2), scale, "replicate", sizes)


def interval_model(positions: Positions, stretch: float, border: Border, sizes: tuple[int, int]) -> AxisOperator:
    """The same around any positions: `stretch` wide, or as wide as an output pixel is if that is less."""
    return _covered(positions, stretch * min(1.0, sizes[0] / sizes[1]), border, sizes)


def _covered(positions: Positions, width: float, border: Border, sizes: tuple[int, int]) -> AxisOperator:
    size_in, size_out = sizes
    low = positions.of(size_out) + (1 - width) / 2
    high = low + width
    first = np.floor(low + 1e-9).astype(np.int64)
    place = first[:, np.newaxis] + np.arange(int(np.ceil(width)) + 1)
    overlap = np.minimum(place + 1, high[:, np.newaxis]) - np.maximum(place, low[:, np.newaxis])
    return _bounded(place, np.maximum(overlap, 0.0), border, size_in)


def furthest(a: AxisOperator, b: AxisOperator, rows: npt.NDArray[np.bool_] | None = None) -> float:
    """The largest difference between two operators' weights, in some `rows` or all; infinite where sizes differ."""
    if (a.size_in, a.size_out) != (b.size_in, b.size_out):
        return float("inf")
    first = np.minimum(a.first, b.first)
    width = int(max((a.first - first).max() + a.weights.shape[1], (b.first - first).max() + b.weights.shape[1]))
    distance = np.abs(_on_band(a, first, width) - _on_band(b, first, width)).max(axis=1)
    return float(distance.max() if rows is None else distance.max(where=rows, initial=0.0))


def _on_band(operator: AxisOperator, first: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.float64]:
    band = np.zeros((operator.size_out, width))
    columns = (operator.first - first)[:, np.newaxis] + np.arange(operator.weights.shape[1])
    np.put_along_axis(band, columns, operator.weights, axis=1)
    return band
