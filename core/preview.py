"""Pictures for looking at: uint8 of any `Image`, and at most as large as a view.

They are for the eye. Floats are rounded here, and what lies outside the shown range is cut off; the exact values are in
the arrays alone.
"""

import numpy as np
import numpy.typing as npt

from .image import Image
from .numeric.shrinking import shrunk
from .numeric.threads import map_row_strips

Range = tuple[float, float]

ORDINARY: Range = (0.0, 255.0)


def shown_range(a: Image, b: Image, level: float = 1.0) -> Range:
    """The values to show as black and as white, the same for both images so that they can be compared by eye.

    0 and 255 until a normalise stage; after it, when a level is no longer 1, the lowest and the highest finite value.
    """
    if level == 1.0:
        return ORDINARY
    finite = [image[np.isfinite(image)] for image in (a, b)]
    finite = [values for values in finite if values.size]
    if not finite:
        return ORDINARY
    low, high = min(float(values.min()) for values in finite), max(float(values.max()) for values in finite)
    return (low, high) if low < high else (low, low + 1)


def preview(image: Image, shown: Range = ORDINARY, max_side: int | None = None) -> npt.NDArray[np.uint8]:
    """`image` as uint8 with `shown` becoming 0 and 255, no side of it longer than `max_side` where that is given.

    A uint8 image that is small enough is returned itself. A larger one is shrunk by averaging whole areas. What is not
    a number is shown black.
    """
    levels = image.astype(np.uint8, copy=False) if image.dtype == np.uint8 else _as_levels(image, shown)
    return shrunk(levels, max_side) if max_side and max(image.shape[:2]) > max_side else levels


def _as_levels(image: Image, shown: Range) -> npt.NDArray[np.uint8]:
    low, high = shown
    levels = np.empty(image.shape, np.uint8)

    def fill(rows: slice) -> None:
        scaled = (image[rows] - np.float32(low)) * np.float32(255 / (high - low))
        levels[rows] = np.rint(np.nan_to_num(scaled, nan=0, posinf=255, neginf=0).clip(0, 255))

    map_row_strips(fill, *image.shape[:2])
    return levels
