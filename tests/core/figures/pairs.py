"""Small pairs of images whose plots can be checked by hand."""

import numpy as np
import numpy.typing as npt

from core.compare import Comparison, Different, Same, compare, compare_images
from core.image import Image
from core.pipeline import run
from core.png import png_bytes
from core.presets import parse_recipe
from core.source import read_source

# b - a is -2, 0, 0 and 1 in the red channel and 0 in the others.
RED_A = np.zeros((2, 2, 3), np.uint8) + np.array([[[10], [20]], [[20], [30]]], np.uint8)
RED_B = RED_A.copy()
RED_B[:, :, 0] = [[8, 20], [20, 31]]


def outcome_of(a: Image, b: Image, level: float = 1.0) -> Same | Different:
    outcome = compare_images(a, b, level)
    assert isinstance(outcome, Same | Different)
    return outcome


def comparison_of(a: str, b: str, image: npt.NDArray[np.uint8] | None = None) -> Comparison:
    """Two recipes on a picture of noise, or on `image`."""
    noise = np.random.default_rng(0).integers(0, 256, (24, 32, 3), np.uint8) if image is None else image
    source = read_source("noise.png", png_bytes(noise))
    return compare(*(run(source, parse_recipe(recipe)) for recipe in (a, b)))
