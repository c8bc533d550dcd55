import inspect
from collections.abc import Callable

import numpy as np
import pytest
import tensorflow as tf

from core.errors import StageError
from core.operations.catalogue import operation
from core.operations.declaration import Choice
from core.recipe import parse_stage
from tests.core import encoded
from tests.core.making import make

V1 = tf.compat.v1.image
WRAPPERS: dict[str, Callable[..., tf.Tensor]] = {
    "bilinear": V1.resize_bilinear,
    "nearest": V1.resize_nearest_neighbor,
    "bicubic": V1.resize_bicubic,
    "area": V1.resize_area,
}
ROW = np.arange(0, 80, 10, dtype=np.float32).reshape(1, 8, 1)


def test_every_method_of_this_version_is_declared() -> None:
    declared = operation("tensorflow_v1.resize").option("method")
    assert isinstance(declared, Choice)
    numbers = {value for name, value in vars(V1.ResizeMethod).items() if name.isupper()}
    assert len(declared.choices) == len(numbers) == len(WRAPPERS)
    assert set(declared.choices) == set(WRAPPERS)


@pytest.mark.parametrize("method", WRAPPERS)
def test_options_and_defaults_are_tensorflows(method: str) -> None:
    kernel = {
        "bilinear": tf.raw_ops.ResizeBilinear,
        "nearest": tf.raw_ops.ResizeNearestNeighbor,
        "bicubic": tf.raw_ops.ResizeBicubic,
        "area": tf.raw_ops.ResizeArea,
    }[method]
    parameters = {
        name: each.default
        for name, each in inspect.signature(kernel).parameters.items()
        if name not in ("images", "size", "name")
    }
    options = parse_stage(f"tensorflow_v1.resize({method}, 8x8)").options
    flags = [each for each in operation("tensorflow_v1.resize").options if isinstance(each.default, bool)]
    assert {flag.name: flag.default for flag in flags if flag.applies(options)} == parameters


@pytest.mark.parametrize("positions", ["", "align_corners", "half_pixel_centers"])
@pytest.mark.parametrize("method", WRAPPERS)
def test_it_is_what_the_deprecated_wrappers_do(method: str, positions: str) -> None:
    if method == "area" and positions == "half_pixel_centers":
        return
    options = {positions: True} if positions else {}
    wanted = WRAPPERS[method](encoded.rgb()[np.newaxis], (20, 30), **options)[0]
    more = f", {positions}=true" if positions else ""
    np.testing.assert_array_equal(make(f"tensorflow_v1.resize({method}, 30x20{more})", encoded.rgb()), wanted)


@pytest.mark.parametrize("method", WRAPPERS)
def test_it_is_what_compat_v1_resize_does_to_another_size(method: str) -> None:
    numbers = {"bilinear": 0, "nearest": 1, "bicubic": 2, "area": 3}
    wanted = V1.resize(encoded.rgb(), (20, 30), method=numbers[method])
    np.testing.assert_array_equal(make(f"tensorflow_v1.resize({method}, 30x20)", encoded.rgb()), wanted)


def test_compat_v1_resize_alone_leaves_the_same_size_in_its_dtype() -> None:
    assert V1.resize(encoded.rgb(), (45, 67)).dtype == tf.uint8
    same = make("tensorflow_v1.resize(bilinear, 67x45)", encoded.rgb())
    assert same.dtype == np.float32
    np.testing.assert_array_equal(same, encoded.rgb())


def test_both_positions_at_once_are_refused_in_words() -> None:
    with pytest.raises(StageError) as caught:
        make("tensorflow_v1.resize(bilinear, 4x1, align_corners=true, half_pixel_centers=true)", ROW)
    assert caught.value.message == "TensorFlow says: If half_pixel_centers is True, align_corners must be False."
    assert caught.value.remedy == "Set align_corners=false or half_pixel_centers=false."


def test_half_pixel_centers_has_no_effect_on_area() -> None:
    option = operation("tensorflow_v1.resize").option("half_pixel_centers")
    assert not option.applies(parse_stage("tensorflow_v1.resize(area, 4x1)").options)
    made = make("tensorflow_v1.resize(area, 4x1, half_pixel_centers=true)", ROW)
    np.testing.assert_array_equal(made, make("tensorflow_v1.resize(area, 4x1)", ROW))


def test_align_corners_keeps_the_ends() -> None:
    made = make("tensorflow_v1.resize(bilinear, 3x1, align_corners=true)", ROW)
    np.testing.assert_array_equal(made[0, :, 0], [0, 35, 70])


def test_legacy_is_displaced_by_half_the_scale_less_one() -> None:
    """From 8 to 2 pixels the scale is 4: both pixels are taken (4 - 1) / 2 = 1.5 pixels too far left, at 10 a pixel."""
    legacy, centred = (
        make(f"tensorflow_v1.resize(bilinear, 2x1, half_pixel_centers={on})", ROW)[0, :, 0] for on in ("false", "true")
    )
    np.testing.assert_array_equal(centred - legacy, [15, 15])


def test_legacy_at_twice_the_scale_is_nearest() -> None:
    np.testing.assert_array_equal(
        make("tensorflow_v1.resize(bilinear, 4x1)", ROW), make("opencv.resize(INTER_NEAREST, 4x1)", ROW)
    )
