"""The one array type that flows between stages.

An `Image` is H x W x C with C of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA), `uint8` or `float32`, C-contiguous and
read-only. Values lie on the 0 to 255 scale until a normalise stage. Libraries' own conventions (BGR, two-dimensional
grey pictures, 0 to 1 floats, 16-bit integers) end in their adapters.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import ImageContractError

Image: TypeAlias = npt.NDArray[np.uint8] | npt.NDArray[np.float32]

_DTYPES = frozenset({np.dtype(np.uint8), np.dtype(np.float32)})

CHANNEL_NAMES: dict[int, tuple[str, ...]] = {
    1: ("grey",),
    2: ("grey", "alpha"),
    3: ("red", "green", "blue"),
    4: ("red", "green", "blue", "alpha"),
}


def as_image(array: npt.NDArray[Any]) -> Image:
    """`array` as an `Image`: checked, contiguous and frozen; copied only where it is not contiguous.

    Raises `ImageContractError` unless `array` is H x W x C, with no side of 0, C of 1 to 4, and `uint8` or `float32`.
    """
    if array.ndim != 3 or array.shape[2] not in CHANNEL_NAMES:
        raise ImageContractError(
            f"Got an array of shape {array.shape}, expected height x width x channels with 1 to 4 channels.",
            "A batch has to be taken apart, and channels-first data transposed.",
        )
    if 0 in array.shape:
        raise ImageContractError(f"Got an empty array of shape {array.shape}.", "Check the size or the crop.")
    if array.dtype not in _DTYPES:
        raise ImageContractError(
            f"Got dtype {array.dtype}, expected uint8 or float32.", "Convert it with .astype(np.float32)."
        )
    frozen = np.ascontiguousarray(array)
    frozen.setflags(write=False)
    return frozen
