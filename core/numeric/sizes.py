"""From counts of b - a to sums, and to counts of |b - a|. numpy takes four to six times as long for so little."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Counts = npt.NDArray[np.int64]
Sided = npt.NDArray[np.uint32] | npt.NDArray[np.int64]

VALUES, DIFFERING, TOTAL, TOTAL_ABS, TOTAL_SQUARED = range(5)


@compiled
def add_up_levels(signed: Counts) -> Counts:
    """The sums [channels, 5], given how often each b - a from -255 to 255 occurs: [channels, 511]."""
    channels = signed.shape[0]
    sums = np.zeros((channels, 5), np.int64)
    for channel in range(channels):
        for level in range(-255, 256):
            count = signed[channel, 255 + level]
            sums[channel, VALUES] += count
            sums[channel, DIFFERING] += count if level else 0
            sums[channel, TOTAL] += level * count
            sums[channel, TOTAL_ABS] += abs(level) * count
            sums[channel, TOTAL_SQUARED] += level * level * count
    return sums


@compiled
def level_sizes(signed: Counts) -> Counts:
    """How often each |b - a| from 0 to 255 occurs, [channels, 256], given the same."""
    channels = signed.shape[0]
    sizes = np.empty((channels, 256), np.int64)
    for channel in range(channels):
        sizes[channel, 0] = signed[channel, 255]
        for size in range(1, 256):
            sizes[channel, size] = signed[channel, 255 - size] + signed[channel, 255 + size]
    return sizes


@compiled
def float_sizes(zeros: Counts, sided: Sided) -> Counts:
    """Given `SignedFloatCounts`' counts [channels] and [2, channels, sizes]: those of 0 and of each size."""
    _, channels, sizes = sided.shape
    counts = np.empty((channels, 1 + sizes), np.int64)
    for channel in range(channels):
        counts[channel, 0] = zeros[channel]
        for size in range(sizes):
            counts[channel, 1 + size] = sided[0, channel, size] + sided[1, channel, size]
    return counts


@compiled
def add_sided(total: Counts, sided: Sided, first: int) -> None:
    """Adds such counts to others of which size number `first` is their own first."""
    sides, channels, sizes = sided.shape
    for side in range(sides):
        for channel in range(channels):
            for size in range(sizes):
                total[side, channel, first + size] += np.int64(sided[side, channel, size])
