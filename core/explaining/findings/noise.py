"""A difference like noise: without structure, and the same whether the picture has details there or not."""

import numpy as np
import numpy.typing as npt

from .finding import Finding, Found
from .pair import Floats, Pair, correlation, smoothed

_LEAST_LEVELS = 0.7
_WHITE = 0.3
_SHARE = 0.3
_EVEN = 1.5
_OF_THE_PICTURE = 0.2
_TILES = 4
_LEAST_SIDE_PX = 32
_OPEN_LEVELS = (24, 231)
"""Where noise of several levels is not clipped."""

Mask = npt.NDArray[np.bool_]


def noise(pair: Pair) -> Found | None:
    """The difference is stronger than rounding, neighbours do not go together, and details do not make it stronger."""
    if not (pair.same_shape and pair.aligned) or pair.resampled or pair.settled:
        return None
    if min(pair.a.shape[:2]) < _LEAST_SIDE_PX:
        return None
    pair = pair.middle
    difference = pair.difference - np.float32(pair.difference.mean())
    flat, detailed = _flat_and_detailed(pair)
    spread = float(difference[flat].std())
    neighbours = max(_along(difference, flat, axis) for axis in (0, 1))
    if spread < _LEAST_LEVELS or neighbours > _WHITE or float(difference[detailed].std()) > _EVEN * spread:
        return None
    if _explained_by_details(pair.a, difference) > _OF_THE_PICTURE:
        return None
    evidence = (
        f"B differs from A by noise of {spread:.2g} levels (standard deviation), in flat parts as in detailed ones; "
        f"neighbours do not go together (r = {neighbours:.2f})."
    )
    confidence = min(1.0, 1 - max(0.0, neighbours)) * min(1.0, spread / (2 * _LEAST_LEVELS))
    return Found(Finding("noise", evidence, confidence, {"levels": spread}), None)


def _flat_and_detailed(pair: Pair) -> tuple[Mask, Mask]:
    """The pixels around which the smoothed picture changes least, and those where it changes most."""
    both = smoothed(((pair.a + pair.b) / 2).mean(axis=2), 1.5)
    dy, dx = np.gradient(both)
    steepness = np.hypot(dx, dy)
    is_open = (both > _OPEN_LEVELS[0]) & (both < _OPEN_LEVELS[1])
    usable = is_open if is_open.mean() > 0.05 else np.ones_like(is_open)
    low, high = np.quantile(steepness[usable], (_SHARE, 1 - _SHARE))
    return np.asarray(usable & (steepness <= low)), np.asarray(usable & (steepness >= high))


def _explained_by_details(image: Floats, difference: Floats) -> float:
    """The share of the difference that A's gradients and its curving make up, in each tile on its own: it is a resize.

    In a picture that is all fur there are no flat parts to tell noise by.
    """
    grey = image.mean(axis=2)
    details = [*np.gradient(grey), grey - smoothed(grey, 0.7), grey - smoothed(grey, 1.5)]
    target = difference.mean(axis=2)
    explained = total = 0.0
    for rows in np.array_split(np.arange(grey.shape[0]), _TILES):
        for columns in np.array_split(np.arange(grey.shape[1]), _TILES):
            part = np.ix_(rows, columns)
            matrix = np.stack([each[part].ravel() for each in details]).astype(np.float64)
            along = matrix @ target[part].ravel()
            explained += float(along @ np.linalg.lstsq(matrix @ matrix.T, along, rcond=None)[0])
            total += float(np.vdot(target[part], target[part]))
    return explained / total if total else 0.0


def _along(difference: Floats, flat: Mask, axis: int) -> float:
    """How far neighbours along `axis` go together where both are flat."""
    first, second = slice(None, -1), slice(1, None)
    before = (first, slice(None)) if axis == 0 else (slice(None), first)
    after = (second, slice(None)) if axis == 0 else (slice(None), second)
    both = flat[before] & flat[after]
    return correlation(difference[before][both], difference[after][both])
