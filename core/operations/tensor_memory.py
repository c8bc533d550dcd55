"""Images that share a tensor's memory, and the way back: the next stage takes the tensor itself.

TensorFlow takes no numpy array's memory as its own, so without this each of its stages would begin with a copy.
"""

import weakref
from typing import Any

import numpy as np

from ..image import Image, as_image

_tensors: dict[int, tuple["weakref.ref[Image]", Any]] = {}
"""By the image's identity. A tensor goes when its image does, and takes no memory besides it."""


def image_of(tensor: Any) -> Image:  # noqa: ANN401 - TensorFlow has no types
    """The image in a tensor's memory, H x W x C, which TensorFlow gives read-only; `.numpy()` would copy it."""
    image = as_image(np.asarray(tensor))
    key = id(image)
    _tensors[key] = weakref.ref(image, lambda _: _tensors.pop(key, None)), tensor
    return image


def tensor_of(image: Image) -> Any:  # noqa: ANN401
    """The tensor that `image` is the memory of, or `image` where it came from elsewhere."""
    reference, tensor = _tensors.get(id(image), (None, None))
    return tensor if reference and reference() is image else image
