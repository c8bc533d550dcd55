"""Nothing differs, or nothing but rounding."""

from dataclasses import replace

import numpy as np

from .finding import Finding, Found
from .pair import Pair

_NOTHING_LEVELS = 2e-3
"""Float arithmetic of a normalisation and its inverse stays within this."""


def rounding(pair: Pair) -> Found | None:
    """No value differs by more than one level."""
    if not (pair.same_shape and pair.aligned) or pair.resampled:
        return None
    difference = np.abs(pair.difference)
    largest = float(difference.max())
    if not _NOTHING_LEVELS < largest <= 1 + 1e-3:
        return None
    share = 100 * float(np.mean(difference > _NOTHING_LEVELS))
    furthest = f"{largest:.2g} levels" if largest < 0.995 else "1 level"
    evidence = f"{share:.2g} % of the values differ, none by more than {furthest}."
    figures = {"max_levels": largest, "pct": share}
    return Found(Finding("rounding", evidence, 1.0, figures), replace(pair, settled=True))


def nothing_remains(pair: Pair) -> bool:
    """Whether what was found so far is all there is."""
    return pair.same_shape and pair.aligned and float(np.abs(pair.difference).max()) <= _NOTHING_LEVELS
