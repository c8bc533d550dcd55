"""Equal light and shade in other colours."""

from dataclasses import replace

import numpy as np

from .finding import Finding, Found
from .pair import Pair, luma

_LEAST_LEVELS = 0.5
_LUMA_LEVELS = 0.75
"""What rounding and clipping of three channels leave in the luma."""


def chroma(pair: Pair) -> Found | None:
    """The lumas agree within rounding and the colours do not."""
    if not (pair.same_shape and pair.aligned) or pair.settled:
        return None
    pair = pair.middle
    difference = pair.difference
    of_luma = luma(difference)
    in_luma = float(np.sqrt(np.mean(of_luma**2)))
    in_chroma = float(np.sqrt(np.mean((difference - of_luma[..., np.newaxis]) ** 2)))
    if in_chroma < _LEAST_LEVELS or in_luma > min(_LUMA_LEVELS, in_chroma / 2):
        return None
    grey = " B has no colour." if float(np.ptp(pair.b, axis=2).max()) < 1 < float(np.ptp(pair.a, axis=2).max()) else ""
    evidence = (
        f"The luma agrees within rounding (RMS {in_luma:.2f} levels), the colour does not ({in_chroma:.2f}).{grey}"
    )
    confidence = 1 - min(0.5, in_luma / in_chroma)
    figures = {"luma_levels": in_luma, "chroma_levels": in_chroma}
    same_colour = pair.with_b(pair.a + of_luma[..., np.newaxis])
    return Found(Finding("chroma", evidence, confidence, figures), replace(same_colour, settled=True))
