"""A row's numbers are those of `compare`, whatever the images are made of."""

from pathlib import Path

import numpy as np
import pytest

from core.auditing.entries import file_entry
from core.auditing.job import Job
from core.auditing.picture import audit_picture, to_the_end
from core.auditing.schema import FIGURE_COLUMNS
from core.compare import compare
from core.document import document
from core.image import Image
from core.pictures import read_picture
from core.pipeline import run
from core.presets import parse_recipe
from core.ssim import ssim
from tests.core import encoded

GENERATOR = np.random.default_rng(8)
RECIPES = {
    "levels": ("opencv.imdecode", "pillow.open(mode=RGB) | cast.float32 | cast.uint8"),
    "levels, resized": (
        "opencv.imdecode | opencv.resize(INTER_LINEAR, 31x23)",
        "opencv.imdecode | opencv.resize(INTER_AREA, 31x23)",
    ),
    "levels against floats": (
        "opencv.imdecode | opencv.resize(INTER_LINEAR, 31x23)",
        "opencv.imdecode | cast.float32 | opencv.resize(INTER_LINEAR, 31x23)",
    ),
    "floats after normalize": (
        "opencv.imdecode | opencv.resize(INTER_LINEAR, 31x23) | normalize.torch",
        "pillow.open(mode=RGB) | pillow.resize(BILINEAR, 31x23) | normalize.torch",
    ),
    "grey": (
        "opencv.imdecode(IMREAD_GRAYSCALE) | opencv.resize(INTER_LINEAR, 31x23)",
        "opencv.imdecode(IMREAD_GRAYSCALE) | cast.float32 | opencv.resize(INTER_CUBIC, 31x23)",
    ),
}


def pictures() -> dict[str, Image]:
    noise = GENERATOR.integers(0, 256, (60, 70, 3)).astype(np.uint8)
    dark = (noise // 64).astype(np.uint8)
    return {"noise": noise, "dark": dark, "one colour": np.full((60, 70, 3), 77, np.uint8)}


@pytest.mark.parametrize("name", RECIPES)
def test_numbers_are_those_of_compare(tmp_path: Path, name: str) -> None:
    a, b = map(parse_recipe, RECIPES[name])
    for picture, image in pictures().items():
        path = tmp_path / f"{picture}.png"
        path.write_bytes(encoded.by_opencv(".png", image))
        (row,) = to_the_end(audit_picture(Job(a, (b,), with_ssim=True), 0, file_entry(str(path)))).rows
        source = read_picture(str(path))
        comparison = compare(run(source, a), run(source, b))
        image_a, image_b = comparison.a.image, comparison.b.image
        assert image_a is not None
        assert image_b is not None
        level = min(step.level for step in (comparison.a.steps[-1], comparison.b.steps[-1]))
        wanted = document(str(path), comparison, ssim=ssim(image_a, image_b, data_range=255 * level))
        assert row["verdict"] == wanted["verdict"]
        for found, whole in ((row, wanted), *zip(row["stages"], wanted["stages"], strict=True)):
            figures = {column.name: found[column.name] for column in FIGURE_COLUMNS}
            assert {**figures, "channels": found["channels"]} == whole["difference"]
