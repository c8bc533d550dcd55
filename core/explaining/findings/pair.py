"""Two pictures as the detectors look at them, and the views that several of them share."""

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ...image import Image

Floats: TypeAlias = npt.NDArray[np.float32]

LUMA_WEIGHTS = np.array([0.299, 0.587, 0.114], np.float32)
"""Of ITU-R BT.601, which JPEG's Y has too."""

MOST_PIXELS = 1 << 21
"""Detectors that look at every pixel look at so many in the middle: more take long and say no more."""

_BLOCK = 8
_CLIPPED_SHARE = 0.002


@dataclass(frozen=True, eq=False)
class Pair:
    """A and B as float32, H x W x 3; grey is spread over the three and alpha left out.

    Attributes:
        a: A's values in levels.
        b: B's values in the same unit; on another scale only where that is what is to be found.
        integers: whether B's file or array holds whole numbers.
        level: how much of A's original values makes one level.
        aligned: whether a pixel of A and the same of B show the same place, as far as the detectors have found.
        resampled: whether aligning them took an interpolation, which is a difference of its own.
        rescaled: whether that interpolation changed the scale, which blurs or sharpens besides.
        settled: whether what remains is rounding.
    """

    a: Floats
    b: Floats
    integers: bool
    level: float = 1.0
    aligned: bool = True
    resampled: bool = False
    rescaled: bool = False
    settled: bool = False

    @property
    def same_shape(self) -> bool:
        """Whether both have one size."""
        return self.a.shape == self.b.shape

    @property
    def difference(self) -> Floats:
        """B - A."""
        return self.b - self.a

    def with_b(self, b: Floats, **changes: Any) -> "Pair":
        """The same with another B."""
        return replace(self, b=np.ascontiguousarray(b), **changes)

    @property
    def middle(self) -> "Pair":
        """The middle of both, at most `MOST_PIXELS`, beginning where a block of 8x8 does."""
        height, width = self.a.shape[:2]
        if height * width <= MOST_PIXELS:
            return self
        side = int(MOST_PIXELS**0.5)
        top, left = (max(0, length - side) // 2 // _BLOCK * _BLOCK for length in (height, width))
        part = (slice(top, top + side), slice(left, left + side))
        return replace(self, a=self.a[part], b=self.b[part])


def as_pair(a: Image, b: Image, level: float) -> Pair:
    """The pair of two images, of which A has `level` of value a level."""
    scaled = _colour(a) / np.float32(level) if level != 1 else _colour(a)
    return Pair(scaled, _colour(b) / np.float32(level), _holds_integers(b), level)


def _colour(image: Image) -> Floats:
    channels = image.shape[2]
    rgb = image[:, :, :3] if channels >= 3 else np.repeat(image[:, :, :1], 3, axis=2)
    return np.ascontiguousarray(rgb, np.float32)


def _holds_integers(image: Image) -> bool:
    return image.dtype == np.uint8 or bool((image == np.rint(image)).all())


def luma(image: Floats) -> Floats:
    """ITU-R BT.601's Y, H x W."""
    weighted: Floats = image @ LUMA_WEIGHTS
    return weighted


def block_means(image: Floats, side: int) -> Floats:
    """`image` as `side` x `side` means of nearly equal blocks, whatever its aspect; shorter sides stay as they are."""
    means: Floats = image
    for axis in (0, 1):
        length = means.shape[axis]
        starts = np.arange(min(side, length)) * length // min(side, length)
        counts = np.diff(np.append(starts, length)).astype(np.float32)
        shape = [len(counts) if each == axis else 1 for each in range(means.ndim)]
        means = (np.add.reduceat(means, starts, axis=axis) / counts.reshape(shape)).astype(np.float32)
    return means


def saturated(image: Floats) -> npt.NDArray[np.bool_]:
    """The values at the ends of their channel's own range, where so many are that it was clipped there."""
    ends = np.zeros(image.shape, np.bool_)
    for pick in (np.min, np.max):
        at_end = image == pick(image, axis=(0, 1))
        ends |= at_end & (at_end.mean(axis=(0, 1)) > _CLIPPED_SHARE)
    return ends


def smoothed(image: Floats, sigma_px: float) -> Floats:
    """`image` under a Gaussian window along its first two axes, edges repeated."""
    radius = max(1, round(3 * sigma_px))
    window = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma_px**2)).astype(np.float32)
    window /= window.sum()
    for axis in (0, 1):
        padding = [(radius, radius) if each == axis else (0, 0) for each in range(image.ndim)]
        padded = np.pad(image, padding, mode="edge")
        places = np.arange(image.shape[axis])
        image = np.zeros_like(image)
        for start, weight in enumerate(window):
            image += weight * np.take(padded, places + start, axis=axis)
    return image


def correlation(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    """Pearson's r of two arrays of one shape; 0 where one is flat."""
    one, other = (each.astype(np.float64).ravel() - each.mean(dtype=np.float64) for each in (a, b))
    power = float(np.sqrt(np.vdot(one, one) * np.vdot(other, other)))
    return float(np.vdot(one, other)) / power if power > 1e-9 * one.size else 0.0
