import inspect
import struct
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage

from core.errors import StageError
from core.image import Image
from core.operations.catalogue import operation
from core.operations.declaration import Choice
from tests.core import encoded
from tests.core.making import bytes_of, floats_of, make, notes, signed

JPEG = encoded.by_pillow(encoded.picture(), "JPEG", quality=90)
PNG = encoded.by_pillow(encoded.picture(), "PNG")


def tiff(mode: str, value: Any) -> bytes:
    """A TIFF of 3x2 pixels of one value, in a mode that PNG and JPEG cannot store."""
    return encoded.by_pillow(PillowImage.new(mode, (3, 2), value), "TIFF")


def test_every_filter_of_this_version_is_declared() -> None:
    declared = operation("pillow.resize").option("resample")
    assert isinstance(declared, Choice)
    assert set(declared.choices) == {resample.name for resample in PillowImage.Resampling}


def test_the_declared_defaults_are_pillows() -> None:
    parameters = inspect.signature(PillowImage.Image.resize).parameters
    assert (parameters["resample"].default, parameters["reducing_gap"].default) == (None, None)
    wanted = PillowImage.fromarray(encoded.rgb()).resize((20, 10))
    np.testing.assert_array_equal(make("pillow.resize(20x10)", encoded.rgb()), wanted)


# Modes


@pytest.mark.parametrize(
    ("mode", "value", "made"),
    [
        ("1", 1, bytes_of([255])),
        ("L", 7, bytes_of([7])),
        ("LA", (7, 9), bytes_of([7, 9])),
        ("RGB", (1, 2, 3), bytes_of([1, 2, 3])),
        ("RGBA", (1, 2, 3, 4), bytes_of([1, 2, 3, 4])),
        ("CMYK", (0, 255, 0, 0), bytes_of([255, 0, 255])),
        ("YCbCr", (76, 85, 255), bytes_of([254, 0, 0])),
        ("F", 1.5, floats_of([1.5])),
        ("I;16", 257, floats_of([1])),
        ("I", 514, floats_of([2])),
    ],
)
def test_a_mode_as_it_is_stored(mode: str, value: Any, made: Image) -> None:
    image = make("pillow.open", tiff(mode, value))
    assert image.dtype == made.dtype
    np.testing.assert_array_equal(image, np.broadcast_to(made, (2, 3, len(made))))


def test_deep_values_are_noted() -> None:
    assert notes("pillow.open", tiff("I;16", 257)) == (
        "16-bit values were divided by 257 to lie on the 0 to 255 scale.",
    )


def test_a_palette_becomes_rgb_or_rgba_where_it_has_transparency() -> None:
    palette = encoded.picture("P")
    assert make("pillow.open", encoded.by_pillow(palette, "PNG")).shape == (45, 67, 3)
    made = make("pillow.open", encoded.by_pillow(palette, "PNG", transparency=0))
    np.testing.assert_array_equal(made[:, :, 3] == 0, np.asarray(palette) == 0)


@pytest.mark.parametrize(("mode", "channels"), [("RGB", 3), ("RGBA", 4), ("L", 1), ("LA", 2)])
@pytest.mark.parametrize("stored", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I", "I;16", "F"])
def test_every_file_can_be_converted(stored: str, mode: str, channels: int) -> None:
    data = tiff(stored, PillowImage.new(stored, (1, 1)).getpixel((0, 0)))
    made = make(f"pillow.open(mode={mode})", data)
    assert made.shape == (2, 3, channels)
    assert made.dtype == np.uint8


# Options


def test_draft_says_that_only_jpeg_can_be_decoded_smaller() -> None:
    np.testing.assert_array_equal(make("pillow.open(draft_ratio=2)", PNG), encoded.rgb())
    assert notes("pillow.open(draft_ratio=2)", PNG) == (
        "draft has no effect on PNG: only JPEG can be decoded smaller.",
    )
    assert notes("pillow.open(draft_ratio=2)", JPEG) == ()


def test_draft_in_ycbcr_leaves_the_conversion_to_pillow() -> None:
    difference = signed(make("pillow.open", JPEG), make("pillow.open(draft_mode=YCbCr)", JPEG))
    assert 0 < np.abs(difference).max() <= 2


def test_draft_with_a_mode_shrinks_as_well() -> None:
    assert make("pillow.open(draft_ratio=4, draft_mode=L)", JPEG).shape == (12, 17, 1)


def test_tiffs_orientation_is_applied_once() -> None:
    data = encoded.by_pillow(encoded.picture(), "TIFF", exif=encoded.exif(6))
    shown = np.rot90(encoded.rgb(), -1)
    np.testing.assert_array_equal(make("pillow.open", data), shown)
    np.testing.assert_array_equal(make("pillow.open(exif_transpose=true)", data), shown)


def test_an_animation_gives_its_first_frame() -> None:
    data = encoded.animation("WEBP", lossless=True)
    np.testing.assert_array_equal(make("pillow.open(mode=RGB)", data), encoded.rgb())


# Refusals and warnings


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"not a picture", "knows no such format", "another library's decoder"),
        (JPEG[: len(JPEG) // 2], "image file is truncated", "opencv.imread"),
        (PNG[: len(PNG) // 2], "image file is truncated", "LOAD_TRUNCATED_IMAGES"),
        (PNG[:20], "Truncated File Read", "opencv.imread"),
    ],
)
def test_refusals_in_words(data: bytes, message: str, remedy: str) -> None:
    with pytest.raises(StageError) as caught:
        make("pillow.open", data)
    assert message in caught.value.message
    assert remedy in caught.value.remedy
    assert "BytesIO" not in caught.value.message


def test_a_large_picture_is_noted_and_a_very_large_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PillowImage, "MAX_IMAGE_PIXELS", 2000)  # of 67 x 45 = 3015
    np.testing.assert_array_equal(make("pillow.open", PNG), encoded.rgb())
    assert notes("pillow.open", PNG)[0].startswith(
        "Pillow warns: Image size (3015 pixels) exceeds limit of 2000 pixels"
    )
    monkeypatch.setattr(PillowImage, "MAX_IMAGE_PIXELS", 1500)
    with pytest.raises(StageError, match="3015 pixels") as caught:
        make("pillow.open", PNG)
    assert "MAX_IMAGE_PIXELS" in caught.value.remedy


def test_a_palette_with_several_alphas_is_noted() -> None:
    data = encoded.by_pillow(encoded.picture("P"), "PNG", transparency=bytes([0, 128, 255]))
    assert notes("pillow.open(mode=RGB)", data) == (
        "Pillow warns: Palette images with Transparency expressed in bytes should be converted to RGBA images",
    )
    assert notes("pillow.open", data) == ()


def test_what_is_odd_in_a_file_is_noted() -> None:
    broken_index = b"MPF\0" + bytes(8)
    segment = b"\xff\xe2" + struct.pack(">H", 2 + len(broken_index)) + broken_index
    assert notes("pillow.open", JPEG[:2] + segment + JPEG[2:]) == (
        "Pillow warns: Image appears to be a malformed MPO file, it will be interpreted as a base JPEG file",
    )


# Resizing


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_any_number_of_channels(channels: int, dtype: str) -> None:
    picture = np.take(encoded.rgb(), [0, 1, 2, 0], axis=2)[:, :, :channels]
    resized = make("pillow.resize(BILINEAR, 20x10)", picture.astype(dtype))
    assert resized.shape == (10, 20, channels)
    assert resized.dtype == dtype


def test_floats_are_resized_channel_by_channel_in_mode_f() -> None:
    picture = encoded.rgb().astype(np.float32) - 100
    resized = make("pillow.resize(LANCZOS, 20x10)", picture)
    for channel in range(3):
        plane = PillowImage.fromarray(picture[:, :, channel])
        assert plane.mode == "F"
        wanted = plane.resize((20, 10), PillowImage.Resampling.LANCZOS)
        np.testing.assert_array_equal(resized[:, :, channel], wanted)


def test_a_reducing_gap_is_pillows() -> None:
    wanted = PillowImage.fromarray(encoded.rgb()).resize((6, 5), PillowImage.Resampling.BICUBIC, reducing_gap=1.5)
    np.testing.assert_array_equal(make("pillow.resize(BICUBIC, 6x5, reducing_gap=1.5)", encoded.rgb()), wanted)
    assert signed(make("pillow.resize(BICUBIC, 6x5)", encoded.rgb()), np.asarray(wanted)).any()


def test_the_other_side_is_cut_as_torchvision_does() -> None:
    assert make("pillow.resize(BILINEAR, shorter=32)", encoded.rgb()).shape[:2] == (32, 47)  # 32 * 67 / 45 = 47.6
    assert make("pillow.resize(BILINEAR, shorter=32, side_rounding=half_up)", encoded.rgb()).shape[:2] == (32, 48)
