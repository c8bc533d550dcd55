"""Heatmaps: differences as colours, at full size or shrunk to a view without losing a single bad pixel.

The rule, which the browser's viewer follows as well (`ui/viewer/js/colouring.js`), for a difference d = b - a:

    levels = d / level, or |d| / level where the mode is absolute; 0 where |levels| < threshold_levels
    steps  = rint(levels * gain * FULL_STEPS / 255), limited to -FULL_STEPS and FULL_STEPS
    colour = colours[ZERO_INDEX + steps], of the colour map

So 255 / gain levels, and all above, have the full colour. `rint` rounds halves to even.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from .colormaps import FULL_STEPS, ZERO_INDEX, Colormap, Mode, colormap
from .difference import Difference, as_pair, measure
from .errors import SamePixelsError
from .image import Image
from .numeric.pooling import Differences, largest_differences
from .numeric.threads import map_row_strips
from .png import palette_png_bytes

WHITE_LEVELS = 255
AUTOMATIC_SHARE = 0.999
"""The automatic gain gives the full colour to what so large a share of the values does not exceed."""

BELOW_THE_BINS_ERROR = 0.997
"""The bins of float images may give a value 0.25 % too large: 14 levels would be rounded up to 15."""

Channel: TypeAlias = int | Literal["max"]


@dataclass(frozen=True)
class HeatmapSettings:
    """How differences become colours.

    `gain` None is chosen by `automatic_gain`. Differences of less than `threshold_levels` look like none. `channel` is
    an index, or "max" for the channel whose difference is largest in magnitude. `colormap` None is the mode's default.
    Raises `SamePixelsError` for a gain or threshold that makes no sense, or a colour map of the other mode.
    """

    mode: Mode = "signed"
    gain: float | None = None
    threshold_levels: float = 0.0
    channel: Channel = "max"
    colormap: str | None = None

    def __post_init__(self) -> None:
        colormap(self.mode, self.colormap)
        if self.gain is not None and not 0 < self.gain < math.inf:
            raise SamePixelsError(f"The gain cannot be {self.gain}.", "Give a number above 0, or none at all.")
        if not 0 <= self.threshold_levels < math.inf:
            raise SamePixelsError(f"The threshold cannot be {self.threshold_levels}.", "Give 0 levels or more.")

    @property
    def channel_index(self) -> int | None:
        """The channel's index, or None for the largest of all."""
        return None if self.channel == "max" else self.channel


@dataclass(frozen=True, eq=False)
class Heatmap:
    """A heatmap: `indices` uint8[height, width] into the colours of `colormap`, and the settings with their gain."""

    indices: npt.NDArray[np.uint8]
    colormap: Colormap
    settings: HeatmapSettings
    gain: float

    @property
    def levels_at_full_colour(self) -> float:
        """The magnitude in levels that has the map's last colour, as does everything above: the colour bar's end."""
        return WHITE_LEVELS / self.gain

    @property
    def image(self) -> npt.NDArray[np.uint8]:
        """The colours, uint8[height, width, 3]."""
        return self.colormap.colours.take(self.indices, axis=0)

    def png(self) -> bytes:
        """The heatmap as a PNG file, losslessly."""
        return palette_png_bytes(self.indices, self.colormap.colours)


def automatic_gain(difference: Difference, level: float = 1.0, channel: Channel = "max") -> float:
    """The gain at which 99.9 % of the values, rounded up to a whole level, just reach the full colour.

    It is 255 at most: rounding differences of one level then have the full colour, and smaller ones less.
    """
    histogram = difference.signed_histogram(None if channel == "max" else channel)
    magnitudes = np.abs(histogram.centres)
    order = np.argsort(magnitudes)
    cumulative = np.cumsum(histogram.counts[order])
    place = min(int(np.searchsorted(cumulative, AUTOMATIC_SHARE * cumulative[-1])), len(order) - 1)
    levels = math.ceil(float(magnitudes[order[place]]) / level * BELOW_THE_BINS_ERROR)
    return WHITE_LEVELS / min(max(levels, 1), WHITE_LEVELS)


def heatmap(
    a: Image,
    b: Image,
    settings: HeatmapSettings,
    *,
    level: float = 1.0,
    difference: Difference | None = None,
    max_side: int | None = None,
) -> Heatmap:
    """The heatmap of b - a, whose longer side is at most `max_side` pixels where that is given.

    `level` is how much of a value makes one level. `difference`, where known, saves measuring it for the automatic
    gain. Shrinking keeps the largest magnitude of every rectangle of pixels.
    Raises `ImageContractError` when the shapes differ, `SamePixelsError` for a channel that the images lack.
    """
    a, b = as_pair(a, b)
    channel = settings.channel_index
    if channel is not None and not 0 <= channel < a.shape[2]:
        raise SamePixelsError(f"There is no channel {channel} in an image of {a.shape[2]}.", "Choose another or max.")
    gain = settings.gain or automatic_gain(difference or measure(a, b), level, settings.channel)
    differences = largest_differences(a, b, _view_hw(a, max_side), channel)
    indices = _indices(differences, replace(settings, gain=gain), level)
    return Heatmap(indices, colormap(settings.mode, settings.colormap), settings, gain)


def _view_hw(image: Image, max_side: int | None) -> tuple[int, int]:
    height, width = image.shape[:2]
    scale = min(1.0, max_side / max(height, width)) if max_side else 1.0
    return max(1, round(height * scale)), max(1, round(width * scale))


def _indices(differences: Differences, settings: HeatmapSettings, level: float) -> npt.NDArray[np.uint8]:
    if differences.dtype == np.int16:
        # A negative difference counts from the table's end.
        table = _indices_of(np.concatenate([np.arange(256), np.arange(-255, 0)]).astype(np.float64), settings, level)
        return table[differences]
    indices = np.empty(differences.shape, np.uint8)

    def fill(rows: slice) -> None:
        indices[rows] = _indices_of(differences[rows].astype(np.float64), settings, level)

    map_row_strips(fill, *differences.shape)
    return indices


def _indices_of(differences: npt.NDArray[np.float64], settings: HeatmapSettings, level: float) -> npt.NDArray[np.uint8]:
    """The rule at the top of this file."""
    assert settings.gain is not None
    levels = differences / level
    levels[np.abs(levels) < settings.threshold_levels] = 0
    if settings.mode == "absolute":
        levels = np.abs(levels)
    full = FULL_STEPS[settings.mode]
    steps = np.clip(np.rint(levels * settings.gain * full / WHITE_LEVELS), -full, full)
    return (ZERO_INDEX[settings.mode] + steps).astype(np.uint8)
