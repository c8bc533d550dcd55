"""A histogram as the plots and the statistics take it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .numeric.ranks import percentiles_of


class Histogram(NamedTuple):
    """`counts` int64[n] between `edges` float64[n + 1], ascending, in units of the values counted.

    Bins need not be equally wide: those of float images grow with the distance from zero.
    """

    edges: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]

    @property
    def centres(self) -> npt.NDArray[np.float64]:
        """The middle of each bin, float64[n]: the level itself for `uint8` images."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    def rebinned(self, bin_count: int) -> "Histogram":
        """The same counts in `bin_count` equally wide bins, each fine bin going whole to where its centre lies."""
        edges = np.linspace(self.edges[0], self.edges[-1], bin_count + 1)
        bins = np.clip(np.searchsorted(edges, self.centres, side="right") - 1, 0, bin_count - 1)
        counts = np.zeros(bin_count, np.int64)
        np.add.at(counts, bins, self.counts)
        return Histogram(edges, counts)


def percentiles(
    values: npt.NDArray[np.float64], counts: npt.NDArray[np.int64], percents: Sequence[int]
) -> list[list[float]]:
    """The percentiles of lists of `values` (ascending), each of which occurs `counts[list, value]` times.

    `percents` ascend. There is an item for each list, the last for all of them together; the first value where none
    occurs. Between two neighbours in the sorted list they interpolate linearly, which is `numpy.percentile`'s default.
    """
    return percentiles_of(values, counts, np.array(percents)).tolist()  # type: ignore[no-any-return]
