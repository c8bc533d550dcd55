import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PillowImage

from core.errors import StageError
from core.image import Image, as_image
from core.pipeline import carry_out
from core.recipe import parse_stage


def one_row(*values: float) -> Image:
    return as_image(np.array([[[value] for value in values]], np.float32))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("round", [0, 0, 2, 2, 3, 255]),
        ("saturate", [0, 0, 1, 2, 2, 255]),
        ("truncate", [253, 0, 1, 2, 2, 4]),
        ("astype", [253, 0, 1, 2, 2, 4]),
    ],
)
def test_cast_uint8(rule: str, expected: list[int]) -> None:
    step = carry_out(parse_stage(f"cast.uint8({rule})"), one_row(-3.2, 0.5, 1.5, 2.5, 2.51, 260.7))
    assert step.image.dtype == np.uint8
    assert step.image[0, :, 0].tolist() == expected
    effect = "wrapped around" if rule in ("truncate", "astype") else "were clipped"
    assert step.notes == (f"2 of 6 values lay outside 0 to 255 and {effect}.",)


def test_values_just_outside_that_round_back_in_are_not_noted() -> None:
    assert carry_out(parse_stage("cast.uint8(round)"), one_row(255.4, -0.5)).notes == ()


def test_a_cast_of_uint8_changes_nothing() -> None:
    image = as_image(np.arange(12, dtype=np.uint8).reshape(2, 2, 3))
    assert carry_out(parse_stage("cast.uint8(round)"), image).image is image


def test_not_a_number_cannot_become_uint8() -> None:
    with pytest.raises(StageError, match="not finite"):
        carry_out(parse_stage("cast.uint8(round)"), one_row(float("nan")))


def test_swap_exchanges_red_and_blue_and_keeps_alpha() -> None:
    image = as_image(np.array([[[1, 2, 3, 4]]], np.uint8))
    assert carry_out(parse_stage("channels.swap"), image).image[0, 0].tolist() == [3, 2, 1, 4]
    with pytest.raises(StageError, match=r"1 channel\(s\)"):
        carry_out(parse_stage("channels.swap"), one_row(1))


@pytest.fixture(scope="module")
def colours() -> npt.NDArray[np.uint8]:
    """52^3 colours, every fifth level of each channel."""
    level = np.arange(0, 256, 5, dtype=np.uint8)
    return np.stack(np.meshgrid(level, level, level, indexing="ij"), axis=-1).reshape(52 * 52, 52, 3)


def test_gray_is_opencvs(colours: npt.NDArray[np.uint8]) -> None:
    step = carry_out(parse_stage("channels.gray(cvtColor)"), as_image(colours))
    np.testing.assert_array_equal(step.image[:, :, 0], cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY))


def test_gray_is_pillows(colours: npt.NDArray[np.uint8]) -> None:
    step = carry_out(parse_stage("channels.gray(convert)"), as_image(colours))
    np.testing.assert_array_equal(step.image[:, :, 0], np.asarray(PillowImage.fromarray(colours).convert("L")))


def test_gray_is_tensorflows(colours: npt.NDArray[np.uint8]) -> None:
    import tensorflow as tf

    step = carry_out(parse_stage("channels.gray(rgb_to_grayscale)"), as_image(colours))
    np.testing.assert_array_equal(step.image, np.asarray(tf.image.rgb_to_grayscale(colours)))


def test_gray_of_floats_is_not_rounded() -> None:
    image = as_image(np.array([[[100, 50, 10]]], np.float32))
    step = carry_out(parse_stage("channels.gray(cvtColor)"), image)
    np.testing.assert_allclose(step.image, [[[29.9 + 29.35 + 1.14]]], rtol=1e-6)
