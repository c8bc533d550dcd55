"""B's content at another scale than A's in a picture of the same size: squashed, stretched, cropped or with bars.

A is scaled about its middle by all pairs of factors on a coarse grid and laid on B, by the details of small pictures.
The best pair is refined, with a shift, by least squares on larger ones. So a picture that was squashed to a square is
told from one that was cropped to it, and by how much.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from ...measuring.axis import AxisOperator, apply_both
from ...measuring.axis_model import Positions, model
from ...measuring.kernels import keys_cubic, triangle
from .finding import Finding, Found
from .pair import Floats, Pair, correlation, luma
from .size import shrunk

_SIDE_PX = 64
_FINE_SIDE_PX = 192
_LEAST_SIDE_PX = 48
_SMOOTH_PX = 1.0
_COARSEST = 1 / 16
"""Light and shade coarser than this part of a side are left out: skies make all pictures alike."""

_LEAST_COMMON = 0.2
"""The part of B in which something of A has to be seen."""

_GRID = np.arange(-0.9, 0.901, 0.05).tolist()
"""Logarithms of scales: from 0.4 to 2.5."""

_ROUNDS = 10
_LONGEST_STEP = 0.05

_LEAST = 0.03
"""Scales nearer to 1 are no finding: align-corners' is half a per cent away from it."""

_ALIKE_AS_THEY_LIE = 0.98
_ALIKE = 0.75
_NEARER = 0.3
"""What is unlike has to become less than so many times what any shift alone leaves."""


class _Placing(NamedTuple):
    """Where A's content lies in B: the logarithms of its scale, and its shift as a part of B's side."""

    log_x: float = 0.0
    log_y: float = 0.0
    shift_x: float = 0.0
    shift_y: float = 0.0


def scaled(pair: Pair) -> Found | None:
    """B shows A's content at another scale."""
    if not (pair.same_shape and pair.aligned) or min(pair.a.shape[:2]) < _LEAST_SIDE_PX:
        return None
    lumas = luma(pair.a), luma(pair.b)
    coarse = _Laid(*(_small(each, _SIDE_PX) for each in lumas))
    if coarse.alike(_Placing()) > _ALIKE_AS_THEY_LIE:
        return None
    start = max((_Placing(x, y) for x, y in product(_GRID, repeat=2)), key=coarse.alike)
    if not _is_nearer(coarse.alike(start), coarse.alike(_Placing())):
        return None
    fine = _Laid(*(_small(each, _FINE_SIDE_PX) for each in lumas))
    placing = fine.refined(coarse.refined(start, range(4)), range(4))
    shifted = fine.refined(coarse.refined(_Placing(), range(2, 4)), range(2, 4))
    alike, before = fine.alike(placing), fine.alike(shifted)
    scale_x, scale_y = np.exp(placing[:2]).tolist()
    if alike < _ALIKE or not _is_nearer(alike, before) or max(abs(scale_x - 1), abs(scale_y - 1)) < _LEAST:
        return None
    evidence = (
        f"B shows A's content {_words(scale_x, scale_y)} in the same size: details then correlate by {alike:.2f}, "
        f"by a shift alone by {before:.2f}."
    )
    height, width = pair.b.shape[:2]
    figures = {"size_wh": [width, height], "x_scale": scale_x, "y_scale": scale_y}
    return Found(Finding("resized", evidence, 1 - (1 - alike) / (1 - before), figures), _undone(pair, placing))


def _is_nearer(alike: float, before: float) -> bool:
    return 1 - alike < _NEARER * (1 - before)


def _words(scale_x: float, scale_y: float) -> str:
    if abs(scale_x / scale_y - 1) < _LEAST / 2:
        return f"{scale_x:.2f} times as large"
    return f"{scale_x:.2f} times as wide and {scale_y:.2f} times as tall"


def _small(image: Floats, side_px: int) -> Floats:
    height, width = image.shape
    return shrunk(image, (min(height, side_px), min(width, side_px)))


class _Laid:
    """Two small pictures of one shape, to lay one on the other and see how alike their details are."""

    def __init__(self, a: Floats, b: Floats) -> None:
        self._a = a
        self._b = _details(b, _Placing())

    def alike(self, placing: _Placing) -> float:
        """How far the details of A, so placed, correlate with B's."""
        common = _common(self._b, placing)
        return correlation(_details(self._a, placing)[common], self._b[common]) if common else 0.0

    def refined(self, placing: _Placing, free: Sequence[int]) -> _Placing:
        """The best placing near `placing`, of whose figures some are `free`, by steps of Gauss and Newton."""
        best, alike = placing, self.alike(placing)
        for _ in range(_ROUNDS):
            tried = self._stepped(best, free)
            found = self.alike(tried)
            if found <= alike:
                break
            best, alike = tried, found
        return best

    def _stepped(self, placing: _Placing, free: Sequence[int]) -> _Placing:
        """Where least squares on the gradients of A, as it is laid, bring it nearer to B (Lucas and Kanade, 1981)."""
        common = _common(self._b, placing)
        if common is None:
            return placing
        a, b = (_standardised(each[common]) for each in (_details(self._a, placing), self._b))
        dy, dx = np.gradient(a)
        height, width = self._b.shape
        y, x = (np.arange(each.start, each.stop) for each in common)
        from_x = x - (width - 1) / 2 - placing.shift_x * width
        from_y = y - (height - 1) / 2 - placing.shift_y * height
        moves = (-dx * from_x, -dy * from_y[:, np.newaxis], -dx * width, -dy * height)
        columns = np.stack([moves[index].ravel() for index in free]).astype(np.float64)
        step = np.linalg.lstsq(columns @ columns.T, columns @ (b - a).ravel(), rcond=None)[0]
        figures = list(placing)
        for index, change in zip(free, step.tolist(), strict=True):
            figures[index] += float(np.clip(change, -_LONGEST_STEP, _LONGEST_STEP))
        return _Placing(*figures)


def _standardised(image: Floats) -> Floats:
    centred = image - image.mean()
    scaled: Floats = centred / max(float(centred.std()), 1e-6)
    return scaled


def _details(image: Floats, placing: _Placing) -> Floats:
    """`image` laid as `placing` says, smoothed a little, less the same smoothed much."""
    height, width = image.shape
    x = _smoothing(width, placing.log_x, placing.shift_x)
    y = _smoothing(height, placing.log_y, placing.shift_y)
    fine, coarse = ((y[index] @ image @ x[index].T).astype(np.float32) for index in (0, 1))
    return np.asarray(fine - coarse)


@lru_cache(256)
def _smoothing(length: int, log_scale: float, shift: float) -> tuple[Floats, Floats]:
    """The matrices that lay a line of pixels as it has to lie, once smoothed a little and once much."""
    laid = _axis(length, log_scale, shift).dense().astype(np.float32)
    return _window(length, _SMOOTH_PX) @ laid, _window(length, _COARSEST * length) @ laid


@lru_cache(16)
def _window(length: int, sigma_px: float) -> Floats:
    distance = np.subtract.outer(np.arange(length), np.arange(length))
    window = np.exp(-(distance**2) / (2 * sigma_px**2))
    normalised: Floats = (window / window.sum(axis=1, keepdims=True)).astype(np.float32)
    return normalised


def _axis(length: int, log_scale: float, shift: float, *, sharp: bool = False) -> AxisOperator:
    positions = _positions(length, log_scale, shift)
    kernel = keys_cubic(-0.5) if sharp else triangle()
    return model(kernel, positions, max(1.0, positions.scale), "replicate", (length, length))


def _positions(length: int, log_scale: float, shift: float) -> Positions:
    """Which pixel of A each one of B shows."""
    step = float(np.exp(-log_scale))
    middle = (length - 1) / 2
    return Positions(step, middle - step * (middle + shift * length))


def _common(image: Floats, placing: _Placing) -> tuple[slice, slice] | None:
    """The rows and columns of B in which A's content lies; None where it is too small a part."""
    height, width = image.shape[:2]
    rows, columns = _inside(height, placing.log_y, placing.shift_y), _inside(width, placing.log_x, placing.shift_x)
    sides = [max(0, each.stop - each.start) for each in (rows, columns)]
    return (rows, columns) if sides[0] * sides[1] >= _LEAST_COMMON * height * width else None


def _inside(length: int, log_scale: float, shift: float) -> slice:
    """Where along a side A's content lies in B, as far from bars beside it as the wide window reaches."""
    positions = _positions(length, log_scale, shift).of(length)
    inside = np.flatnonzero((positions >= -0.5) & (positions <= length - 0.5))
    if not inside.size:
        return slice(0, 0)
    margin = round(_COARSEST * length)
    first, last = int(inside[0]), int(inside[-1])
    return slice(first + margin if first else 0, max(last + 1 - (margin if last < length - 1 else 0), 0))


def _undone(pair: Pair, placing: _Placing) -> Pair:
    """The part that both show, A scaled onto B."""
    height, width = pair.a.shape[:2]
    x = _axis(width, placing.log_x, placing.shift_x, sharp=True)
    y = _axis(height, placing.log_y, placing.shift_y, sharp=True)
    laid = apply_both(x, y, pair.a).astype(np.float32)
    common = _common(pair.b, placing)
    assert common is not None
    parts = (np.ascontiguousarray(each[common]) for each in (laid, pair.b))
    return replace(pair, a=next(parts), b=next(parts), resampled=True, rescaled=True)
