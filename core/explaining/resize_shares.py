"""The shares of a resize's properties: sampling positions, kernel, antialiasing, border and arithmetic.

Between the two resizes stand hybrids whose weights are made of either's measured positions, kernel, stretch and border.
What a library's own result differs from its weights, applied in float64, is its arithmetic: rounding, fixed point,
saturation, tables. It is added, so that no property of B gives A's own result and all of them B's.

Both pictures that come before the resizes, A's and B's, are gone through and counted together. So exchanging A and B
leaves the shares as they are.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..image import Image
from ..measuring.axis import AxisOperator, apply_both
from ..measuring.axis_fit import AxisFit
from ..measuring.axis_parts import AxisParts, parts_of
from ..operator import Operator, measure_stage
from ..pipeline import Trace, carry_out
from ..recipe import Stage
from .shapley import Members, needed_sets, shapley_values
from .shares import Share

Floats: TypeAlias = npt.NDArray[np.float64]
Side: TypeAlias = bool
"""False for A, True for B."""

ARITHMETIC = "arithmetic"
PARTS = {"sampling positions": "positions", "kernel": "kernel", "antialiasing": "stretch", "border": "border"}
"""The properties that make the weights, with the names that `AxisParts` has for them."""

TOGETHER = "positions and kernel"
"""All of them at once, where a side's weights have no name."""

_OPERATORS_KEPT = 32


@dataclass(frozen=True, eq=False)
class ResizePair:
    """The two resize stages of a pair of recipes, and the pictures that come before them."""

    a: Stage
    b: Stage
    given: tuple[Image, ...]

    @property
    def size_wh(self) -> tuple[int, int]:
        """Width and height of what is resized."""
        height, width = self.given[0].shape[:2]
        return width, height


def resize_pair(a: Trace, b: Trace) -> ResizePair | None:
    """The resizes of two traces; None unless either has one, of pictures of one size and to one size."""
    found = [_resized(trace) for trace in (a, b)]
    if any(each is None for each in found):
        return None
    (stage_a, given_a, made_a), (stage_b, given_b, made_b) = (each for each in found if each)
    if given_a.shape != given_b.shape or made_a.shape != made_b.shape:
        return None
    same = given_a.dtype == given_b.dtype and np.array_equal(given_a, given_b)
    return ResizePair(stage_a, stage_b, (given_a,) if same else (given_a, given_b))


def _resized(trace: Trace) -> tuple[Stage, Image, Image] | None:
    """The one resize of a trace, with the picture before it and the one after it."""
    places = [index for index, step in enumerate(trace.steps) if step.stage.operation.kind == "resize"]
    if len(places) != 1:
        return None
    (place,) = places
    return trace.steps[place].stage, trace.steps[place - 1].image, trace.steps[place].image


def resize_shares(pair: ResizePair, sides: tuple[Operator, Operator] | None = None) -> tuple[Share, ...]:
    """The shares of the properties, which add up to 1; none where the two resizes give the same.

    `sides` are the operators of both where they have been measured already.
    """
    sides = sides or (measured(pair.a, pair.size_wh), measured(pair.b, pair.size_wh))
    makers = [_Maker.of(pair, given, sides) for given in pair.given]
    whole = math.fsum(maker.whole for maker in makers)
    if not (math.isfinite(whole) and whole > 0):
        return ()
    names, weights = _properties(sides)
    differing = [name for name in names if _differs(name, sides)]
    worth = _Worth(differing, makers, weights, whole).table()
    values = dict(zip(differing, shapley_values(len(differing), worth.__getitem__), strict=True))
    return tuple(
        Share(name, values[name].mean, values[name].low, values[name].high)
        if name in values
        else Share(name, 0.0, 0.0, 0.0)
        for name in names
    )


@lru_cache(_OPERATORS_KEPT)
def measured(stage: Stage, size_wh: tuple[int, int]) -> Operator:
    """`measure_stage`, kept: measuring takes longer than all else here, and depends on no picture."""
    return measure_stage(stage, size_wh)


Sides: TypeAlias = Sequence[Operator]
Weights: TypeAlias = Callable[[Mapping[str, Side]], tuple[AxisOperator, AxisOperator]]
"""The axes (x, y) whose named properties are of the given sides."""


def _fits(operator: Operator) -> tuple[tuple[AxisFit, AxisOperator], ...]:
    return ((operator.x_fit, operator.x), (operator.y_fit, operator.y))


def _parts(sides: Sides) -> list[tuple[AxisParts | None, ...]]:
    """For each axis the parts of A's and of B's; a border that does not show is the other's."""
    return [
        tuple(parts_of(fit, axis) for fit, axis in pair) for pair in zip(*(_fits(side) for side in sides), strict=True)
    ]


def _properties(sides: Sides) -> tuple[tuple[str, ...], Weights]:
    parts = _parts(sides)
    if any(part is None for axis in parts for part in axis):
        return (TOGETHER, ARITHMETIC), lambda taken: _whole_axes(sides[taken[TOGETHER]])

    def weights(taken: Mapping[str, Side]) -> tuple[AxisOperator, AxisOperator]:
        sizes = zip(sides[0].size_in_wh, sides[0].size_out_wh, strict=True)
        x, y = (_mixed(axis, taken).operator(size) for axis, size in zip(parts, sizes, strict=True))
        return x, y

    return (*PARTS, ARITHMETIC), weights


def _whole_axes(operator: Operator) -> tuple[AxisOperator, AxisOperator]:
    return operator.x, operator.y


def _mixed(axis: Sequence[AxisParts | None], taken: Mapping[str, Side]) -> AxisParts:
    a, b = axis
    assert a is not None
    assert b is not None
    sides = (a, b)
    return AxisParts(
        positions=sides[taken["sampling positions"]].positions,
        kernel=sides[taken["kernel"]].kernel,
        stretch=sides[taken["antialiasing"]].stretch,
        border=sides[taken["border"]].border or a.border or b.border,
    )


def _differs(name: str, sides: Sides) -> bool:
    if name in (TOGETHER, ARITHMETIC):
        return True
    for a, b in _parts(sides):
        own, others = getattr(a, PARTS[name]), getattr(b, PARTS[name])
        if own != others and not (name == "border" and None in (own, others)):
            return True
    return False


@dataclass(frozen=True, eq=False)
class _Maker:
    """One picture resized by hybrids; `arithmetic` is what A's and B's own results have beyond their weights."""

    given: Image
    results: tuple[Floats, Floats]
    arithmetic: tuple[Floats, Floats]

    @classmethod
    def of(cls, pair: ResizePair, given: Image, sides: Sides) -> "_Maker":
        results = [carry_out(stage, given).image.astype(np.float64) for stage in (pair.a, pair.b)]
        names, weights = _properties(sides)
        own = [_applied(weights(dict.fromkeys(names, side)), given) for side in (False, True)]
        beyond = [result - through for result, through in zip(results, own, strict=True)]
        return cls(given, (results[0], results[1]), (beyond[0], beyond[1]))

    @property
    def direction(self) -> Floats:
        """B's result minus A's."""
        return self.results[1] - self.results[0]

    @property
    def whole(self) -> float:
        """The squared error between the results."""
        return float(np.vdot(self.direction, self.direction))

    def toward(self, weights: tuple[AxisOperator, AxisOperator]) -> float:
        """How far what `weights` make, without arithmetic, is from A's result in the direction of B's."""
        return float(np.vdot(_applied(weights, self.given) - self.results[0], self.direction))

    def arithmetic_toward(self, side: Side) -> float:
        """What a side's arithmetic adds to that."""
        return float(np.vdot(self.arithmetic[side], self.direction))


def _applied(weights: tuple[AxisOperator, AxisOperator], given: Image) -> Floats:
    x, y = weights
    return apply_both(x, y, given)


@dataclass(frozen=True, eq=False)
class _Worth:
    """The worths of sets of the differing properties, added up over the pictures."""

    differing: Sequence[str]
    makers: Sequence[_Maker]
    weights: Weights
    whole: float

    def table(self) -> dict[Members, float]:
        """The worth of every set. The arithmetic is only added, so that it needs no weights of its own."""
        last = len(self.differing) - 1
        assert self.differing[last] == ARITHMETIC
        through = {
            members: self._through(members) for members in needed_sets(len(self.differing)) if last not in members
        }
        beyond = [math.fsum(maker.arithmetic_toward(side) for maker in self.makers) for side in (False, True)]
        return {
            members: (through[members - {last}] + beyond[last in members]) / self.whole
            for members in needed_sets(len(self.differing))
        }

    def _through(self, members: Members) -> float:
        names = (*PARTS, TOGETHER)
        from_b = {self.differing[index] for index in members}
        weights = self.weights({name: name in from_b for name in names})
        return math.fsum(maker.toward(weights) for maker in self.makers)
