"""What moves the embedded model's logits most: the order of the published figures, on two sets of photographs.

Against a reference that samples elsewhere than its rivals: where a picture is halved exactly, as a crop of 448 pixels
is, TensorFlow 1's interpolations pick single pixels, so that there `INTER_NEAREST` is no change at all. Antialiased
resizes are another thing than interpolation, and move logits as much as nearest does.
"""

from functools import partial

import pytest

from core.impact import Picture, grid_changes, impact_grid
from core.models.embedded import NORMALISATION, embedded_model
from core.presets import parse_recipe
from core.samples import load_sample
from tests.core.models.test_embedded import labelled_photographs

SAMPLES = ("raccoon", "rocket", "retina", "hopper", "cat", "coffee")
SQUASHED = f"tensorflow.decode_jpeg(channels=3) | tensorflow_v1.resize(bicubic, 224x224) | {NORMALISATION}"
CENTRED = (
    "tensorflow.decode_jpeg(channels=3) | crop.fraction(0.875, square=true) | tensorflow.resize(bilinear, 224x224) | "
    + NORMALISATION
)
DECODER, NEAREST, SWAP = "TensorFlow, accurate DCT", "OpenCV INTER_NEAREST", "red and blue swapped"


def labelled_set() -> list[Picture]:
    return [Picture(source.name, partial(lambda each: each, source), label) for label, source in labelled_photographs()]


def sample_set() -> list[Picture]:
    return [Picture(key, partial(load_sample, key)) for key in SAMPLES]


def logit_shifts(pictures: list[Picture], reference: str) -> dict[str, float]:
    """The mean of the largest logit shift, by what was changed."""
    recipe = parse_recipe(reference)
    changes = [each for each in grid_changes(recipe) if each.stage in ("decode", "resize", "channels")]
    rows = impact_grid(embedded_model(), pictures, recipe, changes)
    return {row.change.words: row.summary.mean_logit_shift or 0.0 for row in rows}


@pytest.mark.parametrize(
    ("pictures", "reference", "interpolations"),
    [
        (labelled_set(), SQUASHED, ("TensorFlow 1 bilinear", "TensorFlow bilinear", "OpenCV INTER_LINEAR")),
        (sample_set(), CENTRED, ("TensorFlow 1 bicubic", "TensorFlow 1 bilinear", "OpenCV INTER_AREA")),
    ],
    ids=["labelled", "samples"],
)
def test_swapped_channels_move_logits_most_then_nearest_and_the_decoder_least(
    pictures: list[Picture], reference: str, interpolations: tuple[str, ...]
) -> None:
    shift = logit_shifts(pictures, reference)
    resizes = [shift[words] for words in shift if words not in (DECODER, SWAP)]
    assert shift[SWAP] > max(resizes)
    assert shift[NEAREST] > max(shift[words] for words in interpolations)
    assert shift[DECODER] < min(shift[words] for words in (*interpolations, NEAREST))
