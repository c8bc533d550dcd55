"""What is found in pictures that were changed in one known way: no misses, no false alarms."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from core.explaining.findings.finding import Finding
from core.explaining.findings.table import findings, guessed_level
from core.explaining.orientation import TURNS
from core.image import Image, as_image
from core.operations.normalize import tf
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from tests.core.explaining.findings.changed import (
    CASES,
    CONTROLS,
    SCALED_UP,
    SHIFTS,
    Case,
    noise,
    scaled_to,
    shifted,
    to_uint8,
)

PHOTOGRAPHS = ("raccoon", "rocket", "retina", "hopper", "cat", "coffee")
SIZE = "400x300"


@cache
def photograph(key: str) -> Image:
    image = run(load_sample(key), parse_recipe(f"opencv.imdecode | pillow.resize(LANCZOS, {SIZE})")).image
    assert image is not None
    return image


def found(a: Image, b: Any) -> tuple[Finding, ...]:
    return findings(a, as_image(np.ascontiguousarray(b)))


def one(a: Image, b: Any, kind: str) -> Finding:
    return next(finding for finding in found(a, b) if finding.kind == kind)


@pytest.mark.parametrize("key", PHOTOGRAPHS)
@pytest.mark.parametrize("case", [*CONTROLS, *CASES], ids=lambda case: case.name)
def test_the_change_is_found_and_nothing_else(key: str, case: Case) -> None:
    image = photograph(key)
    kinds = {finding.kind for finding in found(image, case.change(image))}
    assert case.kinds <= kinds <= case.kinds | case.may


@pytest.mark.parametrize("key", PHOTOGRAPHS)
@pytest.mark.parametrize(("x", "y"), SHIFTS)
def test_displacement_within_a_hundredth_of_a_pixel(key: str, x: float, y: float) -> None:
    (finding,) = found(photograph(key), shifted(photograph(key), x, y))
    figures = finding.figures
    assert finding.kind == "displaced"
    assert (figures["x_px"], figures["y_px"]) == pytest.approx((x, y), abs=0.01)


@pytest.mark.parametrize("key", PHOTOGRAPHS)
def test_the_figures_of_other_findings(key: str) -> None:
    image = photograph(key)
    assert one(image, to_uint8(image + 3.0), "bias").figures["levels"] == pytest.approx(3, abs=0.05)
    grainy = to_uint8(image + noise(image.shape, 4.0))
    assert one(image, grainy, "noise").figures["levels"] == pytest.approx(4, rel=0.1)
    assert one(image, image[:100, :80], "resized").figures["size_wh"] == [80, 100]


@pytest.mark.parametrize("key", PHOTOGRAPHS)
@pytest.mark.parametrize("size_wh", SCALED_UP)
def test_scales_within_a_hundredth(key: str, size_wh: tuple[int, int]) -> None:
    """The middle of 400x300 scaled to all of it: 300x300 becomes 4/3 times as wide and stays as tall."""
    image = photograph(key)
    figures = one(image, scaled_to(image, size_wh), "resized").figures
    assert figures["size_wh"] == [400, 300]
    assert (figures["x_scale"], figures["y_scale"]) == pytest.approx((400 / size_wh[0], 300 / size_wh[1]), rel=0.01)


@pytest.mark.parametrize("key", PHOTOGRAPHS)
def test_a_squashed_picture_is_told_from_one_that_was_cropped(key: str) -> None:
    """Squashed, width and height become 224; with shorter=256 both are scaled by one factor."""
    recipes = ("opencv", "opencv.imdecode | opencv.resize(INTER_LINEAR, shorter=256) | crop.center(224x224)")
    squashed, cropped = (run(load_sample(key), parse_recipe(text)).image for text in recipes)
    width, height = load_sample(key).header.size_wh or (0, 0)
    scale = 256 / min(width, height)
    assert squashed is not None
    figures = one(squashed, cropped, "resized").figures
    expected = (scale / (224 / width), scale / (224 / height))
    assert (figures["x_scale"], figures["y_scale"]) == pytest.approx(expected, rel=0.005)


@pytest.mark.parametrize(
    ("orientation", "degrees", "mirrored"),
    [(2, 0, True), (3, 180, False), (4, 180, True), (5, 270, True), (6, 90, False), (7, 90, True), (8, 270, False)],
)
def test_a_turn_in_degrees(orientation: int, degrees: int, mirrored: bool) -> None:
    image = photograph("cat")
    figures = one(image, TURNS[orientation](image), "rotated").figures
    assert (figures["degrees"], figures["mirrored"], figures["orientation"]) == (degrees, mirrored, orientation)
    by_hand = image[:, ::-1] if mirrored else image
    np.testing.assert_array_equal(np.rot90(by_hand, -degrees // 90), TURNS[orientation](image))


@pytest.mark.parametrize("key", PHOTOGRAPHS)
def test_a_normalisation_is_named_from_either_side(key: str) -> None:
    image = photograph(key)
    forth = one(image, tf(image), "value_range").figures
    assert forth["scale"] == pytest.approx([1 / 127.5] * 3)
    assert forth["offset"] == pytest.approx([-1] * 3)
    assert "normalize.tf" in forth["name"]
    assert guessed_level(tf(image)) == 1 / 127.5


def test_equal_arrays_are_identical_and_those_that_are_no_numbers_say_nothing() -> None:
    image = photograph("cat").astype(np.float32)
    assert [finding.kind for finding in findings(as_image(image), as_image(image.copy()))] == ["identical"]
    broken = image.copy()
    broken[0, 0, 0] = np.nan
    assert findings(as_image(image), as_image(broken)) == ()


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 7, 1), (40, 3, 4), (33, 33, 2)])
def test_small_flat_and_grey_pictures_raise_nothing(shape: tuple[int, ...]) -> None:
    flat = as_image(np.full(shape, 9, np.uint8))
    other = as_image(np.random.default_rng(0).integers(0, 256, shape, np.uint8))
    for a, b in [(flat, other), (other, flat), (other, as_image(other[::-1].copy()))]:
        assert all(0 <= finding.confidence <= 1 for finding in findings(a, b))


PIPELINES = [
    ("opencv", "tensorflow", {"bias"}),
    ("opencv", "tensorflow-accurate", {"rounding"}),
    ("opencv", "pillow", set()),
    (
        "opencv.imdecode | opencv.resize(INTER_CUBIC, 224x224)",
        "opencv.imdecode | tensorflow.resize(bicubic, 224x224)",
        set(),
    ),
    ("opencv", "opencv.imdecode | tensorflow_v1.resize(bilinear, 224x224, align_corners=true)", set()),
]


@pytest.mark.parametrize("key", PHOTOGRAPHS)
@pytest.mark.parametrize(("a", "b", "kinds"), PIPELINES)
def test_real_pipelines(key: str, a: str, b: str, kinds: set[str]) -> None:
    """The fast DCT is darker. Other kernels, antialiasing and scaled positions have no name here, nor a wrong one."""
    image_a, image_b = (run(load_sample(key), parse_recipe(text)).image for text in (a, b))
    assert image_a is not None
    assert {finding.kind for finding in found(image_a, image_b)} == kinds


@pytest.mark.parametrize("key", [key for key in PHOTOGRAPHS if key != "rocket"])
def test_the_legacy_resize_is_displaced_as_its_positions_say(key: str) -> None:
    """By (scale - 1) / 2 source pixels. The rocket's struts are thin: their aliasing hides it, and nothing is said."""
    source = load_sample(key)
    image_a, image_b = (run(source, parse_recipe(text)).image for text in ("opencv", "tensorflow-v1"))
    assert image_a is not None
    assert source.header.size_wh is not None
    figures = one(image_a, image_b, "displaced").figures
    expected = [(side / 224 - 1) / 2 / (side / 224) for side in source.header.size_wh]
    assert [figures["x_px"], figures["y_px"]] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("key", ["raccoon", "hopper", "cat", "coffee"])
def test_decoders_tell_by_their_blocks_and_colours(key: str) -> None:
    recipes = (
        "opencv.imdecode",
        "tensorflow.decode_jpeg(channels=3)",
        "tensorflow.decode_jpeg(channels=3, dct_method=INTEGER_ACCURATE, fancy_upscaling=false)",
    )
    a, fast, plain = (run(load_sample(key), parse_recipe(text)).image for text in recipes)
    assert a is not None
    assert {finding.kind for finding in found(a, fast)} == {"bias", "blocks"}
    assert {finding.kind for finding in found(a, plain)} == {"chroma"}
