"""How long `identify` takes for a photograph to 224x224: to the first answer, and through the full catalogue.

    python -m benchmarks.identify_times [SAMPLE...]

Each array is identified in two new processes, so that nothing is kept from one to the other: one in which the libraries
are imported before the clock starts, and one in which their imports count.
"""

import json
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks.identify_cases import Array
from benchmarks.timing import print_machine, print_table
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from core.search import Progress, identify
from core.source import Source
from tests.core.searching.strangers import blurred

SAMPLES = ("raccoon", "rocket")
RECIPES = (
    "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224) | normalize.torch",
    "pillow.open(mode=RGB) | pillow.resize(BILINEAR, shorter=256) | crop.center(224x224) | normalize.torch",
    "tensorflow.decode_jpeg(channels=3) | tensorflow_v1.resize(bilinear, 224x224) | normalize.tf",
    "tensorflow.decode_jpeg | crop.fraction(0.875) | tensorflow.resize(bicubic, 224x224) | cast.uint8(round)",
)
BLURRED = "blurred, which no recipe makes"
COUNTED, BEFORE = "imports counted", "imports before"
_MODULES = {COUNTED: (), BEFORE: ("cv2", "PIL.Image", "tensorflow")}


def measure(sample: str, file: str, imports: str) -> dict[str, str]:
    """Seconds to the first answer and to the last, those of all cores together in brackets, and what these are."""
    for module in _MODULES[imports]:
        import_module(module)
    source, values, firsts = load_sample(sample), np.load(file), list[tuple[float, float, str]]()
    start_s = time.perf_counter(), time.process_time()

    def so_far_s() -> tuple[float, float]:
        return time.perf_counter() - start_s[0], time.process_time() - start_s[1]

    def on_progress(progress: Progress) -> None:
        if progress.so_far:
            firsts.append((*so_far_s(), progress.so_far.verdict))

    found = identify(source, values, on_progress)
    answers = {"first": firsts[0], "all": (*so_far_s(), found.verdict)}
    return {name: f"{elapsed_s:.1f} s ({cpu_s:.1f}) {verdict}" for name, (elapsed_s, cpu_s, verdict) in answers.items()}


def _array(source: Source, recipe: str) -> Array:
    image = run(source, parse_recipe("opencv.imdecode" if recipe == BLURRED else recipe)).image
    assert image is not None
    return blurred(np.asarray(image, np.uint8), (224, 224)) if recipe == BLURRED else np.asarray(image)


def _measured_alone(sample: str, values: Array, imports: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "array.npy")
        np.save(file, values)
        command = [sys.executable, "-m", "benchmarks.identify_times", "--one", sample, str(file), imports]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    print_machine("numpy", "opencv-python", "tensorflow", "pillow")
    rows = []
    for sample in sys.argv[1:] or SAMPLES:
        for recipe in (*RECIPES, BLURRED):
            values = _array(load_sample(sample), recipe)
            for imports in _MODULES:
                found = _measured_alone(sample, values, imports)
                rows.append((sample, recipe, imports, found["first"], found["all"]))
                print(rows[-1], flush=True)
    header = ("picture", "array made by", "libraries", "first answer", "all")
    print_table("elapsed (all cores' seconds) and verdict", header, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(*sys.argv[2:])))
    else:
        main()
