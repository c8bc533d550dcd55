"""B brighter or darker than A all over."""

import numpy as np

from .finding import Finding, Found
from .pair import Floats, Pair, block_means, saturated, smoothed

_LEAST_LEVELS = 0.2
_LEAST_ROUNDED_LEVELS = 0.25
"""Rounding down instead of to the nearest makes more; fixed-point arithmetic makes less."""

_LEAST_RESAMPLED_LEVELS = 0.4
_LEAST_RESCALED_LEVELS = 1.0
_OPEN_LEVELS = (24, 231)
"""Where noise or overshoot of several levels is not clipped on one side."""

_TILES = 8
_STEADY = 3.0
_AGREEING = 0.75


def bias(pair: Pair) -> Found | None:
    """The mean of B - A is not 0, in the picture's parts as in the whole."""
    if not pair.same_shape:
        return None
    middle = pair.middle
    difference = _of_tiles(middle)
    if difference is None:
        return None
    mean = float(difference.mean())
    if abs(mean) < max(_least(pair), _STEADY * float(difference.std()) / len(difference) ** 0.5):
        return None
    agreeing = float(np.mean(np.sign(difference) == np.sign(mean)))
    if agreeing < _AGREEING or abs(float(np.median(difference))) < _least(pair) / 2:
        return None
    word = "brighter" if mean > 0 else "darker"
    by = f"{abs(mean):.2g}" if abs(mean) < 100 else f"{abs(mean):.0f}"
    evidence = f"B is {word} by {by} levels, and so are {agreeing:.0%} of its parts."
    return Found(Finding("bias", evidence, agreeing, {"levels": mean}), pair.with_b(pair.b - np.float32(mean)))


def _least(pair: Pair) -> float:
    if pair.settled:
        return _LEAST_ROUNDED_LEVELS
    if pair.rescaled:
        return _LEAST_RESCALED_LEVELS
    return _LEAST_RESAMPLED_LEVELS if pair.resampled else _LEAST_LEVELS


def _of_tiles(pair: Pair) -> Floats | None:
    """The mean of B - A in each tile of the picture, over the values that are not clipped and not near it."""
    tone = smoothed((pair.a + pair.b) * np.float32(0.5), 1.5)
    is_open = (tone > _OPEN_LEVELS[0]) & (tone < _OPEN_LEVELS[1])
    counted = (is_open & ~saturated(pair.a) & ~saturated(pair.b)).astype(np.float32)
    share = block_means(counted, _TILES).mean(axis=2)
    total = block_means(pair.difference * counted, _TILES).mean(axis=2)
    enough = share > 0.1
    return total[enough] / share[enough] if enough.sum() >= _TILES else None
