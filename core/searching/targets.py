"""A picture found in an array, ready to be compared with many trials."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy.typing as npt

from ..image import Image
from .frames import Frame, frame_of
from .layouts import Layout
from .trials import Wanted
from .value_fit import ValueFit, Values, as_rows, fit_values, is_quantised, sample_rows

SAMPLED_PIXELS = 4_000
"""Trials are ranked on about so many pixels, in whole rows; what comes near is compared in full."""


@dataclass(frozen=True, eq=False)
class Target:
    """A picture in an array: `whole` with its bars, if it has any."""

    layout: Layout
    whole: npt.NDArray[Any]
    frame: Frame | None = None

    @cached_property
    def picture(self) -> npt.NDArray[Any]:
        """H x W x C without bars, with the array's dtype, values and order of channels."""
        return self.frame.inner(self.whole) if self.frame else self.whole

    @cached_property
    def wanted(self) -> Wanted:
        """What a trial has to be like."""
        height, width, channels = self.picture.shape
        return Wanted((width, height), channels, is_quantised(self.picture))

    @cached_property
    def _rows(self) -> slice:
        height, width, _ = self.picture.shape
        return sample_rows(height, width, SAMPLED_PIXELS)

    @cached_property
    def _sample(self) -> Values:
        return as_rows(self.picture[self._rows])

    def fit(self, image: Image, *, swapped: bool) -> ValueFit:
        """The lines from `image`, of the target's shape and on the level scale, to the target."""
        rows = as_rows(image[self._rows])
        return fit_values(self._sample, rows[[2, 1, 0, 3][: len(rows)]] if swapped else rows)

    @cached_property
    def colour(self) -> "Target":
        """The same without alpha."""
        channels = self.picture.shape[2]
        return Target(self.layout, self.picture[:, :, : channels - 1]) if channels in (2, 4) else self


def targets(values: npt.NDArray[Any], layout: Layout) -> Iterator[Target]:
    """The picture that `layout` finds in `values`, and the same without bars."""
    picture = layout.picture(values)
    yield Target(layout, picture)
    frame = frame_of(picture)
    if frame is not None:
        yield Target(layout, picture, frame)
