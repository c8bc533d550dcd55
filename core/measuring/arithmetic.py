"""How a resizer computes on uint8: its result's dtype, its rounding, the step of its weights, and saturation.

The weights are known from float probes (`core.measuring.probing`). Here noise of uint8 goes through the resizer, and
models of integer arithmetic are held against what comes out: the one that gets the most values right is told, with its
share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..image import Image
from .axis import AxisOperator, apply_both

Rounding: TypeAlias = Literal["half up", "half to even", "truncation", "none"]

WEIGHT_BITS = (7, 8, 10, 11, 12, 14, 15, 16, 22)
"""Fixed-point steps to try: OpenCV's resize has 11 bits, its exact variants 16, Pillow 22."""

JUDGED_ROWS = 48
"""Rows of the result that models are held against: they have values enough, and all would take long."""


@dataclass(frozen=True)
class Arithmetic:
    """The arithmetic in words and numbers.

    Attributes:
        dtype: of the result for a uint8 picture.
        rounding: how a result becomes a whole number; "none" where it stays float.
        weight_bits: the weights are multiples of 1 / 2^weight_bits; None where they are floats.
        rounded_between_axes: whether the picture is uint8 again between the two axes.
        saturates: whether results beyond 0 and 255 are clipped; None where the kernel never goes beyond.
        explained_pct: per cent of values that this arithmetic gets right, in the first `JUDGED_ROWS` rows.
        max_off_float: the furthest of a value from the unrounded result of the matrices, in levels.
    """

    dtype: str
    rounding: Rounding
    weight_bits: int | None
    rounded_between_axes: bool
    saturates: bool | None
    explained_pct: float
    max_off_float: float


_Model: TypeAlias = tuple[int | None, Rounding, bool]  # weight_bits, rounding, rounded_between_axes

_ROUND: dict[Rounding, Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]] = {
    "half up": lambda values: np.floor(values + 0.5),
    "half to even": np.rint,
    "truncation": np.floor,
    "none": lambda values: values,
}


def measure_arithmetic(resize: Callable[[Image], Image], x: AxisOperator, y: AxisOperator) -> Arithmetic:
    """The arithmetic of `resize` on uint8, whose weights are `x` and `y`."""
    probe = _probe(x.size_in, y.size_in)
    resized = resize(probe)
    exact = apply_both(x, y, probe)
    if resized.dtype != np.uint8:
        return Arithmetic(str(resized.dtype), "none", None, False, None, 100.0, float(np.abs(exact - resized).max()))
    judged, y_judged = _first_rows(probe, y)
    along_x = {bits: _stepped(x, bits).apply(judged, axis=1) for bits in (None, *WEIGHT_BITS)}
    computed = {each: _computed(each, along_x[each[0]], y_judged) for each in _MODELS}
    rows = resized[: y_judged.size_out]
    scores = {each: float(np.mean(np.clip(values, 0, 255) == rows)) for each, values in computed.items()}
    best = max(scores, key=lambda each: scores[each])
    bits, rounding, between = best
    return Arithmetic(
        dtype="uint8",
        rounding=rounding,
        weight_bits=bits,
        rounded_between_axes=between,
        saturates=_saturates(computed[best], rows),
        explained_pct=100 * scores[best],
        max_off_float=float(np.abs(np.clip(exact, 0, 255) - resized).max()),
    )


def _probe(width: int, height: int) -> npt.NDArray[np.uint8]:
    """Noise of black, white and everything between: the extremes make a kernel with negative lobes go beyond."""
    generator = np.random.default_rng(3)
    mixed = generator.integers(0, 256, (height, width, 3), dtype=np.uint8)
    mixed[::2] = generator.integers(0, 2, mixed[::2].shape, dtype=np.uint8) * np.uint8(255)
    mixed.flags.writeable = False
    return mixed


def _first_rows(probe: npt.NDArray[np.uint8], y: AxisOperator) -> tuple[npt.NDArray[np.uint8], AxisOperator]:
    """The part of `probe` that the first rows of the result are made of, and the weights that make them."""
    first, weights = y.first[:JUDGED_ROWS], y.weights[:JUDGED_ROWS]
    needed = min(y.size_in, int(first.max()) + weights.shape[1])
    return probe[:needed], AxisOperator(needed, first, weights)


_ROUNDINGS: tuple[Rounding, ...] = ("half up", "half to even", "truncation")
_MODELS: tuple[_Model, ...] = tuple(
    (bits, rounding, between) for between, bits, rounding in product((False, True), (None, *WEIGHT_BITS), _ROUNDINGS)
)
"""Simple ones first: of several that explain as much, the first is told."""


def _computed(each: _Model, along_x: npt.NDArray[np.float64], y: AxisOperator) -> npt.NDArray[np.float64]:
    """What the probe becomes by a model of the arithmetic, before the last saturation; `along_x` is half of the way."""
    bits, rounding, between = each
    rounded = _ROUND[rounding]
    if between:
        along_x = np.clip(rounded(along_x), 0, 255)
    # A float sum of fixed-point products may fall a hair short of the half that it is in integers.
    return rounded(_stepped(y, bits).apply(along_x, axis=0) + 1e-7)


def _stepped(operator: AxisOperator, bits: int | None) -> AxisOperator:
    if bits is None:
        return operator
    step = 2.0**-bits
    return AxisOperator(operator.size_in, operator.first, np.rint(operator.weights / step) * step)


def _saturates(computed: npt.NDArray[np.float64], resized: Image) -> bool | None:
    """Whether values beyond the range came out at its ends; None where there are none."""
    above, below = computed > 256, computed < -1
    if not (above.any() or below.any()):
        return None
    return bool((resized[above] == 255).all() and (resized[below] == 0).all())
