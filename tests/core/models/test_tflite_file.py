"""TFLite files: floats and quantised numbers, and what is refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError
from core.models.opening import open_model_file
from core.operations.libraries import TENSORFLOW, load


def converted(quantised: bool, *, custom: bool = False) -> bytes:
    """A model that gives the mean of each channel, for pictures of 6x6 with values from -1 to 1."""
    tf = load(TENSORFLOW)

    def means(image: Any) -> Any:
        return tf.reduce_mean(tf.math.bessel_i0(image) if custom else image, axis=(1, 2))

    function = tf.function(means, input_signature=[tf.TensorSpec((1, 6, 6, 3), tf.float32)])
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function.get_concrete_function()])
    converter.allow_custom_ops = custom
    if quantised:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = _examples
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.uint8
    data: bytes = converter.convert()
    return data


def _examples() -> Any:
    for value in (-1.0, 1.0):
        yield [np.full((1, 6, 6, 3), value, np.float32)]


@pytest.fixture(scope="module")
def quantised() -> bytes:
    return converted(quantised=True)


def image(value: float, dtype: Callable[..., Any] = np.float32) -> Any:
    return np.full((6, 6, 3), value, dtype)


@pytest.mark.filterwarnings("ignore")
def test_floats_go_in_and_come_out() -> None:
    model = open_model_file("own.tflite", converted(quantised=False))
    assert (model.input.layout, model.input.size_wh, model.input.batch) == ("NHWC", (6, 6), 1)
    np.testing.assert_allclose(model.answers([image(0.25), image(-1)])[:, 0], [0.25, -1], atol=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_quantised_numbers_stand_for_what_the_file_says(quantised: bytes) -> None:
    model = open_model_file("own.tflite", quantised)
    assert model.input.dtype == "uint8"
    assert model.input.value_range is not None
    np.testing.assert_allclose(model.input.value_range, (-1, 1), atol=0.01)
    np.testing.assert_allclose(model.answers([image(0.5)]), [[0.5] * 3], atol=0.02)


@pytest.mark.filterwarnings("ignore")
def test_levels_go_into_bytes_as_they_are(quantised: bytes) -> None:
    model = open_model_file("own.tflite", quantised)
    np.testing.assert_allclose(model.answers([image(255, np.uint8)]), [[1] * 3], atol=0.02)


@pytest.mark.filterwarnings("ignore")
def test_custom_operators_are_refused() -> None:
    with pytest.raises(ModelError) as refusal:
        open_model_file("own.tflite", converted(quantised=False, custom=True))
    assert "operators of its own" in refusal.value.remedy


def test_a_damaged_file_is_refused(quantised: bytes) -> None:
    with pytest.raises(ModelError, match="cannot be opened as TFLite"):
        open_model_file("own.tflite", quantised[:100])
