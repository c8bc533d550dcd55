import numpy as np
import pytest

from core.measuring.axis_model import Positions, coverage_model, furthest, interval_model, model, named_positions
from core.measuring.axis_parts import AxisParts, parts_of
from core.measuring.kernels import triangle
from core.operator import measure_stage
from core.recipe import parse_stage

SIZE = (50, 37)


def parts(text: str) -> AxisParts:
    operator = measure_stage(parse_stage(text), SIZE)
    found = parts_of(operator.x_fit, operator.x)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "opencv.resize(INTER_LINEAR, 24x20)",
        "opencv.resize(INTER_NEAREST, 24x20)",
        "opencv.resize(INTER_AREA, 24x20)",
        "opencv.resize(INTER_CUBIC, 81x70)",
        "pillow.resize(LANCZOS, 24x20)",
        "pillow.resize(MKS2013, 24x20)",
        "tensorflow.resize(area, 81x70)",
        "tensorflow.resize(gaussian, 23x19, antialias=true)",
        "tensorflow_v1.resize(bicubic, 24x20, align_corners=true)",
        "tensorflow_v1.resize(nearest, 81x70, half_pixel_centers=true)",
    ],
)
def test_parts_make_the_measured_weights_again(text: str) -> None:
    operator = measure_stage(parse_stage(text), SIZE)
    for fit, measured in ((operator.x_fit, operator.x), (operator.y_fit, operator.y)):
        found = parts_of(fit, measured)
        assert found is not None
        assert furthest(found.operator((measured.size_in, measured.size_out)), measured) < 2e-3


def test_a_kernel_without_a_name_has_no_parts() -> None:
    operator = measure_stage(parse_stage("opencv.resize(INTER_AREA, 81x20)"), SIZE)
    assert any(
        parts_of(fit, axis) is None for fit, axis in ((operator.x_fit, operator.x), (operator.y_fit, operator.y))
    )


def test_kernels_are_equal_by_name() -> None:
    linear = parts("opencv.resize(INTER_LINEAR, 24x20)").kernel
    assert linear == parts("tensorflow.resize(bilinear, 24x20)").kernel
    assert hash(linear) == hash(parts("pillow.resize(BILINEAR, 24x20)").kernel)
    assert linear != parts("opencv.resize(INTER_CUBIC, 24x20)").kernel
    assert linear != "triangle"


def test_an_interval_one_pixel_wide_is_linear_interpolation() -> None:
    positions = Positions(1.9, 0.3)
    linear = model(triangle(), positions, 1.0, "replicate", (50, 24))
    np.testing.assert_allclose(
        interval_model(positions, 1.0, "replicate", (50, 24)).dense(), linear.dense(), atol=1e-12
    )


def test_an_interval_as_wide_as_the_scale_is_coverage() -> None:
    positions = named_positions("half-pixel", 50, 24)
    np.testing.assert_allclose(
        interval_model(positions, 50 / 24, "replicate", (50, 24)).dense(), coverage_model(50 / 24, (50, 24)).dense()
    )


def test_nearest_widened_takes_the_mean_of_what_it_covers() -> None:
    nearest = parts("opencv.resize(INTER_NEAREST, 24x20)")
    widened = AxisParts(nearest.positions, nearest.kernel, 2.0, None).operator((48, 24))
    np.testing.assert_allclose(widened.row_sums, 1)
    assert widened.taps.max() == 3
