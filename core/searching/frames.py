"""Bars of one colour around a picture, as a letterbox makes them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..operations.target_size import TargetSize
from ..recipe import Stage, stage
from .bridges import Stages
from .value_chains import Chain

_LEVELS_WITHIN = 0.005


@dataclass(frozen=True)
class Frame:
    """Where the picture stands inside, and the bars' value in each channel of the array.

    `spacing` is between the numbers of the array's dtype there: float16 misses a level by a tenth.
    """

    left: int
    top: int
    inner_wh: tuple[int, int]
    outer_wh: tuple[int, int]
    values: tuple[float, ...]
    spacing: float = 0.0

    def inner(self, picture: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """`picture` without its bars."""
        width, height = self.inner_wh
        return picture[self.top : self.top + height, self.left : self.left + width]

    def padded(self, chain: Chain) -> tuple[Stages, Stages]:
        """The letterbox before the stages of `chain`, or after them where its colour is no level: (before, after)."""
        scale, offset = np.array(chain.scale), np.array(chain.offset)
        levels = (np.array(self.values) - offset) / scale
        level = float(np.rint(levels[0]))
        within = _LEVELS_WITHIN + self.spacing / np.abs(scale)
        if (np.abs(levels - level) <= within).all() and 0 <= level <= 255:
            return (self._stage(level),), ()
        return (), (self._stage(self.values[0]),)

    def _stage(self, color: float) -> Stage:
        return stage("pad.letterbox", {"size": TargetSize.exact(*self.outer_wh), "color": float(color)})


def frame_of(picture: npt.NDArray[Any]) -> Frame | None:
    """The bars above and below, or left and right, that a letterbox may have made; None without any."""
    height, width, _ = picture.shape
    corner = picture[0, 0]
    is_bar = picture == corner
    rows, columns = is_bar.all(axis=(1, 2)), is_bar.all(axis=(0, 2))
    (top, bottom), (left, right) = _ends(rows), _ends(columns)
    if (top + bottom == 0 and left + right == 0) or top >= height or left >= width:
        return None
    # An odd remainder puts the larger part below and to the right.
    even_top, even_left = min(top, bottom), min(left, right)
    if even_top == 0 and even_left == 0:
        return None
    inner_wh = (width - even_left - _other(right, even_left), height - even_top - _other(bottom, even_top))
    spacing = float(np.spacing(np.abs(corner)).max()) if corner.dtype.kind == "f" else 0.0
    return Frame(even_left, even_top, inner_wh, (width, height), tuple(map(float, corner)), spacing)


def _other(length: int, even: int) -> int:
    """The far bar's length: like the near one's, or one more."""
    return min(length, even + 1)


def _ends(is_bar: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """How many are bars at the beginning and at the end."""
    picture = np.flatnonzero(~is_bar)
    if picture.size == 0:
        return len(is_bar), len(is_bar)
    return int(picture[0]), int(len(is_bar) - 1 - picture[-1])
