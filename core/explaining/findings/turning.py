"""B turned or mirrored against A, told by eight small pictures of A laid over one of B."""

from dataclasses import replace

import numpy as np

from ..orientation import TURNS
from .finding import Finding, Found
from .pair import Floats, Pair, block_means, correlation, luma, smoothed

_SIDE_PX = 64
_ALIKE = 0.4
_AHEAD = 0.02
_NEARER = 0.5
_COARSE_PX = 4.0

DEGREES_MIRRORED = {
    1: (0, False),
    2: (0, True),
    3: (180, False),
    4: (180, True),
    5: (270, True),
    6: (90, False),
    7: (90, True),
    8: (270, False),
}
"""What each EXIF orientation asks for: degrees clockwise, after mirroring left to right."""

_INVERSE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}


def rotated(pair: Pair) -> Found | None:
    """B is A turned as one of the EXIF orientations 2 to 8 asks for."""
    details_a, details_b = (_details(image) for image in (pair.a, pair.b))
    alike = {orientation: correlation(turn(details_a), details_b) for orientation, turn in TURNS.items()}
    best = max(alike, key=lambda orientation: alike[orientation])
    if alike[best] < max(_ALIKE, alike[1] + _AHEAD) or 1 - alike[best] > _NEARER * (1 - alike[1]):
        return None
    degrees, mirrored = DEGREES_MIRRORED[best]
    words = " and ".join(filter(None, ("mirrored" if mirrored else "", f"turned by {degrees}°" if degrees else "")))
    evidence = (
        f"B is A {words}, as for EXIF orientation {best}: details then correlate by {alike[best]:.2f}, "
        f"as they lie by {alike[1]:.2f}."
    )
    figures = {"degrees": degrees, "mirrored": mirrored, "orientation": best}
    confidence = 1 - (1 - alike[best]) / (1 - alike[1])
    return Found(Finding("rotated", evidence, confidence, figures), replace(pair, b=_turned_back(pair.b, best)))


def _turned_back(image: Floats, orientation: int) -> Floats:
    return np.ascontiguousarray(TURNS[_INVERSE[orientation]](image))


def _details(image: Floats) -> Floats:
    """A small luma without its coarse light and shade, in which skies make mirrored pictures alike."""
    small = block_means(luma(image), _SIDE_PX)
    if small.shape != (_SIDE_PX, _SIDE_PX):
        side = min(small.shape)
        small = block_means(small, side)
    return small - smoothed(small, _COARSE_PX)
