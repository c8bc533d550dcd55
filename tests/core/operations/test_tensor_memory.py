"""An image that a tensor made goes back to TensorFlow as a batch of that tensor, any other as a batch of itself."""

import gc

import numpy as np
import pytest

from core.operations import tensor_memory
from core.operations.tensor_memory import batch_of, image_of, size_tensor

tf = pytest.importorskip("tensorflow")


def test_an_image_goes_back_as_a_batch_of_its_tensor() -> None:
    tensor = tf.constant(np.arange(12, dtype=np.uint8).reshape(2, 2, 3))
    image = image_of(tensor)
    np.testing.assert_array_equal(image, tensor.numpy())
    assert not image.flags.writeable
    batch = batch_of(image)
    assert tf.is_tensor(batch)
    np.testing.assert_array_equal(np.asarray(batch), image[np.newaxis])


def test_the_batch_that_an_image_came_in_goes_back_itself() -> None:
    batch = tf.constant(np.arange(12, dtype=np.float32).reshape(1, 2, 2, 3))
    image = image_of(batch)
    np.testing.assert_array_equal(image, batch.numpy()[0])
    assert np.shares_memory(image, np.asarray(batch))
    assert batch_of(image) is batch


def test_what_came_from_elsewhere_stays_an_array() -> None:
    image = image_of(tf.zeros((2, 2, 3), tf.float32))
    for other in (image.copy(), image[:1], image.view(), image[..., ::-1]):
        batch = batch_of(other)
        assert isinstance(batch, np.ndarray)
        assert np.shares_memory(batch, other)
        assert batch.shape == (1, *other.shape)


def test_a_size_is_made_once() -> None:
    size = size_tensor(3, 5)
    np.testing.assert_array_equal(size.numpy(), np.array([3, 5], np.int32))
    assert size_tensor(3, 5) is size


def test_a_tensor_is_forgotten_with_its_image() -> None:
    kept = len(tensor_memory._tensors)
    image = image_of(tf.zeros((2, 2, 3)))
    assert len(tensor_memory._tensors) == kept + 1
    del image
    gc.collect()
    assert len(tensor_memory._tensors) == kept
