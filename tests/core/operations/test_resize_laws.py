"""What every resize in the catalogue obeys, whatever its library: a new one is held to it without a new line here."""

import numpy as np
import numpy.typing as npt
import pytest

from core.image import Image, as_image
from core.operations.catalogue import operations
from core.operations.declaration import Choice
from core.operations.target_size import TargetSize
from core.pipeline import carry_out
from core.recipe import Stage, parse_stage, stage
from tests.core import encoded
from tests.core.catalogue_cover import cover

RESIZES = operations("resize")
SMALLER, LARGER, SAME = (
    TargetSize.exact(20, 11),
    TargetSize.exact(90, 70),
    TargetSize.exact(encoded.WIDTH, encoded.HEIGHT),
)
REFUSED = "align_corners=true, half_pixel_centers=true"


def with_every_method(size: TargetSize) -> list[Stage]:
    """Each resize with each of its methods, at the library's defaults otherwise."""
    made = []
    for operation in RESIZES:
        method = operation.options[0]
        assert isinstance(method, Choice)
        made += [stage(operation.name, {method.name: choice, "size": size}) for choice in method.choices]
    return made


def method_of(resize: Stage) -> str:
    return str(resize.values[0])


def keeps_dtype(resize: Stage) -> bool:
    """OpenCV and Pillow work in the dtype that they get, TensorFlow in float32 but for nearest."""
    return not resize.name.startswith("tensorflow") or method_of(resize) == "nearest"


def picture(dtype: npt.DTypeLike = np.float32) -> Image:
    return as_image(encoded.rgb().astype(dtype))


every_stage = pytest.mark.parametrize(
    "resize", [each for each in cover() if each.operation.kind == "resize" and REFUSED not in str(each)], ids=str
)
both_dtypes = pytest.mark.parametrize("dtype", [np.uint8, np.float32])


def for_every_method(*sizes: TargetSize) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("resize", [each for size in sizes for each in with_every_method(size)], ids=str)


@both_dtypes
@every_stage
def test_flat_stays_flat(resize: Stage, dtype: npt.DTypeLike) -> None:
    flat = np.broadcast_to(np.array([0, 137, 255], dtype), (45, 67, 3)).copy()
    resized = carry_out(resize, as_image(flat)).image
    atol = 0 if resized.dtype == np.uint8 else 2e-3  # TensorFlow's area adds up weights that make 0.99999
    np.testing.assert_allclose(resized, np.broadcast_to([0, 137, 255], resized.shape), rtol=0, atol=atol)


@both_dtypes
@every_stage
def test_the_dtype_is_kept_or_becomes_float32(resize: Stage, dtype: npt.DTypeLike) -> None:
    resized = carry_out(resize, picture(dtype)).image
    assert resized.dtype == (dtype if keeps_dtype(resize) else np.float32)
    assert not resized.flags.writeable
    assert resized.flags.c_contiguous


@every_stage
def test_the_input_is_left_alone(resize: Stage) -> None:
    given = picture(np.uint8)
    before = given.copy()
    resized = carry_out(resize, given).image
    np.testing.assert_array_equal(given, before)
    assert not np.shares_memory(resized, given)


@every_stage
def test_channels_do_not_mix(resize: Stage) -> None:
    together = carry_out(resize, picture()).image
    for channel in range(3):
        alone = carry_out(resize, as_image(picture()[:, :, [channel]])).image
        np.testing.assert_allclose(together[:, :, [channel]], alone, rtol=0, atol=1e-3)


@for_every_method(SAME)
@both_dtypes
def test_the_same_size_is_the_same_picture(resize: Stage, dtype: npt.DTypeLike) -> None:
    """Kernels that are 1 at 0 and 0 at every other whole number give the picture back; the smoothing two do not."""
    resized = carry_out(resize, picture(dtype)).image
    if method_of(resize) in ("gaussian", "mitchellcubic"):
        assert np.abs(resized - picture()).max() > 1
    else:
        np.testing.assert_allclose(resized, picture(), rtol=0, atol=1e-4)


@for_every_method(SMALLER, LARGER)
def test_a_resize_is_linear(resize: Stage) -> None:
    """In floats `resize(2 a + 10)` is `2 resize(a) + 10`: nothing is clipped, rounded or weighed by its value."""
    once = carry_out(resize, picture()).image
    twice = carry_out(resize, as_image(picture() * np.float32(2) + np.float32(10))).image
    np.testing.assert_allclose(twice, once * 2 + 10, rtol=0, atol=5e-3)


@for_every_method(SMALLER, LARGER)
def test_a_mirrored_picture_is_resized_to_the_mirror_image(resize: Stage) -> None:
    """Not so where positions begin at a corner, as TensorFlow 1's and those of OpenCV's area when it enlarges.

    Nearest is left out: it has to choose a side.
    """
    resized = carry_out(resize, picture()).image
    mirrored = carry_out(resize, as_image(picture()[::-1, ::-1].copy())).image
    difference = np.abs(mirrored - resized[::-1, ::-1]).max()
    begins_at_a_corner = resize.name == "tensorflow_v1.resize" and method_of(resize) != "area"
    if begins_at_a_corner or (method_of(resize), resize.values[1]) == ("INTER_AREA", LARGER):
        assert difference > 1
    elif "nearest" not in method_of(resize).lower():
        assert difference < 5e-3


@pytest.mark.parametrize("name", [operation.name for operation in RESIZES])
@pytest.mark.parametrize(
    ("size", "size_wh"),
    [
        ("20x11", (20, 11)),
        ("1x1", (1, 1)),
        ("shorter=30", (45, 30)),  # 67 * 30 / 45 = 44.67
        ("longer=30", (30, 20)),  # 45 * 30 / 67 = 20.15
        ("shorter=30, side_rounding=truncate", (44, 30)),
        ("shorter=30, side_rounding=half_up", (45, 30)),
        ("shorter=30, side_rounding=half_even", (45, 30)),
        ("longer=1", (1, 1)),
    ],
)
def test_the_size_is_what_was_asked_for(name: str, size: str, size_wh: tuple[int, int]) -> None:
    if name == "pillow.resize" and size == "shorter=30":
        size_wh = (44, 30)  # its users cut
    resized = carry_out(parse_stage(f"{name}({size})"), picture()).image
    assert resized.shape == (size_wh[1], size_wh[0], 3)
