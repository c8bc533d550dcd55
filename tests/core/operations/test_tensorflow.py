import inspect
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import tensorflow as tf

from core.errors import StageError
from core.operations.catalogue import operation
from core.operations.declaration import Choice
from core.operations.tensorflow_refusals import refusal
from core.recipe import parse_stage
from tests.core import encoded
from tests.core.limiting import limited
from tests.core.making import make, notes

METHODS = {value for name, value in vars(tf.image.ResizeMethod).items() if name.isupper()}
JPEG = encoded.by_pillow(encoded.picture(), "JPEG", quality=90)
PNG = encoded.by_pillow(encoded.picture(), "PNG")


@pytest.mark.parametrize(
    ("name", "function", "given"),
    [
        ("tensorflow.decode_jpeg", tf.io.decode_jpeg, {"contents", "name"}),
        ("tensorflow.decode_image", tf.io.decode_image, {"contents", "name"}),
        ("tensorflow.resize", tf.image.resize, {"images", "size", "name"}),
    ],
)
def test_options_and_defaults_are_tensorflows(name: str, function: Any, given: set[str]) -> None:
    parameters = {key: each.default for key, each in inspect.signature(function).parameters.items() if key not in given}
    declared = {
        each.name: each.default for each in operation(name).options if each.name not in ("size", "side_rounding")
    }
    if name == "tensorflow.decode_image":
        assert (parameters.pop("channels"), parameters.pop("dtype")) == (None, tf.uint8)
        assert (declared.pop("channels"), declared.pop("dtype")) == (0, "uint8")
    assert declared == parameters


def test_every_method_of_this_version_is_declared() -> None:
    declared = operation("tensorflow.resize").option("method")
    assert isinstance(declared, Choice)
    assert set(declared.choices) == METHODS


def test_antialias_applies_where_it_changes_something() -> None:
    declared = operation("tensorflow.resize").option("antialias")
    assert declared.applies_when is not None
    picture = encoded.rgb()
    changed = set()
    for method in METHODS:
        plain, smooth = (
            make(f"tensorflow.resize({method}, 20x10{more})", picture) for more in ("", ", antialias=true")
        )
        changed |= {method} if (plain != smooth).any() else set()
    assert changed == set(declared.applies_when[1])


def test_the_memory_is_tensorflows_own_and_lives_on() -> None:
    images = [make("tensorflow.decode_jpeg", JPEG) for _ in range(20)]
    assert not any(image.flags.owndata or image.flags.writeable for image in images)
    for image in images[1:]:
        np.testing.assert_array_equal(image, images[0])


# Decoding


def test_decode_jpeg_reads_png_too() -> None:
    np.testing.assert_array_equal(make("tensorflow.decode_jpeg", PNG), encoded.rgb())


@pytest.mark.parametrize(
    ("channels", "shape"), [(0, (45, 67, 4)), (1, (45, 67, 1)), (3, (45, 67, 3)), (4, (45, 67, 4))]
)
def test_channels(channels: int, shape: tuple[int, int, int]) -> None:
    data = encoded.by_pillow(encoded.picture("RGBA"), "PNG")
    assert make(f"tensorflow.decode_image(channels={channels})", data).shape == shape


def test_grey_with_alpha_keeps_two_channels() -> None:
    assert make("tensorflow.decode_image", encoded.by_pillow(encoded.picture("LA"), "PNG")).shape == (45, 67, 2)


def test_floats_lie_on_levels() -> None:
    made = make("tensorflow.decode_image(dtype=float32)", PNG)
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, encoded.rgb(), atol=2e-5)
    assert notes("tensorflow.decode_image(dtype=float32)", PNG) == (
        "Values from 0 to 1 were multiplied by 255 to lie on the 0 to 255 scale.",
    )


def test_white_in_uint16() -> None:
    """8 bits become 16 by 257 in a PNG, but by 256 in a JPEG, whose white is then 65280 / 257 = 254.008."""
    white = np.full((8, 8, 3), 255, np.uint8)
    in_png = make("tensorflow.decode_image(dtype=uint16)", encoded.by_opencv(".png", white))
    in_jpeg = make("tensorflow.decode_image(dtype=uint16)", encoded.by_opencv(".jpg", white))
    np.testing.assert_array_equal(in_png, white)
    np.testing.assert_allclose(in_jpeg, np.full((8, 8, 3), 65280 / 257), rtol=1e-6)


# What it refuses


def refused(stage: str, data: bytes) -> StageError:
    with pytest.raises(StageError) as caught:
        make(stage, data)
    for noise in ("{{", "[Op:", "device", "jpeg::", ".cc"):
        assert noise not in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("stage", "data", "message", "remedy"),
    [
        ("tensorflow.decode_jpeg", JPEG[:600], "damaged or ends too early", "try_recover_truncated=true"),
        ("tensorflow.decode_image", JPEG[:600], "damaged or ends too early", "acceptable_fraction"),
        ("tensorflow.decode_image", PNG[:600], "The PNG is damaged", "Copy or export"),
        ("tensorflow.decode_image", PNG[:40], "The PNG is damaged", "Copy or export"),
        ("tensorflow.decode_image", b"II*\0" + bytes(20), "TensorFlow reads JPEG, JPEG XL, PNG", "pillow.open"),
        ("tensorflow.decode_image", b"", "Input is empty.", "Another library"),
        ("tensorflow.decode_image(channels=4)", JPEG, "JPEG does not support 4 channels", "channels=3"),
    ],
)
def test_damage_in_words(stage: str, data: bytes, message: str, remedy: str) -> None:
    error = refused(stage, data)
    assert message in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("stage", "file_format", "message", "remedy"),
    [
        ("tensorflow.decode_jpeg", "BMP", "does not read BMP", "tensorflow.decode_image"),
        ("tensorflow.decode_image(channels=1)", "BMP", "must be 0, 3 or 4 for BMP", "channels=3"),
        ("tensorflow.decode_image(channels=4)", "GIF", "must be 0 or 3 for GIF", "channels=0"),
        ("tensorflow.decode_image(channels=1)", "WEBP", "WebP only supports 3 or 4 channels", "channels=0"),
        ("tensorflow.decode_image(channels=4)", "WEBP", "Number of channels requested", "channels=0"),
        ("tensorflow.decode_image(dtype=uint16)", "WEBP", "only supports uint8", "dtype=uint8"),
        ("tensorflow.decode_image", "WEBP", "a batch of 1 frame, shape (1, 45, 67, 3)", "expand_animations=false"),
        ("tensorflow.decode_jpeg", "WEBP", "a batch of 1 frame", "tensorflow.decode_image(expand_animations=false)"),
    ],
)
def test_other_formats_in_words(stage: str, file_format: str, message: str, remedy: str) -> None:
    error = refused(stage, encoded.by_pillow(encoded.picture(), file_format))
    assert message in error.message
    assert remedy in error.remedy


def test_cut_webp_and_gif_in_words() -> None:
    for data in (encoded.animation("WEBP", 3, "RGBA"), encoded.by_pillow(encoded.picture(), "GIF")):
        assert "is damaged or ends too early" in refused("tensorflow.decode_image", data[: len(data) // 2]).message


def test_a_cut_animation_loses_its_last_frames_without_a_word() -> None:
    data = encoded.animation("GIF", 3)
    assert "a batch of 3 frames" in refused("tensorflow.decode_image", data).message
    assert "a batch of 1 frame" in refused("tensorflow.decode_image", data[: len(data) // 2]).message


@pytest.mark.parametrize("file_format", ["GIF", "WEBP"])
def test_an_animation_beyond_the_limit_is_refused_before_it_is_decoded(file_format: str) -> None:
    with limited(pixels=3 * 67 * 45 - 1):
        message = refused("tensorflow.decode_image", encoded.animation(file_format, 3, "RGBA")).message
    assert message == "TensorFlow would give a batch of 3 frames of 67x45, not one picture."


def test_a_jpeg_at_which_tensorflow_hangs_is_refused() -> None:
    cut_inside_a_table = JPEG[: JPEG.index(b"\xff\xc4") + 25] + b"\xff"
    error = refused("tensorflow.decode_jpeg(try_recover_truncated=true)", cut_inside_a_table)
    assert error.message.startswith("The JPEG ends in the middle of a marker")
    assert "is damaged or ends too early" in refused("tensorflow.decode_jpeg", cut_inside_a_table).message


def test_decode_jpeg_refuses_an_animated_gif() -> None:
    assert "expand_animations=false" in refused("tensorflow.decode_jpeg", encoded.animation("GIF")).remedy


@pytest.mark.parametrize(
    "stage",
    ["tensorflow.decode_jpeg", "tensorflow.decode_image", "tensorflow.decode_image(expand_animations=false)"],
)
def test_the_file_that_kills_tensorflow_does_not_reach_it(stage: str) -> None:
    error = refused(stage, encoded.animation("WEBP"))
    assert "at which TensorFlow crashes" in error.message
    assert make("pillow.open", encoded.animation("WEBP")).shape == (45, 67, 3)


def test_that_file_is_refused_by_tensorflow_itself_when_asked_for_three_channels() -> None:
    stage = "tensorflow.decode_image(channels=3, expand_animations=false)"
    assert "WebP Animation must be 4 channel RGBA" in refused(stage, encoded.animation("WEBP")).message


def test_unknown_words_are_passed_on_without_their_wrapping() -> None:
    error = refusal("{{function_node __wrapped__X_device_/job:localhost}} Something new happened [Op:X] name: ")
    assert error.message == "TensorFlow says: Something new happened."
    assert error.remedy


# Resizing


def test_a_size_is_width_first_and_floats_come_out() -> None:
    resized = make("tensorflow.resize(area, 20x10)", encoded.rgb())
    assert resized.shape == (10, 20, 3)
    assert resized.dtype == np.float32
    assert make("tensorflow.resize(nearest, 20x10)", encoded.rgb()).dtype == np.uint8


@pytest.mark.parametrize(
    ("size", "shape_hw"),
    [
        ("50x50", (34, 50)),  # 45 * 50 / 67 = 33.6
        ("134x60", (60, 89)),  # 67 * 60 / 45 = 89.3
        ("shorter=30", (30, 45)),  # with a side the option changes nothing
    ],
)
def test_preserve_aspect_ratio(size: str, shape_hw: tuple[int, int]) -> None:
    resized = make(f"tensorflow.resize(bilinear, {size}, preserve_aspect_ratio=true)", encoded.rgb())
    assert resized.shape[:2] == shape_hw


def test_preserve_aspect_ratio_applies_to_an_exact_size_alone() -> None:
    option = operation("tensorflow.resize").option("preserve_aspect_ratio")
    assert option.applies(parse_stage("tensorflow.resize(20x10)").options)
    assert not option.applies(parse_stage("tensorflow.resize(longer=20)").options)


def test_a_side_of_nothing_in_words() -> None:
    with pytest.raises(StageError, match="leaves a side of 0 pixels") as caught:
        make("tensorflow.resize(bilinear, 10x10, preserve_aspect_ratio=true)", np.zeros((1, 1000, 3), np.uint8))
    assert "preserve_aspect_ratio=false" in caught.value.remedy


def test_half_a_pixel_of_a_side_goes_to_the_even_number() -> None:
    picture: npt.NDArray[np.uint8] = np.zeros((4, 10, 1), np.uint8)
    assert make("tensorflow.resize(nearest, longer=5)", picture).shape == (2, 5, 1)
    assert make("tensorflow.resize(nearest, shorter=1)", picture).shape == (1, 2, 1)  # 10 / 4 = 2.5
    assert make("tensorflow.resize(nearest, shorter=3)", picture).shape == (3, 8, 1)  # 30 / 4 = 7.5
