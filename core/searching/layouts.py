"""How an array may hold a picture: which axis is which, and which of a batch it is."""

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from ..image import CHANNEL_NAMES

MAX_BATCH = 64
"""Pictures of a batch that are looked at; the others are not."""

_LAYOUTS_BY_DIMENSIONS = {2: ("HW",), 3: ("HWC", "CHW"), 4: ("NHWC", "NCHW")}


@dataclass(frozen=True)
class Layout:
    """An order of the axes N, H, W and C, and the number of the picture in a batch.

    `extra_axes` of length 1 stand before them and mean nothing.
    """

    axes: str
    index: int = 0
    extra_axes: int = 0

    def __str__(self) -> str:
        return f"{self.axes}, picture {self.index} of the batch" if self.index else self.axes

    def picture(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The picture in `values` as a view of H x W x C."""
        inner: npt.NDArray[Any] = values[(0,) * self.extra_axes]
        if "N" in self.axes:
            inner = inner[self.index]
        if "C" not in self.axes:
            return inner[..., None]
        return inner.transpose(1, 2, 0) if self.axes.endswith("CHW") else inner


def layouts(shape: tuple[int, ...]) -> tuple[Layout, ...]:
    """Every layout that an array of `shape` may have; none where no axis can hold the channels."""
    extra = max(0, len(shape) - 4)
    if any(length != 1 for length in shape[:extra]):
        return ()
    inner = shape[extra:]
    found = []
    for axes in _LAYOUTS_BY_DIMENSIONS.get(len(inner), ()):
        lengths = dict(zip(axes, inner, strict=True))
        if lengths.get("C", 1) in CHANNEL_NAMES:
            found += [Layout(axes, index, extra) for index in range(min(lengths.get("N", 1), MAX_BATCH))]
    return tuple(found)
