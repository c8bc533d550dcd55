"""An image that a tensor made goes back to TensorFlow as that tensor, any other as it is."""

import gc

import numpy as np
import pytest

from core.operations import tensor_memory
from core.operations.tensor_memory import image_of, tensor_of

tf = pytest.importorskip("tensorflow")


def test_an_image_goes_back_as_its_tensor() -> None:
    tensor = tf.constant(np.arange(12, dtype=np.uint8).reshape(2, 2, 3))
    image = image_of(tensor)
    np.testing.assert_array_equal(image, tensor.numpy())
    assert not image.flags.writeable
    assert tensor_of(image) is tensor


def test_what_came_from_elsewhere_stays_an_array() -> None:
    image = image_of(tf.zeros((2, 2, 3), tf.float32))
    for other in (image.copy(), image[:1], image.view(), image[..., ::-1]):
        assert tensor_of(other) is other


def test_a_tensor_is_forgotten_with_its_image() -> None:
    kept = len(tensor_memory._tensors)
    image = image_of(tf.zeros((2, 2, 3)))
    assert len(tensor_memory._tensors) == kept + 1
    del image
    gc.collect()
    assert len(tensor_memory._tensors) == kept
