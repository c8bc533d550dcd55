"""Every resize of the catalogue, measured: names, figures, and the matrices applied again."""

from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np
import pytest

from core.errors import RecipeError
from core.image import Image, as_image
from core.measuring.axis_fit import AxisFit
from core.operations.catalogue import operations
from core.operations.declaration import Choice
from core.operations.target_size import TargetSize
from core.operator import Operator, measure_resizer, measure_stage
from core.recipe import Stage, parse_stage, stage

# 500 to 224 as in the published figures; up and down with odd ratios, each axis of its own; whole ratios.
SIZES = [((500, 375), (224, 224)), ((46, 35), (101, 16)), ((16, 90), (48, 30))]
FLAGS = ("antialias", "align_corners", "half_pixel_centers")
AGREES_WITHIN_LEVELS = 0.02


def every_resize(size: TargetSize) -> Iterator[Stage]:
    """Each method of each library, and with each flag set."""
    for operation in operations("resize"):
        method = next(option for option in operation.options if isinstance(option, Choice))
        flags = [option.name for option in operation.options if option.name in FLAGS]
        for choice in method.choices:
            for extra in ({}, *({flag: True} for flag in flags)):
                yield stage(operation.name, {method.name: choice, "size": size, **extra})


@cache
def measured(text: str, size_wh: tuple[int, int]) -> Operator:
    return measure_stage(parse_stage(text), size_wh)


def cases() -> Iterator[tuple[str, tuple[int, int]]]:
    for size_in, size_out in SIZES:
        yield from ((str(each), size_in) for each in every_resize(TargetSize.exact(*size_out)))


every_case = pytest.mark.parametrize(("text", "size_wh"), list(cases()))


@every_case
def test_the_matrices_reproduce_the_library(text: str, size_wh: tuple[int, int]) -> None:
    operator = measured(text, size_wh)
    assert operator.reproduction_max_abs < AGREES_WITHIN_LEVELS
    assert operator.linear
    assert operator.separable
    np.testing.assert_allclose(operator.x.row_sums, 1, atol=1e-4)
    np.testing.assert_allclose(operator.y.row_sums, 1, atol=1e-4)


@every_case
def test_every_resize_has_a_name_on_both_axes(text: str, size_wh: tuple[int, int]) -> None:
    operator = measured(text, size_wh)
    fits = [operator.x_fit, operator.y_fit]
    if "INTER_AREA" in text and size_wh != (500, 375):
        # Enlarging one axis and shrinking the other, it gives the shrunk one two taps by a rule that no other has.
        assert fits.pop().kernel == "unknown"
    for fit in fits:
        assert fit.kernel != "unknown"
        assert len(fit.alike) == 1, fit


@pytest.mark.parametrize(
    ("text", "scale", "offset", "taps", "min_weight"),
    [
        ("opencv.resize(INTER_LINEAR, 224x224)", 2.2321, 0.6161, (2, 2), 0),
        ("tensorflow.resize(bilinear, 224x224)", 2.2321, 0.6161, (2, 2), 0),
        ("tensorflow_v1.resize(bilinear, 224x224)", 2.2321, 0, (1, 2), 0),
        ("tensorflow_v1.resize(bilinear, 224x224, align_corners=true)", 2.2377, 0, (1, 2), 0),
        ("opencv.resize(INTER_CUBIC, 224x224)", 2.2321, 0.6161, (3, 4), -0.1111),
        ("tensorflow.resize(bicubic, 224x224)", 2.2321, 0.6161, (3, 4), -0.0741),
        ("tensorflow.resize(bicubic, 224x224, antialias=true)", 2.2321, 0.6161, (6, 9), -0.0332),
        ("pillow.resize(BICUBIC, 224x224)", 2.2321, 0.6161, (6, 9), -0.0332),
        ("opencv.resize(INTER_LANCZOS4, 224x224)", 2.2321, 0.6161, (5, 8), -0.1748),
        ("opencv.resize(INTER_AREA, 224x224)", 2.2321, 0.6161, (3, 4), 0),
        ("tensorflow.resize(area, 224x224)", 2.2321, 0.6161, (3, 4), 0),
    ],
)
def test_the_published_figures(
    text: str, scale: float, offset: float, taps: tuple[int, int], min_weight: float
) -> None:
    operator = measured(text, (500, 375))
    assert operator.x_fit.positions.scale == pytest.approx(scale, abs=5e-5)
    assert operator.x_fit.positions.offset == pytest.approx(offset, abs=5e-5)
    assert (operator.x.taps.min(), operator.x.taps.max()) == taps
    assert min(float(operator.x.weights.min()), 0) == pytest.approx(min_weight, abs=5e-4)


@pytest.mark.parametrize(
    ("text", "rule", "kernel", "a", "antialias"),
    [
        ("opencv.resize(INTER_NEAREST, 224x224)", "asymmetric", "nearest", None, False),
        ("opencv.resize(INTER_LINEAR, 224x224)", "half-pixel", "triangle", None, False),
        ("opencv.resize(INTER_CUBIC, 224x224)", "half-pixel", "keys-cubic", -0.75, False),
        ("opencv.resize(INTER_AREA, 224x224)", "half-pixel", "box", None, True),
        ("tensorflow.resize(nearest, 224x224)", "half-pixel", "nearest", None, False),
        ("tensorflow.resize(bicubic, 224x224)", "half-pixel", "keys-cubic", -0.5, False),
        ("tensorflow.resize(gaussian, 224x224, antialias=true)", "half-pixel", "gaussian", None, True),
        ("tensorflow.resize(mitchellcubic, 224x224)", "half-pixel", "mitchell-cubic", None, False),
        ("tensorflow_v1.resize(bicubic, 224x224)", "asymmetric", "keys-cubic", -0.75, False),
        ("tensorflow_v1.resize(bicubic, 224x224, half_pixel_centers=true)", "half-pixel", "keys-cubic", -0.5, False),
        ("tensorflow_v1.resize(nearest, 224x224, align_corners=true)", "align-corners", "nearest", None, False),
        ("pillow.resize(BILINEAR, 224x224)", "half-pixel", "triangle", None, True),
        ("pillow.resize(BICUBIC, 224x224)", "half-pixel", "keys-cubic", -0.5, True),
        ("pillow.resize(HAMMING, 224x224)", "half-pixel", "hamming", None, True),
    ],
)
def test_names(text: str, rule: str, kernel: str, a: float | None, antialias: bool) -> None:
    fit = measured(text, (500, 375)).x_fit
    assert (fit.rule, fit.kernel, fit.antialias) == (rule, kernel, antialias)
    assert fit.a == pytest.approx(a, abs=0.005)


def named(fit: AxisFit) -> tuple[object, ...]:
    return (fit.rule, fit.kernel, fit.lobes, fit.antialias)


def test_a_whole_ratio_is_told_apart_at_a_nearby_one() -> None:
    """Halved, OpenCV's linear and area have the same weights; so has TF1's linear, moved, the nearest pixel's."""
    linear, area = (measured(f"opencv.resize({method}, 32x32)", (64, 64)) for method in ("INTER_LINEAR", "INTER_AREA"))
    np.testing.assert_array_equal(linear.x.dense(), area.x.dense())
    assert named(linear.x_fit) == ("half-pixel", "triangle", None, False)
    assert named(area.x_fit) == ("half-pixel", "box", None, True)
    legacy = measured("tensorflow_v1.resize(bilinear, 32x32)", (64, 64))
    assert named(legacy.x_fit) == ("asymmetric", "triangle", None, False)


def test_the_shorter_side_is_measured_as_what_it_comes_to() -> None:
    operator = measured("pillow.resize(BICUBIC, shorter=16)", (64, 32))
    assert operator.size_out_wh == (32, 16)
    assert named(operator.x_fit) == ("half-pixel", "keys-cubic", None, True)


@pytest.mark.parametrize(
    ("text", "rounding", "between", "weight_bits"),
    [
        ("opencv.resize(INTER_LINEAR, 64x31)", "half up", False, 11),
        ("opencv.resize(INTER_LINEAR_EXACT, 64x31)", "half up", False, 8),
        ("pillow.resize(BICUBIC, 64x31)", "half up", True, 22),
        ("tensorflow.resize(bilinear, 64x31)", "none", False, None),
    ],
)
def test_arithmetic_on_uint8(text: str, rounding: str, between: bool, weight_bits: int | None) -> None:
    arithmetic = measured(text, (90, 71)).arithmetic
    assert (arithmetic.rounding, arithmetic.rounded_between_axes, arithmetic.weight_bits) == (
        rounding,
        between,
        weight_bits,
    )
    assert arithmetic.explained_pct > 90


def test_overshoot_saturates() -> None:
    assert measured("opencv.resize(INTER_CUBIC, 64x31)", (90, 71)).arithmetic.saturates is True
    assert measured("pillow.resize(LANCZOS, 64x31)", (90, 71)).arithmetic.saturates is True
    assert measured("opencv.resize(INTER_LINEAR, 64x31)", (90, 71)).arithmetic.saturates is None


def test_any_callable_can_be_measured() -> None:
    def blurred(image: Image) -> Image:
        return as_image(cv2.blur(image, (3, 1)))

    operator = measure_resizer(blurred, (20, 10))
    assert operator.separable
    np.testing.assert_allclose(operator.x.dense()[5, 4:7], 1 / 3, atol=1e-6)
    np.testing.assert_allclose(operator.y.dense(), np.eye(10), atol=1e-6)
    assert operator.y_fit.rule == "half-pixel"


def test_what_is_not_linear_is_said_so() -> None:
    operator = measure_resizer(lambda image: as_image(cv2.medianBlur(image, 3)), (20, 20))
    assert not operator.linear
    assert not operator.separable


def test_what_is_not_separable_is_said_so() -> None:
    operator = measure_resizer(lambda image: as_image(np.transpose(image, (1, 0, 2))), (12, 12))
    assert operator.linear
    assert not operator.separable


def test_only_a_resize_can_be_measured() -> None:
    with pytest.raises(RecipeError, match="is no resize"):
        measure_stage(parse_stage("crop.center(8x8)"), (16, 16))
