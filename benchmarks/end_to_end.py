"""From the bytes of a JPEG file to the statistics and a heatmap for the screen, against the two bare decodes.

    python -m benchmarks.end_to_end

The bare decodes run side by side in two threads, as the recipes do. What is above them is the price of comparing.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import cv2
import numpy as np

from benchmarks.pictures import SIZES_WH, jpeg, quiet_tensorflow
from benchmarks.timing import Call, print_machine, print_table, timings
from core.compare import Different, compare
from core.difference import measure
from core.pipeline import Trace, run
from core.presets import parse_recipe
from core.recipe import Recipe
from core.render import HeatmapSettings, heatmap
from core.source import Source, read_source

RECIPES = ("opencv.imdecode", "tensorflow.decode_jpeg")
VIEW_MAX_SIDE = 1024
ROUNDS = 11
TARGET_RATIO = 1.6

First = TypeVar("First")
Second = TypeVar("Second")


def side_by_side(
    pool: ThreadPoolExecutor, first: Callable[[], First], second: Callable[[], Second]
) -> tuple[First, Second]:
    futures = pool.submit(first), pool.submit(second)
    return futures[0].result(), futures[1].result()


def bare_decodes(pool: ThreadPoolExecutor, data: bytes) -> object:
    tf = quiet_tensorflow()
    encoded = np.frombuffer(data, np.uint8)
    return side_by_side(
        pool,
        lambda: cv2.imdecode(encoded, cv2.IMREAD_COLOR_RGB),
        lambda: np.asarray(tf.io.decode_jpeg(data)),
    )


def traces(pool: ThreadPoolExecutor, source: Source, recipes: tuple[Recipe, Recipe]) -> tuple[Trace, Trace]:
    return side_by_side(pool, lambda: run(source, recipes[0]), lambda: run(source, recipes[1]))


def everything(pool: ThreadPoolExecutor, name: str, data: bytes) -> bytes:
    """The picture is read, both recipes are carried out, compared, and the heatmap is made, as a PNG file."""
    a, b = (parse_recipe(text) for text in RECIPES)
    comparison = compare(*traces(pool, read_source(name, data), (a, b)))
    assert isinstance(comparison.final, Different)
    images = comparison.a.steps[-1].image, comparison.b.steps[-1].image
    view = heatmap(*images, HeatmapSettings(), difference=comparison.final.difference, max_side=VIEW_MAX_SIDE)
    return view.png()


def rows(megapixels: int) -> list[list[str]]:
    data = jpeg(megapixels)
    with ThreadPoolExecutor(2) as pool:
        source = read_source("benchmark.jpg", data)
        recipes = parse_recipe(RECIPES[0]), parse_recipe(RECIPES[1])
        a, b = (trace.steps[-1].image for trace in traces(pool, source, recipes))
        difference = measure(a, b)
        calls: dict[str, Call] = {
            "both bare decodes, side by side": lambda: bare_decodes(pool, data),
            "SamePixels, from bytes to statistics and heatmap": lambda: everything(pool, "benchmark.jpg", data),
            "- of which the header and the hash": lambda: read_source("benchmark.jpg", data),
            "- of which both recipes": lambda: traces(pool, source, recipes),
            "- of which the statistics": lambda: measure(a, b).statistics(),
            "- of which the heatmap as PNG": lambda: heatmap(
                a, b, HeatmapSettings(), difference=difference, max_side=VIEW_MAX_SIDE
            ).png(),
        }
        taken = timings(calls, ROUNDS)
    base = next(iter(taken.values()))
    return [
        [
            name,
            f"{1000 * timing.median_s:.0f}",
            f"{timing.median_s / base.median_s:.2f}",
            f"{timing.least_s / base.least_s:.2f}",
        ]
        for name, timing in taken.items()
    ]


def main() -> None:
    print_machine("numpy", "numba", "opencv-python", "tensorflow")
    for megapixels in SIZES_WH:
        title = f"From a JPEG file of {megapixels} megapixels (wanted: at most {TARGET_RATIO} times the bare decodes)"
        print_table(title, ["", "ms", "times the decodes", "least / least"], rows(megapixels))


if __name__ == "__main__":
    main()
