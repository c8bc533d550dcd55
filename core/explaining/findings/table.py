"""All detectors in order, and `findings`, which runs them: each sees what those before it have left."""

import numpy as np

from ...image import Image
from .blocks import blocks
from .brightness import bias
from .channel_order import channels_swapped
from .chroma import chroma
from .displacement import displaced
from .equality import nothing_remains, rounding
from .finding import Detector, Finding
from .noise import noise
from .pair import as_pair
from .scaling import scaled
from .size import resized
from .turning import rotated
from .value_range import value_range
from .wrapping import wrapped

DETECTORS: tuple[Detector, ...] = (
    rotated,
    resized,
    scaled,
    channels_swapped,
    wrapped,
    chroma,
    value_range,
    rounding,
    displaced,
    bias,
    blocks,
    noise,
)
"""First what moves or exchanges whole pictures, then what is left pixel by pixel."""

_NORMALISED_BELOW = 8.0
"""Values of this size at most have been normalised: pictures on the 0 to 255 scale reach further."""


def findings(a: Image, b: Image, *, level: float | None = None) -> tuple[Finding, ...]:
    """What the pixels of two images tell of how B differs from A, the recipes being unknown.

    `level` is by how much a value of A grows for one level (1/255 of white); it is guessed where it is not known.
    An empty result says that they differ in a way that none of the detectors knows, such as another resampling kernel.
    """
    if a.shape == b.shape and a.dtype == b.dtype and np.array_equal(a, b):
        return (Finding("identical", f"All {a.size:,} values are equal.", 1.0),)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return ()
    pair = as_pair(a, b, level or guessed_level(a))
    if nothing_remains(pair):
        return (Finding("identical", "All values are equal within 0.002 levels.", 1.0),)
    found: list[Finding] = []
    for detector in DETECTORS:
        each = detector(pair)
        if each is None or (each.finding.kind == "noise" and any(one.kind == "blocks" for one in found)):
            continue
        found.append(each.finding)
        if each.rest is None or (each.rest is not pair and nothing_remains(each.rest)):
            break
        pair = each.rest
    return tuple(found)


def guessed_level(image: Image) -> float:
    """How much of a value makes a level, by the range of the values: 1 on the 0 to 255 scale."""
    largest = float(np.abs(image).max())
    if image.dtype == np.uint8 or largest > _NORMALISED_BELOW or largest == 0:
        return 1.0
    low = float(image.min())
    return 1 / 255 if low >= 0 and largest <= 1.5 else 1 / 127.5 if largest <= 1.5 else 1 / 57.6
