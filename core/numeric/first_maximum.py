"""Finding where the largest differences of two `uint8` images are, once their sizes are known from the counts."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Levels = npt.NDArray[np.uint8]

FOUND = 255
"""No difference is above this one, so a channel with this bound is searched no more."""


@compiled
def find_first(a: Levels, b: Levels, max_abs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The first place of each channel's largest difference in raster order: int64[channels, 2], as (x, y).

    `a` and `b` are [height, width, channels]; `max_abs` has a channel's largest |b - a|, and 0 is found at (0, 0).
    Whole rows are tested on vectors against a row of bounds, and only a row that holds a maximum is looked through.
    A search that stops when all is found costs less than noting places while counting.
    """
    height, width, channels = a.shape
    bounds = np.empty(width * channels, np.uint8)
    for i in range(bounds.size):
        bounds[i] = max_abs[i % channels] - 1 if max_abs[i % channels] > 0 else FOUND
    places = np.zeros((channels, 2), np.int64)
    missing = np.count_nonzero(max_abs)
    rows_a = a.reshape(height, width * channels)
    rows_b = b.reshape(height, width * channels)
    for y in range(height):
        if missing == 0:
            break
        row_a = rows_a[y]
        row_b = rows_b[y]
        above = np.uint8(0)
        for i in range(bounds.size):
            difference = np.uint8(max(row_a[i], row_b[i]) - min(row_a[i], row_b[i]))
            above = max(above, np.uint8(difference > bounds[i]))
        if above == 0:
            continue
        for i in range(bounds.size):
            if max(row_a[i], row_b[i]) - min(row_a[i], row_b[i]) > bounds[i]:
                places[i % channels, 0] = i // channels
                places[i % channels, 1] = y
                bounds[i % channels :: channels] = FOUND
                missing -= 1
    return places
