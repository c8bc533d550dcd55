"""Finding percentiles in lists of counts."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Counts = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@compiled
def percentiles_of(values: Doubles, counts: Counts, percents: Counts) -> Doubles:
    """The percentiles of lists in which each of `values`, ascending, occurs `counts[list, value]` times.

    Gives float64[lists + 1, percents]; the last list is all of them together, and a list of nothing has the first value
    throughout. `percents` ascend. Between two neighbours in the sorted list they interpolate linearly.
    """
    lists = counts.shape[0]
    found = np.empty((lists + 1, percents.size))
    together = np.zeros(values.size, np.int64)
    for row in range(lists):
        together += counts[row]
        _find(values, counts[row], percents, found[row])
    _find(values, together, percents, found[lists])
    return found


@compiled
def _find(values: Doubles, counts: Counts, percents: Counts, found: Doubles) -> None:
    """Ranks are integers because a float64 has no exact place for a list of more than 2^53 values."""
    last = counts.sum() - 1
    if last < 0:
        found[:] = values[0]
        return
    below, place = 0, -1
    for column in range(percents.size):
        index, hundredths = divmod(last * percents[column], 100)
        below, place = _walk(counts, below, place, index)
        _, upper = _walk(counts, below, place, min(index + 1, last))
        found[column] = values[place] + (values[upper] - values[place]) * hundredths / 100


@compiled
def _walk(counts: Counts, below: int, place: int, index: int) -> tuple[int, int]:
    """On from `place`, up to which there are `below` values, to the place of value number `index`."""
    while below <= index:
        place += 1
        below += counts[place]
    return below, place
