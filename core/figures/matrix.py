"""How a matrix of distances is coloured: what is equal has one colour, the rest a logarithmic scale."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..colormaps import colormap
from ..palette import PALETTES, Theme
from .plot import Matrix

EQUAL_SHARE = 0.06
"""Of the scale's length, below its numbers, for what is equal."""

_COLOURS: dict[Theme, slice] = {"light": slice(245, 20, -1), "dark": slice(45, 250)}
"""Which of inferno's colours distances have: the smallest stand nearest to the ground."""


@dataclass(frozen=True, eq=False)
class MatrixScale:
    """Distances as decades between `low` and `high`; `equal` lies below `low`, where the colour of equals begins."""

    equal: float
    low: float
    high: float
    colours: npt.NDArray[np.uint8]
    equal_colour: str

    @property
    def ticks(self) -> list[float]:
        """The round numbers on the scale: 1, 2 and 5 of each decade."""
        decades = range(int(np.floor(self.low)), int(np.floor(self.high)) + 1)
        round_ones = (digit * 10.0**decade for decade in decades for digit in (1, 2, 5))
        return [value for value in round_ones if self.low <= np.log10(value) <= self.high]


def matrix_scale(matrix: Matrix, theme: Theme) -> MatrixScale:
    """The scale from the smallest to the largest distance that is none of equals."""
    apart = matrix.values[matrix.values > matrix.within]
    low, high = (float(np.log10(edge)) for edge in ((apart.min(), apart.max()) if apart.size else (1.0, 10.0)))
    high = max(high, low + 0.1)
    colours = colormap("absolute", "inferno").colours[_COLOURS[theme]]
    return MatrixScale(low - EQUAL_SHARE * (high - low), low, high, colours, PALETTES[theme]["identical"])


def decades_of(matrix: Matrix, scale: MatrixScale) -> npt.NDArray[np.float64]:
    """`matrix.values` on the scale; NaN stays NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(matrix.values <= matrix.within, scale.equal, np.log10(matrix.values))
