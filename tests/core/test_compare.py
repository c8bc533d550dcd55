import numpy as np
import pytest

from core.compare import Comparison, Different, Incomparable, Same, compare, compare_images
from core.image import Image, as_image
from core.operations.opencv import imdecode
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample, samples


def pixels(*values: float, dtype: type[np.generic] = np.uint8) -> Image:
    return as_image(np.array([[[value] for value in values]], dtype))


def compared(a: str, b: str) -> Comparison:
    source = load_sample(samples()[0].key)
    return compare(run(source, parse_recipe(a)), run(source, parse_recipe(b)))


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ([1, 2, 3], [1, 2, 3], "identical"),
        ([1, 2, 3], [1, 2, 4], "rounding"),
        ([0, 2, 3], [255, 2, 3], "different"),
        ([1, 2, 3], [1, 2, 5], "different"),
    ],
)
def test_verdicts(a: list[int], b: list[int], verdict: str) -> None:
    assert compare_images(pixels(*a), pixels(*b)).verdict == verdict


def test_a_level_after_a_normalisation_is_smaller() -> None:
    a, b = pixels(0, dtype=np.float32), pixels(1 / 127.5, dtype=np.float32)
    assert compare_images(a, b, level=1 / 127.5).verdict == "rounding"
    assert compare_images(a, b, level=1 / 255).verdict == "different"


def test_uint8_and_float32_are_compared_by_value() -> None:
    assert compare_images(pixels(1, 2), pixels(1, 2, dtype=np.float32)).verdict == "identical"
    assert compare_images(pixels(1, 2), pixels(1.5, 2, dtype=np.float32)).verdict == "rounding"


def test_not_a_number_is_never_identical_or_rounding() -> None:
    outcome = compare_images(pixels(1, float("nan"), dtype=np.float32), pixels(1, 0, dtype=np.float32))
    assert outcome.verdict == "different"


@pytest.mark.parametrize(
    ("shape_a", "shape_b", "reason", "remedy"),
    [
        ((2, 3, 3), (2, 3, 1), "A is 3x2 red, green, blue and B is 3x2 grey.", "channels=3"),
        ((2, 3, 3), (3, 2, 3), "A is 3x2 red, green, blue and B is 2x3", "EXIF"),
        ((2, 3, 3), (4, 4, 3), "A is 3x2 red, green, blue and B is 4x4", "Resize both to one size, 3x2"),
    ],
)
def test_shapes_that_differ(shape_a: tuple[int, ...], shape_b: tuple[int, ...], reason: str, remedy: str) -> None:
    outcome = compare_images(as_image(np.zeros(shape_a, np.uint8)), as_image(np.zeros(shape_b, np.uint8)))
    assert isinstance(outcome, Incomparable)
    assert reason in outcome.reason
    assert remedy in outcome.remedy


def test_a_recipe_equals_itself_at_every_stage() -> None:
    comparison = compared("opencv", "opencv")
    assert [checkpoint.name for checkpoint in comparison.checkpoints] == ["after decode", "after resize"]
    assert all(isinstance(checkpoint.outcome, Same) for checkpoint in comparison.checkpoints)
    assert comparison.final.verdict == "identical"


def test_the_accurate_dct_makes_the_decode_stage_identical() -> None:
    fast, accurate = (compared("opencv", preset) for preset in ("tensorflow", "tensorflow-accurate"))
    assert [checkpoint.outcome.verdict for checkpoint in fast.checkpoints] == ["different", "different"]
    assert [checkpoint.outcome.verdict for checkpoint in accurate.checkpoints] == ["identical", "rounding"]
    assert isinstance(fast.final, Different)
    assert -1 < fast.final.statistics.bias < -0.4  # INTEGER_FAST is darker


def test_stages_are_paired_in_an_order_common_to_both() -> None:
    comparison = compared(
        "opencv.imdecode | opencv.resize(INTER_AREA, 300x300) | crop.center(224x224)",
        "opencv.imdecode | crop.center(300x300) | opencv.resize(INTER_AREA, 224x224)",
    )
    assert [checkpoint.name for checkpoint in comparison.checkpoints] in (
        ["after decode", "after resize"],
        ["after decode", "after crop"],
    )


def test_a_failed_side_is_incomparable_and_keeps_the_stages_before() -> None:
    comparison = compared("opencv", "opencv.imdecode | crop.center(9999x9999)")
    assert isinstance(comparison.final, Incomparable)
    assert comparison.final.reason.startswith("B stopped at crop.center: ")
    assert [checkpoint.name for checkpoint in comparison.checkpoints] == ["after decode"]
    assert comparison.checkpoints[0].outcome.verdict == "identical"


def test_the_decoded_picture_is_the_librarys() -> None:
    source = load_sample(samples()[0].key)
    expected = imdecode(source.data, flags="IMREAD_COLOR", any_depth=False, ignore_orientation=False)
    np.testing.assert_array_equal(compared("opencv", "opencv").a.steps[0].image, expected)
