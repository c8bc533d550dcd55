"""What it costs to carry stages out in other processes: decode and resize by a pool against the same in this process.

python -m benchmarks.isolation
"""

from functools import partial

import numpy as np

from benchmarks.pictures import jpeg_of, quiet_tensorflow
from benchmarks.timing import Call, print_machine, print_table, timings
from core.image import Image, as_image
from core.isolation.pool import Pool
from core.pipeline import Carrier, carry_out_here
from core.recipe import Recipe, parse_stage, parse_stages

SIZES_WH = ((224, 224), (1600, 1200), (4000, 3000), (6000, 4000))
RECIPES = {
    "OpenCV": "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)",
    "TensorFlow": "tensorflow.decode_jpeg(channels=3) | tensorflow.resize(bilinear, 224x224)",
    "Pillow": "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224)",
}
ROUNDS = 15
TARGET_PCT = 10
TARGET_FIXED_MS = 1


def carried_out(recipe: Recipe, data: bytes, carrier: Carrier | None) -> Image:
    """The last image; None for this process."""
    given: bytes | Image = data
    for stage in recipe.stages:
        made = carrier.carry_out(stage, given, 1.0) if carrier else carry_out_here(stage, given)
        given = made.image
    assert not isinstance(given, bytes)
    return given


def rows(size_wh: tuple[int, int], pool: Pool) -> list[list[str]]:
    data = jpeg_of(*size_wh)
    found = []
    for name, text in RECIPES.items():
        recipe = parse_stages(text)
        np.testing.assert_array_equal(carried_out(recipe, data, pool), carried_out(recipe, data, None))
        calls: dict[str, Call] = {
            "here": partial(carried_out, recipe, data, None),
            "pool": partial(carried_out, recipe, data, pool),
        }
        taken = timings(calls, ROUNDS)
        here, pooled = taken["here"], taken["pool"]
        found.append(
            [
                f"{size_wh[0]}x{size_wh[1]}",
                name,
                f"{1000 * here.median_s:.1f}",
                f"{1000 * pooled.median_s:.1f}",
                f"{pooled.median_s / here.median_s:.2f}",
                f"{pooled.least_s / here.least_s:.2f}",
            ]
        )
    return found


def fixed_row(pool: Pool) -> list[str]:
    """A stage that does next to nothing."""
    stage, image = parse_stage("opencv.resize(INTER_NEAREST, 8x8)"), as_image(np.zeros((8, 8, 3), np.uint8))
    calls: dict[str, Call] = {
        "here": lambda: carry_out_here(stage, image),
        "pool": lambda: pool.carry_out(stage, image, 1.0),
    }
    taken = timings(calls, 20 * ROUNDS)
    median_ms = 1000 * (taken["pool"].median_s - taken["here"].median_s)
    least_ms = 1000 * (taken["pool"].least_s - taken["here"].least_s)
    return ["one stage, 8x8", "OpenCV", f"{median_ms:.2f}", f"{least_ms:.2f}"]


def main() -> None:
    quiet_tensorflow()
    with Pool() as pool:
        pool.begin()
        found = [row for size_wh in SIZES_WH for row in rows(size_wh, pool)]
        fixed = fixed_row(pool)
    print_machine("numpy", "opencv-python", "tensorflow", "pillow")
    title = f"Decode and resize to 224x224 (wanted: at most {100 + TARGET_PCT} % from 2 megapixels on)"
    print_table(title, ["picture", "by", "here, ms", "pool, ms", "pool / here", "least / least"], found)
    print_table(
        f"What a stage costs more in the pool (wanted: under {TARGET_FIXED_MS} ms)",
        ["", "by", "median, ms", "least, ms"],
        [fixed],
    )


if __name__ == "__main__":
    main()
