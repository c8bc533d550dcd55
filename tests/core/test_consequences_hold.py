"""What core/consequences.py says, asked of the libraries themselves."""

from io import BytesIO
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import tensorflow as tf
from PIL import Image, ImageCms, ImageOps

from core.consequences import HIGH_QUALITY, PILLOW_WARNS_ABOVE_PIXELS
from core.samples import load_sample
from tests.core.encoded import animation, by_opencv, by_pillow, exif, picture, rgb

Array = npt.NDArray[Any]
UNREADABLE = (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError)


def opencv(data: bytes, flags: int = cv2.IMREAD_COLOR) -> Array | None:
    """Channels in RGB order, or None as cv2 says it."""
    decoded: Array | None = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if decoded is None or decoded.ndim == 2:
        return decoded
    return decoded[..., [2, 1, 0, *range(3, decoded.shape[2])]]


def pillow(data: bytes, mode: str = "RGB") -> Array:
    return np.asarray(Image.open(BytesIO(data)).convert(mode))


def tensorflow(data: bytes, **options: object) -> Array:
    """Animations are not expanded: a static GIF or WebP is H x W x C then."""
    decoded: Array = tf.io.decode_image(data, **{"expand_animations": False, **options}).numpy()
    return decoded


def tensorflow_jpeg(data: bytes, dct_method: str = "INTEGER_ACCURATE", **options: object) -> Array:
    decoded: Array = tf.io.decode_jpeg(data, dct_method=dct_method, **options).numpy()
    return decoded


def levels_apart(a: Array | None, b: Array) -> Array:
    assert a is not None
    difference: Array = a.astype(int) - b.astype(int)
    return np.abs(difference)


@pytest.mark.parametrize("options", [{}, {"subsampling": 0}, {"progressive": True}, {"keep_rgb": True}])
def test_jpeg_agrees_with_the_accurate_dct_and_is_darker_with_the_fast_one(options: dict[str, Any]) -> None:
    data = by_pillow(picture(), "JPEG", quality=90, **options)
    np.testing.assert_array_equal(opencv(data), pillow(data))
    np.testing.assert_array_equal(opencv(data), tensorflow_jpeg(data))
    bias = tensorflow_jpeg(data, dct_method="").mean() - pillow(data).mean()
    assert -0.9 < bias < -0.4


def test_the_fast_dct_is_worse_at_high_quality() -> None:
    photograph = Image.open(BytesIO(load_sample("coffee").data))
    worst = []
    for quality in (75, HIGH_QUALITY, 100):
        data = by_pillow(photograph, "JPEG", quality=quality)
        worst.append(levels_apart(opencv(data), tensorflow_jpeg(data, dct_method="INTEGER_FAST")).max())
    assert worst[0] <= 6
    assert 10 < worst[1] < 20 < worst[2]


@pytest.mark.parametrize(
    ("constant", "matters"), [("444", False), ("422", True), ("420", True), ("440", True), ("411", False)]
)
def test_fancy_upscaling_matters_where_colour_is_doubled(constant: str, matters: bool) -> None:
    factors = getattr(cv2, f"IMWRITE_JPEG_SAMPLING_FACTOR_{constant}")
    data = by_opencv(".jpg", rgb(), cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factors)
    apart = levels_apart(tensorflow_jpeg(data), tensorflow_jpeg(data, fancy_upscaling=False))
    assert (apart.max() > 0) == matters


def test_cmyk_is_brighter_in_opencv() -> None:
    data = by_pillow(picture("CMYK"), "JPEG", quality=90)
    np.testing.assert_array_equal(tensorflow_jpeg(data), pillow(data))
    brighter = opencv(data)
    assert brighter is not None
    assert 0.9 < brighter.mean() - pillow(data).mean() <= 1


def test_a_grey_jpeg_has_one_channel_in_tensorflow() -> None:
    data = by_pillow(picture("L"), "JPEG")
    assert tensorflow_jpeg(data).shape == (45, 67, 1)
    np.testing.assert_array_equal(opencv(data), tensorflow_jpeg(data, channels=3))


def test_12_bit_jpeg_is_read_by_none() -> None:
    data = by_pillow(picture(), "JPEG")
    frame = data.index(b"\xff\xc0")
    twelve = data[:frame] + b"\xff\xc1" + data[frame + 2 : frame + 4] + b"\x0c" + data[frame + 5 :]
    assert opencv(twelve) is None
    with pytest.raises(UNREADABLE):
        tensorflow_jpeg(twelve)
    with pytest.raises(OSError, match="cannot identify"):
        pillow(twelve)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "LA"])
def test_png_is_lossless_and_alpha_is_dropped(mode: str) -> None:
    data = by_pillow(picture(mode), "PNG")
    stored = np.asarray(picture(mode).convert("RGB"))
    np.testing.assert_array_equal(opencv(data), stored)
    np.testing.assert_array_equal(pillow(data), stored)
    np.testing.assert_array_equal(tensorflow(data, channels=3), stored)


def test_16_bit_png_keeps_the_high_byte_and_pillow_clips_grey() -> None:
    deep = rgb().astype(np.uint16) * 250 + 256
    data = by_opencv(".png", deep)
    for decoded in (opencv(data), tensorflow(data), pillow(data)):
        np.testing.assert_array_equal(decoded, deep >> 8)
    np.testing.assert_array_equal(opencv(data, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH), deep)
    grey = by_opencv(".png", deep[..., 0])
    assert pillow(grey).min() == 255


def test_16_bit_tiff_is_rounded_by_opencv_and_cut_by_pillow() -> None:
    deep = rgb().astype(np.uint16) * 250 + 77
    data = by_opencv(".tiff", deep)
    np.testing.assert_array_equal(opencv(data), np.round(deep / 257))
    np.testing.assert_array_equal(pillow(data), deep >> 8)


def test_a_palette_bmp_is_indices_in_tensorflow() -> None:
    data = by_pillow(picture("P"), "BMP")
    np.testing.assert_array_equal(opencv(data), pillow(data))
    np.testing.assert_array_equal(tensorflow(data)[..., 0], np.asarray(picture("P")))


def test_pillow_resizes_a_palette_by_nearest() -> None:
    palette = picture("P")
    bicubic, nearest = (palette.resize((20, 20), each) for each in (Image.Resampling.BICUBIC, Image.Resampling.NEAREST))
    np.testing.assert_array_equal(np.asarray(bicubic), np.asarray(nearest))


@pytest.mark.parametrize("options", [{}, {"lossless": True}])
def test_webp_agrees_and_is_a_batch_in_tensorflow(options: dict[str, Any]) -> None:
    data = by_pillow(picture(), "WEBP", **options)
    np.testing.assert_array_equal(opencv(data), pillow(data))
    np.testing.assert_array_equal(opencv(data), tensorflow(data))
    assert tensorflow(data, expand_animations=True).shape == (1, 45, 67, 3)


def test_webp_with_alpha_has_four_channels_in_tensorflow() -> None:
    data = by_pillow(picture("RGBA"), "WEBP")
    assert tensorflow(data).shape == (45, 67, 4)
    with pytest.raises(UNREADABLE):
        tensorflow(data, channels=3)


def test_the_first_frame_of_an_animation_is_what_all_give() -> None:
    for data in (animation("GIF"), animation("PNG")):
        np.testing.assert_array_equal(opencv(data), pillow(data))
        np.testing.assert_array_equal(opencv(data), tensorflow(data))
    np.testing.assert_array_equal(opencv(animation("WEBP")), pillow(animation("WEBP")))
    assert tensorflow(animation("GIF"), expand_animations=True).shape == (3, 45, 67, 3)


def test_transparent_parts_of_a_gif_have_three_colours() -> None:
    data = by_pillow(picture("P"), "GIF", transparency=3)
    is_transparent = np.asarray(Image.open(BytesIO(data))) == Image.open(BytesIO(data)).info["transparency"]
    assert is_transparent.any()
    assert tensorflow(data)[is_transparent].max() == 0
    assert levels_apart(opencv(data), pillow(data))[is_transparent].max() > 0


def test_the_alpha_of_a_tiff_is_multiplied_by_opencv_alone() -> None:
    stored = np.asarray(picture("RGBA")).astype(float)
    data = by_pillow(picture("RGBA"), "TIFF")
    np.testing.assert_array_equal(opencv(data), np.round(stored[..., :3] * stored[..., 3:] / 255))
    np.testing.assert_array_equal(pillow(data), stored[..., :3])


@pytest.mark.parametrize("name", ["TIFF", "AVIF", "JPEG2000", "PPM"])
def test_what_tensorflow_cannot_read_the_others_agree_on(name: str) -> None:
    data = by_pillow(picture(), name)
    np.testing.assert_array_equal(opencv(data), pillow(data))
    with pytest.raises(UNREADABLE):
        tensorflow(data)


@pytest.mark.parametrize("name", ["QOI"])
def test_what_pillow_reads_alone(name: str) -> None:
    data = by_pillow(picture(), name)
    assert opencv(data) is None
    assert pillow(data).shape[2] == 3


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_opencv_turns_pillow_can_and_tensorflow_does_not(name: str, orientation: int) -> None:
    data = by_pillow(picture(), name, exif=exif(orientation))
    turned = np.asarray(ImageOps.exif_transpose(Image.open(BytesIO(data))))
    np.testing.assert_array_equal(opencv(data), turned)
    ignoring = opencv(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    np.testing.assert_array_equal(ignoring, pillow(data))
    assert tensorflow(data).shape == (45, 67, 3)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_tiff_is_always_turned(orientation: int) -> None:
    data = by_pillow(picture(), "TIFF", tiffinfo={0x0112: orientation})
    np.testing.assert_array_equal(opencv(data), pillow(data))
    ignoring = opencv(data, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    np.testing.assert_array_equal(ignoring, pillow(data))


def test_an_avif_is_not_turned_by_opencv() -> None:
    data = by_pillow(picture(), "AVIF", exif=exif(6))
    np.testing.assert_array_equal(opencv(data), pillow(data))
    assert ImageOps.exif_transpose(Image.open(BytesIO(data))).size == (45, 67)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_profiles_are_not_applied(name: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    with_profile, without = by_pillow(picture(), name, icc_profile=profile), by_pillow(picture(), name)
    np.testing.assert_array_equal(opencv(with_profile), opencv(without))
    np.testing.assert_array_equal(pillow(with_profile), pillow(without))
    np.testing.assert_array_equal(tensorflow(with_profile), tensorflow(without))


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_lacks_pixels_is_refused(name: str) -> None:
    data = by_pillow(picture("P") if name == "GIF" else picture(), name)
    cut = data[: len(data) * 6 // 10]
    assert opencv(cut) is None
    with pytest.raises(UNREADABLE):
        tensorflow(cut)
    with pytest.raises(OSError, match=r"truncated|decoder"):
        pillow(cut)


def test_pillows_limit_is_the_one_named() -> None:
    assert Image.MAX_IMAGE_PIXELS == PILLOW_WARNS_ABOVE_PIXELS
