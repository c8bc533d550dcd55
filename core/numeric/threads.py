"""Sharing out the rows of an image among threads. Compiled loops and OpenCV both release the GIL."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Result = TypeVar("Result")

THREADS = min(os.cpu_count() or 1, 4)
"""How many threads work on one image unless the caller says otherwise. Above four, memory is what they wait for."""

PIXELS_WORTH_A_THREAD = 1 << 17
"""Below this a thread takes longer to start than its share of the pixels takes."""


def map_row_strips(
    work: Callable[[slice], Result], height: int, width: int, threads: int | None = None
) -> list[Result]:
    """`work(rows)` for strips that cover `height` rows, from the top down, in `threads` threads (default: `THREADS`).

    Threads are started at each call, for 0.1 ms: a pool kept between calls would not survive a fork of the process.
    """
    strip_count = max(1, min(threads or THREADS, height, height * width // PIXELS_WORTH_A_THREAD))
    if strip_count == 1:
        return [work(slice(0, height))]
    bounds = [height * i // strip_count for i in range(strip_count + 1)]
    strips = [slice(start, stop) for start, stop in pairwise(bounds)]
    with ThreadPoolExecutor(strip_count - 1) as pool:
        others = [pool.submit(work, rows) for rows in strips[1:]]
        return [work(strips[0]), *(other.result() for other in others)]
