"""A histogram as the plots and the statistics take it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


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
    values: npt.NDArray[np.float64], counts: npt.NDArray[np.int64], percents: Iterable[int]
) -> Iterator[float]:
    """The percentiles of `values` (ascending), each of which occurs `counts` times; 0 where none does.

    Between two neighbours in the sorted list they interpolate linearly, which is `numpy.percentile`'s default.
    """
    cumulative = counts.cumsum()
    last = int(cumulative[-1]) - 1
    # In integers: a float64 has no exact place for a list of more than 2^53 values.
    parts = [divmod(last * percent, 100) for percent in percents]
    if last < 0:
        yield from [0.0] * len(parts)
        return
    places = [place for index, _ in parts for place in (index, min(index + 1, last))]
    # One search for all: numpy's calls cost more than the searching.
    found = values[cumulative.searchsorted(places, side="right")].tolist()
    for (_, hundredths), lower, upper in zip(parts, found[::2], found[1::2], strict=True):
        yield lower + (upper - lower) * hundredths / 100
