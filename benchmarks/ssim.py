"""SSIM against scikit-image's, with the same window and constants: time, memory and the result.

    python -m benchmarks.ssim

Memory is what a new process needs beyond the two images: the peak of its resident set while it calculates, less what it
had before.
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
from skimage.metrics import structural_similarity

from benchmarks.pictures import SIZES_WH, Levels, pair, pair_file
from benchmarks.timing import print_machine, print_table, timings
from core.ssim import ssim

THREADS = 2
TARGET_RATIO = 20
TARGET_MB = 100


def samepixels(a: Levels, b: Levels) -> float | None:
    return ssim(a, b, threads=THREADS)


def scikit_image(a: Levels, b: Levels) -> float:
    options = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": 255}
    return float(structural_similarity(a, b, channel_axis=2, **options))


METHODS = {"SamePixels, 2 threads": samepixels, "scikit-image": scikit_image}


def memory_mb(name: str) -> float:
    """Of this process (Linux): `VmRSS` is what it has now, `VmHWM` the most it ever had.

    `resource.getrusage` would answer with the most that the process had which started this one, if that was more.
    """
    status = Path("/proc/self/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(kib) * 1024 / 1e6


def extra_mb(name: str, megapixels: int) -> float:
    """The peak beyond the images, in a process of its own."""
    script = f"from benchmarks.ssim import print_extra_mb; print_extra_mb({name!r}, {megapixels})"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(result.stdout)


def print_extra_mb(name: str, megapixels: int) -> None:
    small = np.zeros((16, 16, 3), np.uint8)
    METHODS[name](small, small)  # what is imported on first use is no part of it
    a, b = np.load(pair_file(megapixels))
    before_mb = memory_mb("VmRSS")
    METHODS[name](a, b)
    print(memory_mb("VmHWM") - before_mb)


def rows(megapixels: int) -> list[list[str]]:
    a, b = pair(megapixels)
    taken = timings({name: partial(method, a, b) for name, method in METHODS.items()}, 3)
    return [
        [
            name,
            f"{1000 * taken[name].median_s:.0f}",
            f"{taken['scikit-image'].median_s / taken[name].median_s:.1f}",
            f"{taken['scikit-image'].least_s / taken[name].least_s:.1f}",
            f"{extra_mb(name, megapixels):.0f}",
            f"{METHODS[name](a, b):.6f}",
        ]
        for name in METHODS
    ]


def main() -> None:
    print_machine("numpy", "opencv-python", "scikit-image")
    for megapixels in SIZES_WH:
        title = (
            f"SSIM, {megapixels} megapixels RGB (wanted: {TARGET_RATIO} times faster than scikit-image, under "
            f"{TARGET_MB} MB, within 1e-4)"
        )
        print_table(title, ["", "ms", "times faster", "least / least", "extra MB", "SSIM"], rows(megapixels))


if __name__ == "__main__":
    main()
