from pathlib import Path

import cv2
import numpy as np
import pytest

from core.errors import RecipeError, StageError
from core.operations.catalogue import operation
from core.operations.declaration import Choice
from core.recipe import parse_stage
from tests.core import encoded
from tests.core.making import bytes_of, make, notes

# Numbers for buffers and tables, not ways to interpolate.
NOT_INTERPOLATIONS = {"INTER_BITS", "INTER_BITS2", "INTER_MAX", "INTER_TAB_SIZE", "INTER_TAB_SIZE2"}
# Synonyms, additions to a flag that options of their own stand for, and a codec that the wheels do not have.
NOT_FLAGS = {
    "IMREAD_COLOR_BGR",
    "IMREAD_COLOR_RGB",
    "IMREAD_ANYCOLOR",
    "IMREAD_ANYDEPTH",
    "IMREAD_IGNORE_ORIENTATION",
    "IMREAD_LOAD_GDAL",
}
# A row of red, green and blue above one of black, grey and white.
COLOURS = bytes_of([[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[0, 0, 0], [128, 128, 128], [255, 255, 255]]])
PNG = encoded.by_opencv(".png", COLOURS)


def choices(name: str, option: str) -> set[str]:
    declared = operation(name).option(option)
    assert isinstance(declared, Choice)
    return set(declared.choices)


def test_every_interpolation_of_this_version_is_declared() -> None:
    offered = {name for name in dir(cv2) if name.startswith("INTER_")}
    assert choices("opencv.resize", "interpolation") == offered - NOT_INTERPOLATIONS


@pytest.mark.parametrize("name", ["opencv.imdecode", "opencv.imread"])
def test_every_flag_of_this_version_is_declared(name: str) -> None:
    offered = {name for name in dir(cv2) if name.startswith("IMREAD_")}
    assert choices(name, "flags") == offered - NOT_FLAGS


def test_the_declared_defaults_are_opencvs(tmp_path: Path) -> None:
    path = tmp_path / "colours.png"
    path.write_bytes(PNG)
    in_bgr = cv2.imread(str(path))
    assert in_bgr is not None
    np.testing.assert_array_equal(make("opencv.imread", PNG), in_bgr[:, :, ::-1])
    np.testing.assert_array_equal(make("opencv.resize(5x4)", COLOURS), cv2.resize(COLOURS, (5, 4)))


@pytest.mark.parametrize("decode", ["opencv.imdecode", "opencv.imread"])
def test_channels_are_in_rgb_order(decode: str) -> None:
    np.testing.assert_array_equal(make(decode, PNG), COLOURS)
    np.testing.assert_array_equal(make(f"{decode}(IMREAD_UNCHANGED)", PNG), COLOURS)


JPEGS = {
    "4:4:4": encoded.by_pillow(encoded.picture(), "JPEG", subsampling=0),
    "4:2:0": encoded.by_pillow(encoded.picture(), "JPEG", subsampling=2),
    "progressive": encoded.by_pillow(encoded.picture(), "JPEG", progressive=True),
    "grey": encoded.by_pillow(encoded.picture("L"), "JPEG"),
    "CMYK": encoded.by_pillow(encoded.picture("CMYK"), "JPEG"),
    "turned": encoded.by_pillow(encoded.picture(), "JPEG", exif=encoded.exif(6)),
}


@pytest.mark.parametrize("kind", JPEGS)
@pytest.mark.parametrize("option", ["", "IMREAD_ANYDEPTH", "IMREAD_IGNORE_ORIENTATION"])
def test_a_jpeg_is_what_its_bgr_order_gives(kind: str, option: str) -> None:
    recipe_option = {"": "", "IMREAD_ANYDEPTH": "any_depth=true"}.get(option, "ignore_orientation=true")
    flags = cv2.IMREAD_COLOR | (getattr(cv2, option) if option else 0)
    in_bgr = cv2.imdecode(np.frombuffer(JPEGS[kind], np.uint8), flags)
    assert in_bgr is not None
    np.testing.assert_array_equal(make(f"opencv.imdecode({recipe_option})", JPEGS[kind]), in_bgr[:, :, ::-1])


def test_alpha_is_kept_by_unchanged_alone() -> None:
    with_alpha = np.dstack([COLOURS, np.full((2, 3), 7, np.uint8)])
    data = encoded.by_opencv(".png", with_alpha)
    np.testing.assert_array_equal(make("opencv.imdecode(IMREAD_UNCHANGED)", data), with_alpha)
    np.testing.assert_array_equal(make("opencv.imdecode", data), COLOURS)


def test_grey_has_one_channel() -> None:
    grey = make("opencv.imdecode(IMREAD_GRAYSCALE)", PNG)
    np.testing.assert_array_equal(grey[1, :, 0], [0, 128, 255])
    data = encoded.by_opencv(".png", COLOURS[:, :, 0])
    np.testing.assert_array_equal(make("opencv.imdecode(IMREAD_UNCHANGED)", data), COLOURS[:, :, :1])
    assert make("opencv.imdecode", data).shape == (2, 3, 3)


def test_any_depth_gives_floats_for_16_bits_and_leaves_8_bits_alone() -> None:
    deep = encoded.by_opencv(".png", COLOURS.astype(np.uint16) * 257)
    kept = make("opencv.imdecode(any_depth=true)", deep)
    assert kept.dtype == np.float32
    np.testing.assert_array_equal(kept, COLOURS)
    assert "divided by 257" in notes("opencv.imdecode(any_depth=true)", deep)[0]
    assert make("opencv.imdecode(any_depth=true)", PNG).dtype == np.uint8


@pytest.mark.parametrize("decode", ["opencv.imdecode", "opencv.imread"])
@pytest.mark.parametrize("data", [b"not a picture", PNG[:20]], ids=["text", "cut in the header"])
def test_none_is_an_error_in_words(decode: str, data: bytes) -> None:
    with pytest.raises(StageError) as caught:
        make(decode, data)
    assert caught.value.message.startswith(f"cv2.{decode.removeprefix('opencv.')} gave None")
    assert "another library's decoder" in caught.value.remedy


def test_a_size_is_width_first() -> None:
    assert make("opencv.resize(INTER_AREA, 7x4)", COLOURS).shape == (4, 7, 3)


def test_options_that_have_no_effect_are_not_asked_for() -> None:
    decode = operation("opencv.imdecode")
    unchanged = parse_stage("opencv.imdecode(IMREAD_UNCHANGED)").options
    assert [option.name for option in decode.options if option.applies(unchanged)] == ["flags"]
    rounding = operation("opencv.resize").option("side_rounding")
    assert not rounding.applies(parse_stage("opencv.resize(224x224)").options)
    assert rounding.applies(parse_stage("opencv.resize(shorter=224)").options)


def test_a_side_that_would_explode_is_refused() -> None:
    with pytest.raises((RecipeError, StageError), match="pixels"):
        make("opencv.resize(shorter=20000)", np.zeros((1, 1000, 1), np.uint8))
