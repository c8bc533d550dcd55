"""Finding percentiles in lists of counts."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Counts = npt.NDArray[np.int64]

LOWER, UPPER, HUNDREDTHS = range(3)


@compiled
def percentile_places(counts: Counts, percents: Counts) -> Counts:
    """Where percentiles lie in lists whose value number i occurs `counts[list, i]` times.

    Gives int64[lists + 1, percents, 3]: the places of the two neighbours in the sorted list, and how many hundredths of
    the way from one to the other. The last list is all of them together. A list of nothing has place 0 in all columns.
    `percents` ascend. The sums are integers because a float64 has no exact place for a list of more than 2^53 values.
    """
    lists = counts.shape[0]
    places = np.zeros((lists + 1, percents.size, 3), np.int64)
    for row in range(lists + 1):
        of_row = counts[row : row + 1] if row < lists else counts
        last = of_row.sum() - 1
        if last < 0:
            continue
        below, place = 0, -1
        for column in range(percents.size):
            index, hundredths = divmod(last * percents[column], 100)
            below, place = _walk(of_row, below, place, index)
            _, upper = _walk(of_row, below, place, min(index + 1, last))
            places[row, column] = place, upper, hundredths
    return places


@compiled
def _walk(counts: Counts, below: int, place: int, index: int) -> tuple[int, int]:
    """On from `place`, up to which there are `below` values, to the place of value number `index`."""
    while below <= index:
        place += 1
        for row in range(counts.shape[0]):
            below += counts[row, place]
    return below, place
