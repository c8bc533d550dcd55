"""Telling a measured axis by name: positions, kernel, stretch and border of the model that comes nearest.

Names are given only where a model reproduces every weight within `NAMED_WITHIN`. Otherwise the kernel is "unknown" and
the positions are those of a straight line through the rows' centres of gravity.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .axis import AxisOperator
from .axis_model import (
    BORDERS,
    Border,
    PositionRule,
    Positions,
    coverage_model,
    furthest,
    model,
    named_positions,
)
from .kernels import NAMED, Kernel, keys_cubic, keys_parts

NAMED_WITHIN = 2e-3
"""Weights are float32 at best, and some libraries tabulate their kernels (TF1's bicubic at 1024 places)."""

INDISTINCT = 1e-6
"""Models closer than this cannot be told apart."""

SAME_POSITION_PX = 0.01
MIN_ROWS = 3

Rounding: TypeAlias = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]

_RULES: tuple[PositionRule, ...] = ("half-pixel", "asymmetric", "align-corners")
_TIE = 1e-5  # float32 arithmetic puts a position that lies between two pixels on either side

NEAREST_RULES: dict[str, tuple[PositionRule, Rounding]] = {
    "half up of half-pixel positions": ("half-pixel", lambda position: np.floor(position + 0.5 + _TIE)),
    "half down of half-pixel positions": ("half-pixel", lambda position: np.ceil(position - 0.5 - _TIE)),
    "floor of asymmetric positions": ("asymmetric", lambda position: np.floor(position + _TIE)),
    "half up of asymmetric positions": ("asymmetric", lambda position: np.floor(position + 0.5 + _TIE)),
    "half up of align-corners positions": ("align-corners", lambda position: np.floor(position + 0.5 + _TIE)),
    "floor of align-corners positions": ("align-corners", lambda position: np.floor(position + _TIE)),
}
"""How libraries choose one pixel: the rule of the positions and what is done to them."""


@dataclass(frozen=True)
class AxisFit:
    """A measured axis in words and numbers.

    Attributes:
        positions: where each row looks.
        rule: the name of the positions' rule, None where they follow none.
        kernel: a name of `core.measuring.kernels`, "nearest" or "unknown".
        detail: more of it: nearest's rounding, how a box weighs.
        a: the coefficient of Keys' cubic.
        lobes: Lanczos' lobes.
        antialias: whether the kernel widens with the scale; None where nothing shrinks, so that it cannot show.
        border: None where no row reaches over the edge or every rule does the same.
        residual: the furthest of any weight from the model's; None for an unknown kernel.
        alike: all kernels, or all of nearest's rules, that have the same weights at these sizes.
    """

    positions: Positions
    rule: str | None
    kernel: str
    detail: str = ""
    a: float | None = None
    lobes: int | None = None
    antialias: bool | None = None
    border: Border | None = None
    residual: float | None = None
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A model with the words for it, and how far it is from what was measured."""

    fit: AxisFit
    distance: float


def fit_axis(measured: AxisOperator) -> AxisFit:
    """The name of `measured`, see `AxisFit`."""
    if measured.weights.shape[1] == 1 and (np.abs(measured.weights - 1) < NAMED_WITHIN).all():
        return _fit_nearest(measured)
    candidates = _all_candidates(measured)
    best = min(candidates, key=lambda candidate: candidate.distance)
    if best.distance > NAMED_WITHIN:
        return _unknown(measured)
    near = [candidate for candidate in candidates if candidate.distance <= best.distance + INDISTINCT]
    borders = {candidate.fit.border for candidate in near if candidate.fit.kernel == near[0].fit.kernel}
    return replace(
        near[0].fit,
        border=None if borders == set(BORDERS) else near[0].fit.border,
        residual=near[0].distance,
        alike=tuple(dict.fromkeys(candidate.fit.kernel for candidate in near)),
    )


def fit_as(other: AxisFit, measured: AxisOperator) -> AxisFit | None:
    """The fit of `measured` by the kernel and rules of `other`, a fit at other sizes; None where it does not fit."""
    if other.kernel == "nearest":
        fit = _fit_nearest(measured) if measured.weights.shape[1] == 1 else None
        return fit and (_nearest_fit(measured, other.detail) if other.detail in fit.alike else None)
    same = [each for each in _all_candidates(measured) if _words(each.fit) == _words(other)]
    best = min(same, key=lambda candidate: candidate.distance, default=None)
    if best is None or best.distance > NAMED_WITHIN:
        return None
    return replace(best.fit, border=other.border, residual=best.distance, alike=(best.fit.kernel,))


def _words(fit: AxisFit) -> tuple[object, ...]:
    """What two fits at different sizes have in common when they are of one resizer."""
    coefficient = None if fit.a is None else round(fit.a, 2)
    return (fit.rule, fit.kernel, fit.detail, coefficient, fit.lobes, fit.antialias)


def _all_candidates(measured: AxisOperator) -> list[_Candidate]:
    return [*_coverages(measured), *_kernels(measured)]


def _coverages(measured: AxisOperator) -> Iterator[_Candidate]:
    sizes = (measured.size_in, measured.size_out)
    for rule, scale in {
        "half-pixel": sizes[0] / sizes[1],
        None: named_positions("align-corners", *sizes).scale,
    }.items():
        fit = AxisFit(
            positions=Positions(scale, (scale - 1) / 2),
            rule=rule,
            kernel="box",
            detail="over the exact source interval",
            antialias=True if sizes[0] > sizes[1] else None,
        )
        yield _Candidate(fit, furthest(measured, coverage_model(scale, sizes)))


def _kernels(measured: AxisOperator) -> Iterator[_Candidate]:
    scale = measured.size_in / measured.size_out
    for rule in _RULES:
        positions = named_positions(rule, measured.size_in, measured.size_out)
        for stretch in (1.0, scale) if scale > 1 else (1.0,):
            cubics = (keys_cubic(-0.5), keys_cubic(-0.75), *_fitted_cubic(measured, positions, stretch))
            for kernel in (*NAMED, *cubics):
                if _is_plausible(measured, positions, kernel, stretch):
                    yield from _bordered(measured, rule, kernel, stretch)


def _is_plausible(measured: AxisOperator, positions: Positions, kernel: Kernel, stretch: float) -> bool:
    """Whether rows in the middle, which no border reaches, look like `kernel`: ten times faster than whole models."""
    inner = np.flatnonzero(~measured.touches_border)
    if kernel.jumps or len(inner) < MIN_ROWS:
        return True
    rows = inner[len(inner) // 2 - 1 :][:MIN_ROWS]
    centres = positions.of(measured.size_out)[rows, np.newaxis]
    weights = kernel((measured.positions[rows] - centres) / stretch)
    total = weights.sum(axis=1, keepdims=True)
    return bool((np.abs(weights - measured.weights[rows] * total) <= NAMED_WITHIN * np.abs(total)).all())


def _bordered(measured: AxisOperator, rule: PositionRule, kernel: Kernel, stretch: float) -> Iterator[_Candidate]:
    sizes = (measured.size_in, measured.size_out)
    positions = named_positions(rule, *sizes)
    rows = _decided(measured, positions, kernel.radius * stretch) if kernel.jumps else None
    for border in BORDERS:
        fit = AxisFit(
            positions=positions,
            rule=rule,
            kernel=kernel.name,
            detail="of pixel centres" if kernel.name == "box" else "",
            a=kernel.parameter if kernel.name == "keys-cubic" else None,
            lobes=int(kernel.radius) if kernel.name == "lanczos" else None,
            antialias=stretch > 1 if sizes[0] > sizes[1] else None,
            border=border,
        )
        yield _Candidate(fit, furthest(measured, model(kernel, positions, stretch, border, sizes), rows))


def _decided(measured: AxisOperator, positions: Positions, radius: float) -> npt.NDArray[np.bool_] | None:
    """Rows for which no pixel lies just at `radius`, where rounding decides if it counts; None where few are left."""
    centres = positions.of(measured.size_out)
    edges = np.stack([centres - radius, centres + radius])
    decided = np.asarray((np.abs(edges - np.rint(edges)) > _TIE * radius).all(axis=0))
    return decided if decided.mean() > 0.5 else None


def _fitted_cubic(measured: AxisOperator, positions: Positions, stretch: float) -> tuple[Kernel, ...]:
    """Keys' cubic with the coefficient that fits the inner rows best, by least squares.

    A row's weights are (K0 + a K1) / (sum K0 + a sum K1), which is linear in a once multiplied out.
    """
    inner = ~measured.touches_border
    if not inner.any():
        return ()
    distance = (measured.positions - positions.of(measured.size_out)[:, np.newaxis])[inner] / stretch
    weights = measured.weights[inner]
    constant, factor = keys_parts(np.abs(distance))
    slope = factor - weights * factor.sum(axis=1, keepdims=True)
    target = weights * constant.sum(axis=1, keepdims=True) - constant
    power = float((slope**2).sum())
    return (keys_cubic(float((slope * target).sum()) / power),) if power > INDISTINCT else ()


def _unknown(measured: AxisOperator) -> AxisFit:
    """Positions from the centres of gravity of rows away from the borders, or of all where there are too few."""
    inner = ~measured.touches_border & np.isfinite(measured.centres)
    rows = inner if inner.sum() >= MIN_ROWS else np.isfinite(measured.centres)
    index = np.flatnonzero(rows)
    scale, offset = np.polyfit(index, measured.centres[rows], 1) if len(index) > 1 else (1.0, 0.0)
    return AxisFit(
        Positions(float(scale), float(offset)), _rule_of(measured, scale, offset), "unknown", alike=("unknown",)
    )


def _rule_of(measured: AxisOperator, scale: float, offset: float) -> str | None:
    """The named rule whose positions are nowhere further than `SAME_POSITION_PX` from the line."""
    line = Positions(scale, offset).of(measured.size_out)
    for rule in _RULES:
        named = named_positions(rule, measured.size_in, measured.size_out).of(measured.size_out)
        if np.abs(line - named).max() < SAME_POSITION_PX:
            return rule
    return None


def _fit_nearest(measured: AxisOperator) -> AxisFit:
    """Each row takes one pixel: told by the rule that picks the most of them, the earlier in the table on a tie."""
    wrong = {name: _wrongly_picked(measured, name) for name in NEAREST_RULES}
    fit = _nearest_fit(measured, min(wrong, key=lambda name: wrong[name]))
    return replace(fit, alike=tuple(name for name in wrong if wrong[name] == 0) or fit.alike)


def _nearest_fit(measured: AxisOperator, name: str) -> AxisFit:
    sizes = (measured.size_in, measured.size_out)
    rule, _ = NEAREST_RULES[name]
    wrong = _wrongly_picked(measured, name)
    return AxisFit(
        positions=named_positions(rule, *sizes),
        rule=rule,
        kernel="nearest",
        detail=name if wrong == 0 else f"{name}, but for {wrong:.1%} of the rows",
        antialias=False if sizes[0] > sizes[1] else None,
        residual=1.0 if wrong else 0.0,
        alike=(name,),
    )


def _wrongly_picked(measured: AxisOperator, name: str) -> float:
    """The share of rows that take another pixel than the rule called `name` would."""
    rule, rounded = NEAREST_RULES[name]
    positions = named_positions(rule, measured.size_in, measured.size_out).of(measured.size_out)
    return float(np.mean(np.clip(rounded(positions), 0, measured.size_in - 1) != measured.first))
