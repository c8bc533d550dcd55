"""What is counted of a pair of `uint8` images: how often each level of A meets each level of B."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .histogram import Histogram
from .image import Image
from .numeric.first_maximum import find_first
from .numeric.joint_counts import count_keys, count_signed, joint_from_keys
from .numeric.sizes import add_up_levels, level_sizes
from .statistics import Magnitudes, Maximum, Sums

_SIGNED_LEVELS = np.arange(-255, 256)
_MAGNITUDES = np.arange(256.0)
SIGNED_EDGES = np.arange(-255.5, 256)
_LEVEL_EDGES = np.arange(-0.5, 256)


@dataclass(frozen=True, eq=False)
class LevelCounts:
    """`channel_joints` int64[channels, 256, 256]: pixels with a level of A (second axis) and one of B (third)."""

    channel_joints: npt.NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        """The memory that the counts take."""
        return self.channel_joints.nbytes

    def merge(self, other: "LevelCounts") -> "LevelCounts":
        """The counts of both pairs of images."""
        return LevelCounts(self.channel_joints + other.channel_joints)

    @property
    def sums(self) -> tuple[Sums, ...]:
        """Each channel's exact sums."""
        return level_sums(self._signed())

    def magnitudes(self) -> Magnitudes:
        """How often each |d| occurs."""
        return level_magnitudes(self._signed())

    def _signed(self) -> npt.NDArray[np.int64]:
        return np.stack([count_signed(joint) for joint in self.channel_joints])

    def signed_histogram(self, channel: int | None) -> Histogram:
        """How often each level of b - a from -255 to 255 occurs."""
        return Histogram(SIGNED_EDGES, count_signed(self.joint(channel)))

    def histogram_a(self, channel: int | None) -> Histogram:
        """How often each level from 0 to 255 occurs in A."""
        return Histogram(_LEVEL_EDGES, self.joint(channel).sum(axis=1))

    def histogram_b(self, channel: int | None) -> Histogram:
        """How often each level from 0 to 255 occurs in B."""
        return Histogram(_LEVEL_EDGES, self.joint(channel).sum(axis=0))

    def joint(self, channel: int | None) -> npt.NDArray[np.int64]:
        """The joint counts int64[256, 256], indexed [level of A, level of B]."""
        joints = self.channel_joints
        counts: npt.NDArray[np.int64] = joints.sum(axis=0) if channel is None else joints[channel]
        return counts


def level_sums(signed: npt.NDArray[np.int64]) -> tuple[Sums, ...]:
    """Each channel's sums, given how often each b - a from -255 to 255 occurs in it: int64[channels, 511].

    int64 holds those of the squares up to 2^47 pixels, 100,000 times a gigapixel.
    """
    return tuple(
        Sums(values, differing_values, 0, total, total_abs, total_squared)
        for values, differing_values, total, total_abs, total_squared in add_up_levels(signed).tolist()
    )


def level_magnitudes(signed: npt.NDArray[np.int64]) -> Magnitudes:
    """How often each |b - a| occurs, given the same."""
    return Magnitudes(_MAGNITUDES, level_sizes(signed))


def count_levels(a: Image, b: Image) -> tuple[int, tuple[Maximum, ...], LevelCounts]:
    """Two `uint8` images of one shape: pixels with any channel different, each channel's maximum, and the counts."""
    levels_a, levels_b = (image.astype(np.uint8, copy=False) for image in (a, b))
    channels = a.shape[2]
    by_key = np.zeros((channels, 256 * 256), np.int64)
    differing_pixels = count_keys(levels_a.reshape(-1), levels_b.reshape(-1), by_key, (0,) * channels)
    counts = LevelCounts(joint_from_keys(by_key))
    max_abs = np.array([_largest(count_signed(channel_joint)) for channel_joint in counts.channel_joints])
    places = find_first(levels_a, levels_b, max_abs)
    maxima = tuple(Maximum(float(size), int(x), int(y)) for size, (x, y) in zip(max_abs, places, strict=True))
    return differing_pixels, maxima, counts


def _largest(signed: npt.NDArray[np.int64]) -> int:
    """The largest |d| that occurs in counts of d from -255 to 255."""
    return int(np.abs(_SIGNED_LEVELS[signed > 0]).max())
