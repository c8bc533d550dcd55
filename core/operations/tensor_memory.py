"""What spares TensorFlow copies and conversions, as small pictures take more time for them than for their resize.

An image shares its tensor's memory, and the next stage takes the tensor itself: TensorFlow takes no numpy array's
memory as its own. Pictures are resized as batches of one, and sizes are tensors that are made once.
"""

import weakref
from functools import cache, lru_cache
from typing import Any

import numpy as np

from ..image import Image, as_image
from .libraries import TENSORFLOW, load

_tensors: dict[int, tuple["weakref.ref[Image]", Any, bool]] = {}
"""By the image's identity: the image, its tensor, whether that is a batch. A tensor goes when its image does."""
_NO_TENSOR = (None, None, False)


def image_of(tensor: Any) -> Image:  # noqa: ANN401 - TensorFlow has no types
    """The image in the memory of a tensor, H x W x C or 1 x H x W x C, which TensorFlow gives read-only.

    `.numpy()` would copy it.
    """
    values = np.asarray(tensor)
    is_batch = values.ndim == 4
    image = as_image(values[0] if is_batch else values)
    key = id(image)
    _tensors[key] = weakref.ref(image, lambda _: _tensors.pop(key, None)), tensor, is_batch
    return image


def batch_of(image: Image) -> Any:  # noqa: ANN401
    """`image` as 1 x H x W x C: of the tensor that it is the memory of, or an array where it came from elsewhere.

    Of a single picture, `tf.image.resize` makes such a batch itself and undoes it afterwards: 0.05 ms each.
    """
    reference, tensor, is_batch = _tensors.get(id(image), _NO_TENSOR)
    if reference is None or reference() is not image:
        return image[np.newaxis]
    return tensor if is_batch else _batch(tensor)


def _batch(tensor: Any) -> Any:  # noqa: ANN401
    """`tf.expand_dims`, but with an axis that is a tensor already."""
    return load(TENSORFLOW).raw_ops.ExpandDims(input=tensor, axis=_first_axis())


@cache
def _first_axis() -> Any:  # noqa: ANN401
    return _constant(0)


def _constant(value: int | tuple[int, int]) -> Any:  # noqa: ANN401
    """Kept where it was made, which is where TensorFlow wants the numbers of sizes and axes on any machine."""
    tf = load(TENSORFLOW)
    with tf.device("CPU"):
        return tf.constant(value, tf.int32)


@lru_cache(maxsize=256)
def size_tensor(height: int, width: int) -> Any:  # noqa: ANN401
    """(height, width) as resizes take it. They make a tensor of other numbers at each call: 0.1 ms."""
    return _constant((height, width))
