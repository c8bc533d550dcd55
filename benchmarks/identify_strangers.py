"""Whether `identify` says "none" of arrays that no recipe of the catalogue made.

python -m benchmarks.identify_strangers [SAMPLE...]
"""

import sys
import time

import numpy as np

from benchmarks.identify_cases import Array, Steps
from benchmarks.timing import print_machine, print_table
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from core.search import identify
from core.source import Source
from tests.core.searching.strangers import STRANGERS

SIZE_WH = (224, 224)
SAMPLES = ("raccoon", "rocket")


def row(name: str, source: Source, values: Array, steps: Steps) -> tuple[str, ...]:
    """What is said of one array, how near the nearest recipe comes, and how long it took."""
    start_s = time.perf_counter()
    found = identify(source, values, step_cache=steps)
    elapsed_s = time.perf_counter() - start_s
    nearest = found.candidates[0] if found.candidates else None
    figures = (f"{nearest.mean_abs:.2f}", f"{nearest.max_abs:.1f}", nearest.respect) if nearest else ("", "", "")
    return name, found.verdict, *figures, f"{elapsed_s:.0f}"


def main() -> None:
    print_machine("numpy", "opencv-python", "tensorflow", "pillow")
    for sample in sys.argv[1:] or SAMPLES:
        source, steps = load_sample(sample), Steps()
        picture = run(source, parse_recipe("opencv.imdecode")).image
        assert picture is not None
        pixels = np.asarray(picture, np.uint8)
        rows = [row(each.__name__, source, each(pixels, SIZE_WH), steps) for each in STRANGERS]
        header = ("made by", "verdict", "nearest: mean, levels", "max", "in which respect", "s")
        print_table(f"{sample}, arrays of {SIZE_WH[0]}x{SIZE_WH[1]} made by no recipe", header, rows)


if __name__ == "__main__":
    main()
