"""The full statistic of two `uint8` RGB images against one pass of `cv2.absdiff`, and against the usual numpy ways.

    python -m benchmarks.statistics

"Full" is everything but SSIM: joint counts, both histograms, maximum and its place, mean, bias, RMSE, PSNR,
percentiles, share of differing values and of differing pixels, for each channel and for all.
"""

import cv2
import numpy as np

from benchmarks.pictures import Levels, pair
from benchmarks.timing import Call, print_machine, print_table, timings
from core.difference import measure
from core.statistics import Statistics

THREADS = 2
ROUNDS = 15
SLOW_ROUNDS = 3
TARGET_RATIO = 5.0


def full_statistic(a: Levels, b: Levels) -> Statistics:
    return measure(a, b, threads=THREADS).statistics()


def signed_bincount(a: Levels, b: Levels) -> object:
    """Per channel: maximum, mean, RMSE and percentiles follow from these counts; joint counts do not."""
    difference = b.astype(np.int16) - a
    return [np.bincount(difference[..., channel].ravel() + 255, minlength=511) for channel in range(3)]


def naive_float64(a: Levels, b: Levels) -> object:
    """The lines that people write, made safe from wrap-around."""
    difference = b.astype(np.float64) - a.astype(np.float64)
    size = np.abs(difference)
    figures = [size.max(), size.mean(), difference.mean(), np.sqrt((difference**2).mean())]
    shares = [(size > 0).mean(), (size > 0).any(axis=2).mean()]
    joint = [np.histogram2d(a[..., c].ravel(), b[..., c].ravel(), 256, [[0, 256]] * 2) for c in range(3)]
    return figures, shares, np.percentile(size, [50, 95, 99]), np.unravel_index(size.argmax(), size.shape), joint


def rows(megapixels: int) -> list[list[str]]:
    a, b = pair(megapixels)
    reused = np.empty_like(a)
    quick: dict[str, Call] = {
        "`cv2.absdiff`, reused output": lambda: cv2.absdiff(a, b, reused),
        f"SamePixels, full statistic, {THREADS} threads": lambda: full_statistic(a, b),
        "SamePixels, full statistic, 1 thread": lambda: measure(a, b, threads=1).statistics(),
    }
    slow: dict[str, Call] = {
        "`np.int16` and `np.bincount`, signed histogram only": lambda: signed_bincount(a, b),
        "plain float64 numpy, the same figures": lambda: naive_float64(a, b),
    }
    taken = timings(quick, ROUNDS) | timings(slow, SLOW_ROUNDS)
    base = next(iter(taken.values()))
    return [
        [
            name,
            f"{1000 * timing.median_s:.1f}",
            f"{1e9 * timing.median_s / (a.size // 3):.2f}",
            f"{timing.median_s / base.median_s:.1f}",
            f"{timing.least_s / base.least_s:.1f}",
        ]
        for name, timing in taken.items()
    ]


def main() -> None:
    print_machine("numpy", "numba", "opencv-python")
    for megapixels in (12, 24):
        title = f"Statistics, {megapixels} megapixels RGB (wanted: at most {TARGET_RATIO:g} times `cv2.absdiff`)"
        print_table(title, ["", "ms", "ns a pixel", "times absdiff", "least / least"], rows(megapixels))


if __name__ == "__main__":
    main()
