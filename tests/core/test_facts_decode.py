"""What the libraries make of the same file: measured on opencv-python 5.0, tensorflow 2.21 and Pillow 13.0.

A figure that another version breaks is a finding, not a nuisance: the tool's own sentences stand on these.
"""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PillowImage
from PIL import ImageCms, ImageFile

from core.errors import StageError
from core.image import Image
from tests.core import encoded
from tests.core.making import bytes_of, floats_of, make, photograph, signed

LOSSLESS = {"WEBP": {"lossless": True}}
ACCURATE = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE)"
SUBSAMPLINGS = {
    "4:4:4": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    "4:2:2": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
    "4:4:0": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_440,
    "4:2:0": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    "4:1:1": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411,
}


def jpeg(subsampling: str = "4:2:0", quality: int = 90, size_wh: tuple[int, int] = (67, 45), *more: int) -> bytes:
    chroma = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, SUBSAMPLINGS[subsampling])
    return encoded.by_opencv(".jpg", encoded.rgb(*size_wh), cv2.IMWRITE_JPEG_QUALITY, quality, *chroma, *more)


GREY_JPEG = encoded.by_opencv(".jpg", encoded.rgb()[:, :, 0], cv2.IMWRITE_JPEG_QUALITY, 90)

KINDS_OF_JPEG = {
    **{subsampling: jpeg(subsampling) for subsampling in SUBSAMPLINGS},
    **{f"quality {quality}": jpeg(quality=quality) for quality in (50, 75, 95, 100)},
    **{f"{width}x{height}": jpeg(size_wh=(width, height)) for width, height in ((1, 1), (3, 8), (17, 9), (64, 48))},
    "progressive": jpeg("4:2:0", 90, (67, 45), cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    "restart intervals": jpeg("4:2:0", 90, (67, 45), cv2.IMWRITE_JPEG_RST_INTERVAL, 2),
    "stored as RGB": encoded.by_pillow(encoded.picture(), "JPEG", keep_rgb=True),
}
every_jpeg = pytest.mark.parametrize("data", KINDS_OF_JPEG.values(), ids=KINDS_OF_JPEG)


# The inverse DCT


@every_jpeg
def test_opencv_pillow_and_accurate_tensorflow_are_bit_identical(data: bytes) -> None:
    by_opencv = make("opencv.imdecode", data)
    np.testing.assert_array_equal(make(ACCURATE, data), by_opencv)
    np.testing.assert_array_equal(make("pillow.open", data), by_opencv)


def test_grey_files_are_bit_identical_too() -> None:
    by_opencv = make("opencv.imdecode(IMREAD_GRAYSCALE)", GREY_JPEG)
    assert by_opencv.shape == (45, 67, 1)
    np.testing.assert_array_equal(make(ACCURATE, GREY_JPEG), by_opencv)
    np.testing.assert_array_equal(make("pillow.open", GREY_JPEG), by_opencv)


@every_jpeg
def test_tensorflows_default_is_integer_fast(data: bytes) -> None:
    fast = make("tensorflow.decode_jpeg(dct_method=INTEGER_FAST)", data)
    np.testing.assert_array_equal(make("tensorflow.decode_jpeg", data), fast)
    np.testing.assert_array_equal(make("tensorflow.decode_image", data), fast)


@pytest.mark.parametrize("photo", ["china", "flower", "rocket", "retina"])
def test_integer_fast_is_darker_by_more_than_half_a_level(photo: str) -> None:
    difference = signed(make("opencv.imdecode", photograph(photo)), make("tensorflow.decode_jpeg", photograph(photo)))
    assert 54 <= round(100 * np.mean(difference != 0)) <= 75
    assert 0.8 < np.abs(difference).mean() < 1.6
    assert -0.8 < difference.mean() < -0.6


def test_integer_fast_is_worse_at_higher_quality() -> None:
    pixels = make("opencv.imdecode", photograph("china"))
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    highest = []
    for quality in (75, 95, 100):
        data = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()
        highest.append(np.abs(signed(make("opencv.imdecode", data), make("tensorflow.decode_jpeg", data))).max())
    assert highest[0] == 4
    assert 14 <= highest[1] <= 16
    assert 30 <= highest[2] <= 36


def test_resizing_does_not_average_the_darkening_away() -> None:
    resized = [
        make(f"{decode} | opencv.resize(INTER_AREA, 32x32)", photograph("china"))
        for decode in ("opencv.imdecode", "tensorflow.decode_jpeg")
    ]
    assert -0.8 < signed(resized[0], resized[1]).mean() < -0.6


# The chroma


def test_fancy_upscaling_does_nothing_on_444() -> None:
    data = jpeg("4:4:4")
    np.testing.assert_array_equal(
        make("tensorflow.decode_jpeg(fancy_upscaling=false)", data), make("tensorflow.decode_jpeg", data)
    )


def test_fancy_upscaling_is_a_level_on_average_on_420() -> None:
    bgr = cv2.cvtColor(make("opencv.imdecode", photograph("china")), cv2.COLOR_RGB2BGR)
    factors = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, SUBSAMPLINGS["4:2:0"])
    data = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, 95, *factors))[1].tobytes()
    plain = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, fancy_upscaling=false)"
    difference = np.abs(signed(make(ACCURATE, data), make(plain, data)))
    assert 0.6 < difference.mean() < 1.1
    assert 30 < difference.max() < 36


@pytest.mark.parametrize("ratio", [2, 4, 8])
@every_jpeg
def test_shrinking_inside_the_dct_is_the_same_everywhere(ratio: int, data: bytes) -> None:
    by_opencv = make(f"opencv.imdecode(IMREAD_REDUCED_COLOR_{ratio})", data)
    accurate = f"tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, ratio={ratio}, channels=3)"
    np.testing.assert_array_equal(make(accurate, data), by_opencv)
    if min(make("pillow.open", data).shape[:2]) >= ratio:
        np.testing.assert_array_equal(make(f"pillow.open(draft_ratio={ratio})", data), by_opencv)


@pytest.mark.parametrize(("subsampling", "matters"), [("4:4:4", False), ("4:2:0", True)])
def test_shrunk_by_two_only_halved_chroma_goes_through_the_dct_in_question(subsampling: str, matters: bool) -> None:
    """The 4x4 inverse DCT of a halved plane has one form; chroma that is half as large already keeps its 8x8."""
    fast = make("tensorflow.decode_jpeg(ratio=2)", jpeg(subsampling))
    accurate = make("tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, ratio=2)", jpeg(subsampling))
    assert signed(fast, accurate).any() == matters
    plain = make("tensorflow.decode_jpeg(ratio=2, fancy_upscaling=false)", jpeg(subsampling))
    np.testing.assert_array_equal(plain, fast)


def test_draft_alone_refuses_to_shrink_a_side_to_nothing() -> None:
    with pytest.raises(StageError, match="draft cannot make a 3x8 picture 4 times smaller"):
        make("pillow.open(draft_ratio=4)", KINDS_OF_JPEG["3x8"])


# Grey


def test_grey_decoding_is_the_y_plane_everywhere() -> None:
    data = photograph("china")
    y_plane = make("opencv.imdecode(IMREAD_GRAYSCALE)", data)
    grey = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=1)"
    np.testing.assert_array_equal(make(grey, data), y_plane)
    np.testing.assert_array_equal(make("pillow.open(draft_mode=L)", data), y_plane)


@pytest.mark.parametrize("converted", ["opencv.imdecode | channels.gray(cvtColor)", "pillow.open(mode=L)"])
def test_grey_by_conversion_is_not_the_y_plane(converted: str) -> None:
    data = photograph("china")
    difference = signed(make("opencv.imdecode(IMREAD_GRAYSCALE)", data), make(converted, data))
    assert np.abs(difference).max() == 4


def test_rgb_to_grayscale_cuts_decimals() -> None:
    rounded, cut = (
        make(f"opencv.imdecode | channels.gray({rule})", photograph("china"))
        for rule in ("cvtColor", "rgb_to_grayscale")
    )
    assert signed(rounded, cut).mean() == pytest.approx(-0.16, abs=0.01)


# EXIF


def turned(stored: Image, orientation: int) -> npt.NDArray[np.generic]:
    """`stored` as EXIF wants it shown (CIPA DC-008, tag 0x0112)."""
    return {
        1: stored,
        2: stored[:, ::-1],
        3: stored[::-1, ::-1],
        4: stored[::-1],
        5: stored.transpose(1, 0, 2),
        6: np.rot90(stored, -1),
        7: stored[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(stored),
    }[orientation]


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_who_applies_the_orientation(orientation: int, file_format: str) -> None:
    data = encoded.by_pillow(encoded.picture(), file_format, exif=encoded.exif(orientation))
    stored = make("pillow.open", data)
    shown = turned(stored, orientation)
    for decode in ("opencv.imdecode", "opencv.imread", "pillow.open(exif_transpose=true)"):
        np.testing.assert_array_equal(make(decode, data), shown, decode)
    for decode in ("opencv.imdecode(IMREAD_UNCHANGED)", "opencv.imdecode(ignore_orientation=true)"):
        np.testing.assert_array_equal(make(decode, data), stored, decode)
    if file_format == "JPEG":
        np.testing.assert_array_equal(make(ACCURATE, data), stored)
    else:
        np.testing.assert_array_equal(make("tensorflow.decode_image(expand_animations=false)", data), stored)


# Truncated files


@pytest.fixture(scope="module")
def truncated() -> bytes:
    data = photograph("rocket")
    return data[: len(data) // 2]


def whole_rows(data: bytes) -> Image:
    """The first quarter of the whole picture, far above the cut."""
    return make(ACCURATE, data)[:100]


def test_imdecode_tensorflow_and_pillow_refuse_a_truncated_file(truncated: bytes) -> None:
    for decode in ("opencv.imdecode", "tensorflow.decode_jpeg", "tensorflow.decode_image", "pillow.open"):
        with pytest.raises(StageError):
            make(decode, truncated)


def test_imread_fills_a_truncated_file_with_grey(truncated: bytes) -> None:
    filled = make("opencv.imread", truncated)
    np.testing.assert_array_equal(filled[:100], whole_rows(photograph("rocket")))
    np.testing.assert_array_equal(filled[-1], np.full((640, 3), 128))


@pytest.mark.parametrize(
    ("option", "fill"), [("try_recover_truncated=true", 128), ("acceptable_fraction=0.2", 0)], ids=["grey", "black"]
)
def test_tensorflow_fills_a_truncated_file_on_request(option: str, fill: int, truncated: bytes) -> None:
    filled = make(f"tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, {option})", truncated)
    np.testing.assert_array_equal(filled[:100], whole_rows(photograph("rocket")))
    np.testing.assert_array_equal(filled[-1], np.full((640, 3), fill))


def test_what_is_recovered_needs_no_fraction(truncated: bytes) -> None:
    np.testing.assert_array_equal(
        make("tensorflow.decode_jpeg(try_recover_truncated=true, acceptable_fraction=0.2)", truncated),
        make("tensorflow.decode_jpeg(try_recover_truncated=true)", truncated),
    )


def test_an_acceptable_fraction_is_a_share_of_rows(truncated: bytes) -> None:
    with pytest.raises(StageError, match="ends too early"):
        make("tensorflow.decode_jpeg(acceptable_fraction=0.9)", truncated)


def test_pillow_takes_a_truncated_file_only_by_its_global_switch(
    truncated: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    np.testing.assert_array_equal(make("pillow.open", truncated)[:100], whole_rows(photograph("rocket")))


# Colours that are not three bytes


def test_cmyk_is_one_level_higher_in_opencv() -> None:
    data = encoded.by_pillow(encoded.picture("CMYK"), "JPEG", quality=95)
    by_pillow = make("pillow.open", data)
    np.testing.assert_array_equal(
        make("tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3)", data), by_pillow
    )
    difference = signed(by_pillow, make("opencv.imdecode", data))
    assert set(np.unique(difference)) == {0, 1}
    assert difference.mean() > 0.9


def test_16_bit_png_in_colour_keeps_the_high_byte() -> None:
    deep = encoded.rgb().astype(np.uint16) * 256 + 37
    data = encoded.by_opencv(".png", deep)
    for decode in ("opencv.imdecode", "tensorflow.decode_image", "pillow.open"):
        np.testing.assert_array_equal(make(decode, data), encoded.rgb(), decode)


def test_16_bit_grey_is_almost_white_after_pillows_convert() -> None:
    grey = np.arange(0, 65536, 256, dtype=np.uint16).reshape(16, 16)
    data = encoded.by_opencv(".png", grey)
    high_byte = np.arange(256).reshape(16, 16)
    for decode in ("opencv.imdecode", "tensorflow.decode_image(channels=3)"):
        np.testing.assert_array_equal(make(decode, data)[:, :, 1], high_byte)
    clipped = np.full((16, 16), 255)
    clipped[0, 0] = 0
    np.testing.assert_array_equal(make("pillow.open(mode=RGB)", data)[:, :, 1], clipped)


@pytest.mark.parametrize(
    "decode",
    [
        "opencv.imdecode(IMREAD_GRAYSCALE, any_depth=true)",
        "opencv.imdecode(IMREAD_UNCHANGED)",
        "tensorflow.decode_image(dtype=uint16)",
        "pillow.open",
    ],
)
def test_16_bit_grey_in_full_depth_lies_on_levels(decode: str) -> None:
    data = encoded.by_opencv(".png", np.array([[0, 257, 25828], [32896, 65278, 65535]], np.uint16))
    made = make(decode, data)
    assert made.dtype == np.float32
    np.testing.assert_array_equal(made[:, :, 0], floats_of([[0.0, 1.0, 25828 / 257], [128.0, 254.0, 255.0]]))


def test_alpha_is_dropped_and_not_composited() -> None:
    data = encoded.by_pillow(encoded.picture("RGBA"), "PNG")
    for decode in ("opencv.imdecode", "tensorflow.decode_image(channels=3)", "pillow.open(mode=RGB)"):
        np.testing.assert_array_equal(make(decode, data), encoded.rgb(), decode)


def test_a_palette_is_the_same_colours_everywhere() -> None:
    picture = encoded.picture("P")
    data = encoded.by_pillow(picture, "PNG")
    for decode in ("opencv.imdecode", "tensorflow.decode_image", "pillow.open", "pillow.open(mode=RGB)"):
        np.testing.assert_array_equal(make(decode, data), np.asarray(picture.convert("RGB")), decode)


def test_pillow_resizes_a_palette_by_nearest_whatever_is_asked() -> None:
    picture = encoded.picture("P")
    asked, nearest = (
        np.asarray(picture.resize((20, 10), resample).convert("RGB"))
        for resample in (PillowImage.Resampling.BICUBIC, PillowImage.Resampling.NEAREST)
    )
    np.testing.assert_array_equal(asked, nearest)
    colours = np.asarray(picture.convert("RGB"))
    np.testing.assert_array_equal(make("pillow.resize(NEAREST, 20x10)", colours), asked)
    assert signed(make("pillow.resize(BICUBIC, 20x10)", colours), asked).any()


# Formats


@pytest.mark.parametrize("file_format", ["PNG", "BMP", "GIF", "WEBP"])
def test_tensorflow_reads_what_is_not_tiff(file_format: str) -> None:
    data = encoded.by_pillow(encoded.picture("P").convert("RGB"), file_format, **LOSSLESS.get(file_format, {}))
    by_tensorflow = make("tensorflow.decode_image(expand_animations=false)", data)
    np.testing.assert_array_equal(by_tensorflow, make("pillow.open(mode=RGB)", data))
    np.testing.assert_array_equal(by_tensorflow, make("opencv.imdecode", data))


@pytest.mark.parametrize("file_format", ["TIFF", "JPEG2000", "AVIF"])
def test_tensorflow_does_not_read_tiff_jpeg_2000_and_avif(file_format: str) -> None:
    data = encoded.by_pillow(encoded.picture(), file_format)
    assert make("pillow.open", data).shape == make("opencv.imdecode", data).shape == (45, 67, 3)
    for decode in ("tensorflow.decode_image", "tensorflow.decode_jpeg"):
        with pytest.raises(StageError) as caught:
            make(decode, data)
        assert caught.value.message.startswith("TensorFlow reads JPEG, JPEG XL, PNG, GIF, BMP and WebP")
        assert "opencv.imdecode or pillow.open" in caught.value.remedy


@pytest.mark.parametrize(("file_format", "mode"), [("GIF", "RGB"), ("WEBP", "RGBA")])
def test_animations_are_a_batch_unless_not_expanded(file_format: str, mode: str) -> None:
    data = encoded.animation(file_format, 3, mode, **LOSSLESS.get(file_format, {}))
    with pytest.raises(StageError, match=r"batch of 3 frames, shape \(3, 45, 67, \d\)") as caught:
        make("tensorflow.decode_image", data)
    assert "expand_animations=false" in caught.value.remedy
    first = make("tensorflow.decode_image(expand_animations=false)", data)
    np.testing.assert_array_equal(first, make(f"pillow.open(mode={mode})", data))


def test_nobody_applies_the_icc_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, with_profile = (encoded.by_pillow(encoded.picture(), "PNG", icc_profile=icc) for icc in (None, profile))
    assert plain != with_profile
    for decode in ("opencv.imdecode", "tensorflow.decode_image", "pillow.open(mode=RGB)"):
        np.testing.assert_array_equal(make(decode, with_profile), make(decode, plain))


def test_opencv_itself_gives_bgr_and_none() -> None:
    red = encoded.by_opencv(".png", bytes_of([[[255, 0, 0]]]))
    np.testing.assert_array_equal(cv2.imdecode(np.frombuffer(red, np.uint8), cv2.IMREAD_COLOR), [[[0, 0, 255]]])
    assert cv2.imdecode(np.frombuffer(b"not a picture", np.uint8), cv2.IMREAD_COLOR) is None
