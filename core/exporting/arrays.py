"""Arrays as files: .npy with the exact values, and a difference as a PNG that can be computed back."""

import io
from typing import Any

import numpy as np
import numpy.typing as npt

from ..difference import as_pair
from ..image import Image
from ..png import png_bytes

ZERO_16_BIT = 32768
STEPS_PER_LEVEL = 128
"""In a 16-bit PNG a difference is 32768 + 128 (B - A), which is exact for all whole levels, from -255 to 255. Zero is
middle grey, and a viewer that shows the upper byte shows half the difference around it."""


def npy_bytes(array: npt.NDArray[Any]) -> bytes:
    """`array` in numpy's own format, read back by `numpy.load`."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def difference_array(a: Image, b: Image) -> npt.NDArray[np.int16] | npt.NDArray[np.float32]:
    """B - A, which cannot wrap around: int16 for two uint8 images, else float32.

    Raises `ImageContractError` when the shapes differ.
    """
    a, b = as_pair(a, b)
    if a.dtype == b.dtype == np.uint8:
        return np.subtract(b, a, dtype=np.int16)
    return np.subtract(b, a, dtype=np.float32)


def difference_png(a: Image, b: Image, level: float = 1.0) -> bytes:
    """B - A as a 16-bit PNG of as many channels: a value v stands for (v - 32768) / 128 levels.

    Lossless for uint8 images. For floats it rounds to 1/128 level, and what lies beyond 255.99 levels is cut off.
    """
    levels = difference_array(a, b) / level if level != 1.0 else difference_array(a, b)
    coded = np.rint(levels * np.float32(STEPS_PER_LEVEL) + ZERO_16_BIT)
    return png_bytes(np.nan_to_num(coded, nan=65535, posinf=65535, neginf=0).clip(0, 65535).astype(np.uint16))
