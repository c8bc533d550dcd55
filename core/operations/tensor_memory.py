"""What spares TensorFlow copies and conversions, as small pictures take more time for them than for their resize.

An image shares its tensor's memory, and the next stage takes the tensor itself: TensorFlow takes no numpy array's
memory as its own. Pictures are resized as batches of one, and sizes are tensors that are made once.
"""

import weakref
from functools import lru_cache
from typing import Any

import numpy as np

from ..image import Image, as_image
from .libraries import TENSORFLOW, load

_tensors: dict[int, tuple["weakref.ref[Image]", Any]] = {}
"""By the image's identity. A tensor goes when its image does, and takes no memory besides it."""


def image_of(tensor: Any) -> Image:  # noqa: ANN401 - TensorFlow has no types
    """The image in the memory of a tensor, H x W x C or 1 x H x W x C, which TensorFlow gives read-only.

    `.numpy()` would copy it.
    """
    values = np.asarray(tensor)
    image = as_image(values[0] if values.ndim == 4 else values)
    key = id(image)
    _tensors[key] = weakref.ref(image, lambda _: _tensors.pop(key, None)), tensor
    return image


def batch_of(image: Image) -> Any:  # noqa: ANN401
    """`image` as 1 x H x W x C: of the tensor that it is the memory of, or an array where it came from elsewhere.

    Of a single picture, `tf.image.resize` makes such a batch itself and undoes it afterwards: 0.05 ms each.
    """
    kept = _tensors.get(id(image))
    if kept is None or kept[0]() is not image:
        return image[np.newaxis]
    tensor = kept[1]
    return tensor if tensor.shape.rank == 4 else load(TENSORFLOW).expand_dims(tensor, 0)


@lru_cache(maxsize=256)
def size_tensor(height: int, width: int) -> Any:  # noqa: ANN401
    """(height, width) as resizes take it. They make a tensor of other numbers at each call: 0.1 ms."""
    tf = load(TENSORFLOW)
    with tf.device("CPU"):
        return tf.constant((height, width), tf.int32)
