"""An axis' rule as numpy code: positions, kernel, stretch, border and normalisation written out, from its fit.

The code is checked by carrying it out and holding the matrix against the measured one. Where a fit leaves something
open (no border shows, nothing shrinks) or a library has a rule that a fit has no word for (a tabulated kernel), the
variants are tried in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from ..measuring.axis import AxisOperator
from ..measuring.axis_fit import AxisFit
from ..measuring.axis_model import BORDERS, Border

WELL_WITHIN_LEVELS = 0.004
"""The first variant that comes so near, in the worst case of black and white pixels, is taken."""

WITHIN_LEVELS = 0.01
"""Else the nearest, if it is as near as this. Two axes then stay within 0.02 levels."""

TABLE_STEPS = (None, 1024)
"""Between two pixels a library may know its kernel at so many places only: TensorFlow's bicubic at 1024."""

_PRECISIONS: dict[str, tuple[str, ...]] = {
    "": (),
    "float32": ("scale = np.float32(scale)  # positions in float32, as they were measured",),
    "inverse": ("scale = np.float32(1) / np.float32(1 / scale)  # positions in float32, as they were measured",),
}
"""Far from the origin float32 misses a position by 1e-4 pixels or more. The empty one is float64."""

_POSITIONS = {
    "half-pixel": "(np.arange(size_out, dtype=scale.dtype) + 0.5) * scale - 0.5",
    "asymmetric": "np.arange(size_out, dtype=scale.dtype) * scale",
    "align-corners": "np.arange(size_out, dtype=scale.dtype) * scale",
}

_NEAREST = {
    "half up": "np.floor(centre + 0.5 + 1e-5)",
    "half down": "np.ceil(centre - 0.5 - 1e-5)",
    "floor": "np.floor(centre + 1e-5)",
}
"""1e-5: float32 puts a position that lies between two pixels on either side."""


@dataclass(frozen=True)
class _Formula:
    """A kernel's radius, and lines that set `weight` from `offset`, the way from the centre, and `x`, its length."""

    radius: float
    lines: tuple[str, ...]


_CUBIC = "weight = np.where(x < 1, inner, np.where(x < 2, outer, 0.0))"
_FORMULAS = {
    "triangle": _Formula(1.0, ("weight = np.maximum(1 - x, 0.0)",)),
    "mitchell-cubic": _Formula(
        2.0,
        (
            "inner = (7 * x**3 - 12 * x**2 + 16 / 3) / 6",
            "outer = (-7 / 3 * x**3 + 12 * x**2 - 20 * x + 32 / 3) / 6",
            _CUBIC,
        ),
    ),
    "gaussian": _Formula(1.5, ("weight = np.where(x < 1.5, np.exp(-2 * x**2), 0.0)",)),
    "hamming": _Formula(1.0, ("weight = np.where(x < 1, np.sinc(x) * (0.54 + 0.46 * np.cos(np.pi * x)), 0.0)",)),
    # Pillow counts a pixel at the right end of the box and not at its left.
    "box": _Formula(0.5, ("weight = np.where((offset > -0.5) & (offset <= 0.5), 1.0, 0.0)",)),
    "magic-kernel-sharp-2013": _Formula(
        2.5,
        (
            "pieces = [17 / 16 - 7 / 4 * x**2, x**2 - 11 / 4 * x + 7 / 4, -((x - 5 / 2) ** 2) / 8]",
            "weight = np.select([x < 0.5, x < 1.5, x < 2.5], pieces, 0.0)",
        ),
    ),
    "magic-kernel-sharp-2021": _Formula(
        4.5,
        (
            "pieces = [",
            "    577 / 576 - 239 / 144 * x**2,",
            "    (140 * x**2 - 379 * x + 239) / 144,",
            "    -(24 * x**2 - 113 * x + 130) / 144,",
            "    (4 * x**2 - 27 * x + 45) / 144,",
            "    -((2 * x - 9) ** 2) / 1152,",
            "]",
            "weight = np.select([x < 0.5, x < 1.5, x < 2.5, x < 3.5, x < 4.5], pieces, 0.0)",
        ),
    ),
}
"""The formulas of `core.measuring.kernels`."""

_INSIDE = {
    "replicate": ("place = np.clip(place, 0, size_in - 1)  # beyond the edge: the edge pixel",),
    "renormalise": ("place = np.clip(place, 0, size_in - 1)",),
    "zero": ("place = np.clip(place, 0, size_in - 1)",),
    "reflect": (
        "place = place % (2 * size_in)  # beyond the edge: mirrored",
        "place = np.where(place < size_in, place, 2 * size_in - 1 - place)",
    ),
}
_OUTSIDE = "weight = np.where((place < 0) | (place >= size_in), 0.0, weight)  # nothing beyond the edge"
_NORMALISED = "weight = weight / weight.sum(axis=1, keepdims=True)"


def axis_code(name: str, fits: tuple[AxisFit, ...], measured: tuple[AxisOperator, ...]) -> str | None:
    """A function `name(size_in, size_out)` that gives the m x n matrix of all the `measured` axes, of one resizer.

    None where no rule can be written: an unknown kernel, or weights that none of the variants has.
    """
    nearest, least = None, WITHIN_LEVELS
    for fit in fits:
        for lines in _variants(fit, fits):
            code = _function(name, lines)
            distance = max(_distance_levels(code, name, axis) for axis in measured)
            if distance <= WELL_WITHIN_LEVELS:
                return code
            if distance <= least:
                nearest, least = code, distance
    return nearest


def _function(name: str, lines: tuple[str, ...]) -> str:
    return "\n".join([f"def {name}(size_in: int, size_out: int) -> np.ndarray:", *(f"    {line}" for line in lines)])


def _distance_levels(code: str, name: str, axis: AxisOperator) -> float:
    """By how much the code's weights can miss the measured ones, for the worst picture."""
    room: dict[str, object] = {"np": np}
    exec(code, room)  # noqa: S102 - this module's own text
    function = room[name]
    assert callable(function)
    matrix: npt.NDArray[np.float64] = function(axis.size_in, axis.size_out)
    return float(np.abs(matrix - axis.dense()).sum(axis=1).max()) * 255 / 2


def _variants(fit: AxisFit, fits: tuple[AxisFit, ...]) -> Iterator[tuple[str, ...]]:
    if fit.rule is None and fit.detail != "over the exact source interval":
        return
    if fit.kernel == "nearest":
        yield from _nearest(fit)
    elif fit.detail == "over the exact source interval":
        yield _interval(fit)
    elif (formula := _formula(fit)) is not None:
        antialias = next((each.antialias for each in fits if each.antialias is not None), False)
        borders = dict.fromkeys(each.border for each in fits if each.border is not None) or BORDERS
        for precision, step, border in product(_PRECISIONS, TABLE_STEPS, borders):
            yield _weighted(fit, formula, border, antialias=antialias, step=step, precision=precision)


def _formula(fit: AxisFit) -> _Formula | None:
    if fit.kernel == "keys-cubic" and fit.a is not None:
        return _Formula(
            2.0,
            (
                f"a = {round(fit.a, 2)}",
                "inner = (a + 2) * x**3 - (a + 3) * x**2 + 1",
                "outer = a * (x**3 - 5 * x**2 + 8 * x - 4)",
                _CUBIC,
            ),
        )
    if fit.kernel == "lanczos" and fit.lobes is not None:
        return _Formula(fit.lobes, (f"weight = np.where(x < {fit.lobes}, np.sinc(x) * np.sinc(x / {fit.lobes}), 0.0)",))
    return _FORMULAS.get(fit.kernel)


def _scale(rule: str | None) -> str:
    if rule in ("half-pixel", "asymmetric"):
        return "scale = np.float64(size_in / size_out)"
    return "scale = np.float64((size_in - 1) / (size_out - 1) if size_out > 1 else size_in / size_out)"


def _weighted(
    fit: AxisFit, formula: _Formula, border: Border, *, antialias: bool, step: int | None, precision: str
) -> tuple[str, ...]:
    assert fit.rule is not None
    stretch = "max(size_in / size_out, 1.0)" if antialias else "1.0"
    table = (
        f"# The kernel is tabulated at {step} places between two pixels.",
        f"centre = np.floor(centre) + np.rint((centre - np.floor(centre)) * {step}) / {step}",
    )
    return (
        f'"""The weights of {_title(fit)}, a row for each output pixel."""',
        _scale(fit.rule),
        *_PRECISIONS[precision],
        f"centre = {_POSITIONS[fit.rule]}  # {fit.rule} positions, pixel 0 centred at 0",
        *(table if step else ()),
        f"stretch = {stretch}  # {'widens' if antialias else 'does not widen'} when shrinking",
        f"reach = {formula.radius} * stretch",
        "place = np.ceil(centre - reach)[:, np.newaxis] + np.arange(int(np.ceil(2 * reach)) + 1)",
        "offset = (place - centre[:, np.newaxis]) / stretch",
        "x = np.abs(offset)",
        *formula.lines,
        *((_OUTSIDE, _NORMALISED) if border == "renormalise" else (_NORMALISED,)),
        *((_OUTSIDE,) if border == "zero" else ()),
        *_INSIDE[border],
        *_matrix("place", "weight"),
    )


def _title(fit: AxisFit) -> str:
    parameter = f" with a = {fit.a:.2f}" if fit.a is not None else f" with {fit.lobes} lobes" if fit.lobes else ""
    return f"{fit.kernel}{parameter}"


def _interval(fit: AxisFit) -> tuple[str, ...]:
    return (
        '"""Each source pixel weighs by how much of it lies in the interval that an output pixel covers."""',
        _scale(fit.rule),
        "low = (np.arange(size_out) * scale)[:, np.newaxis]",
        "place = np.floor(low + 1e-9) + np.arange(int(np.ceil(scale)) + 1)",
        "weight = np.maximum(np.minimum(place + 1, low + scale) - np.maximum(place, low), 0.0)",
        _NORMALISED,
        *_INSIDE["replicate"],
        *_matrix("place", "weight"),
    )


def _nearest(fit: AxisFit) -> Iterator[tuple[str, ...]]:
    for words, rounded in _NEAREST.items():
        if fit.rule is not None and fit.detail.startswith(words):
            yield (
                f'"""The nearest pixel: {fit.detail}."""',
                _scale(fit.rule),
                f"centre = {_POSITIONS[fit.rule]}",
                f"place = np.clip({rounded}, 0, size_in - 1)[:, np.newaxis]",
                *_matrix("place", "1.0"),
            )


def _matrix(place: str, weight: str) -> tuple[str, ...]:
    return (
        "matrix = np.zeros((size_out, size_in))",
        f"np.add.at(matrix, (np.arange(size_out)[:, np.newaxis], {place}.astype(int)), {weight})",
        "return matrix",
    )
