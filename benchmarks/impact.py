"""The pipeline and the model at once, against the slower of the two alone; and the memory of sets of two sizes.

    python -m benchmarks.impact

The pictures are photograph-like JPEGs of 500x375; A is the embedded model's training pipeline, B the same with OpenCV.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2

from benchmarks.pictures import photograph, quiet_tensorflow
from benchmarks.timing import Call, print_machine, print_table, timings
from core.impact import Picture, impact, open_model
from core.impacting.asking import Questioner
from core.impacting.flow import Tensors, tensors
from core.models.model import Model
from core.presets import parse_recipe
from core.source import read_source

RECIPES = (parse_recipe("efficientnet-lite"), parse_recipe("efficientnet-lite-opencv"))
NAMES = ("A", "B")
PICTURES = 64
ROUNDS = 5
TARGET_RATIO = 0.8


def pictures(count: int) -> list[Picture]:
    encoded = cv2.imencode(".jpg", photograph(500, 375), [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
    # What follows a JPEG's end is read by nobody, and makes every file another one.
    return [
        Picture(str(number), lambda number=number: read_source(f"{number}.jpg", encoded + bytes([number % 256])))  # type: ignore[misc]
        for number in range(count)
    ]


def pipeline_alone(model: Model, chosen: Sequence[Picture]) -> int:
    return sum(1 for _ in tensors(model, chosen, RECIPES, NAMES))


def model_alone(model: Model, ready: Sequence[Tensors]) -> int:
    return sum(1 for _ in Questioner(model).ask(ready))


def resident_mb() -> float:
    """What this process holds at the moment (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    quiet_tensorflow()
    print_machine("numpy", "opencv-python", "tensorflow", "keras")
    model, chosen = open_model("embedded"), pictures(PICTURES)
    ready = list(tensors(model, chosen, RECIPES, NAMES))
    calls: dict[str, Call] = {
        "the pipelines alone": lambda: pipeline_alone(model, chosen),
        "the model alone": lambda: model_alone(model, ready),
        "both at once": lambda: impact(model, chosen, *RECIPES),
    }
    taken = {name: timing.least_s for name, timing in timings(calls, ROUNDS).items()}
    pipelines_s, model_s, both_s = taken.values()
    rows = [[name, f"{PICTURES / each:.1f}", f"{1000 * each / PICTURES:.1f}"] for name, each in taken.items()]
    print_table(f"{PICTURES} pictures, two recipes", ["", "pictures a second", "ms a picture"], rows)
    ratio = max(pipelines_s, model_s) / both_s
    print(f"\nBoth at once reach {ratio:.2f} of the slower of the two alone (wanted: {TARGET_RATIO}).")
    ready.clear()
    held = []
    for count in (PICTURES, 4 * PICTURES):
        impact(model, pictures(count), *RECIPES)
        held.append(resident_mb())
    print(f"Memory after {PICTURES} pictures {held[0]:.0f} MB, after {4 * PICTURES} {held[1]:.0f} MB.")


if __name__ == "__main__":
    main()
