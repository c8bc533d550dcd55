"""uint8 wrapped around: 260 became 4, and -3 became 253."""

import numpy as np
import numpy.typing as npt

from .finding import Finding, Found
from .pair import Pair

_FAR_LEVELS = 128
_NEAR_LEVELS = 64
_FEW_VALUES = 8
_TONES = 0.05


def wrapped(pair: Pair) -> Found | None:
    """Some values of B are 256 levels off, give or take what the others are, and hardly any lie between.

    A picture displaced by a pixel has differences of 255, too, but all those between as well. Only one of black and
    white alone has no others, so that there nothing is said.
    """
    if not (pair.same_shape and pair.integers and pair.level == 1) or pair.b.min() < 0 or pair.b.max() > 255:
        return None
    difference = pair.difference
    if max(float(difference.max()), -float(difference.min())) < _FAR_LEVELS:
        return None
    off = difference - np.median(difference[::4, ::4])
    turns = np.where(off > _FAR_LEVELS, -256, np.where(off < -_FAR_LEVELS, 256, 0)).astype(np.float32)
    is_wrapped = (turns != 0) & (np.abs(off + turns) < _NEAR_LEVELS)
    count = int(is_wrapped.sum())
    between = int(((np.abs(off) > _NEAR_LEVELS) & ~is_wrapped).sum())
    if count == 0 or between > count / 4 or _is_black_and_white(pair, is_wrapped):
        return None
    share = 100 * count / off.size
    evidence = f"{share:.2g} % of the values are 256 levels off: they left 0 to 255 and wrapped around in uint8."
    rest = pair.with_b(pair.b + np.where(is_wrapped, turns, 0))
    return Found(Finding("wrapped", evidence, 1 - 0.5 * between / count, {"pct": share}), rest)


def _is_black_and_white(pair: Pair, is_wrapped: npt.NDArray[np.bool_]) -> bool:
    tones = float(np.mean((pair.a > 16) & (pair.a < 239)))
    return tones < _TONES or (int(is_wrapped.sum()) > _FEW_VALUES and len(np.unique(pair.b[is_wrapped])) <= 2)
