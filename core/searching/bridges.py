"""Casts around a resize, so that it computes in the dtype that is wanted and gives the one that is wanted.

OpenCV and Pillow resize uint8 in fixed-point arithmetic and float32 in floats; TensorFlow gives float32 for both.
"""

import numpy as np
import numpy.typing as npt

from ..image import Image
from ..recipe import Stage, stage
from .variants import variants

Stages = tuple[Stage, ...]

_TO_FLOAT: Stages = (stage("cast.float32"),)


def casts_before(given: Image) -> tuple[Stages, ...]:
    """What may stand before a resize of `given`: nothing, or a cast that makes it compute in floats."""
    return ((),) if given.dtype == np.float32 else ((), _TO_FLOAT)


def casts_after(made: Image, wanted: npt.DTypeLike) -> tuple[Stages, ...]:
    """What makes the dtype `wanted` of what was made: nothing, `cast.float32`, or `cast.uint8` by each of its rules."""
    if made.dtype == wanted:
        return ((),)
    return casts_to_uint8() if wanted == np.uint8 else (_TO_FLOAT,)


def casts_to_uint8() -> tuple[Stages, ...]:
    """`cast.uint8` by each of its rules, the right one first."""
    return tuple((each,) for each in variants(stage("cast.uint8").operation, {}))
