"""A few quick resizes that stand for all of the catalogue's when an array is placed: what displaces and what smooths.

Two are numpy's, for sampling positions that no library has which is imported at once.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import SamePixelsError
from ..image import Image, as_image
from ..operations.target_size import TargetSize
from ..pipeline import carry_out
from ..recipe import Stage, parse_stage
from .placements import SizeWH

StandIn: TypeAlias = Callable[[Image, SizeWH], Image]

_STAGES = (
    (
        "opencv.resize(INTER_NEAREST, 1x1)",
        "opencv.resize(INTER_NEAREST_EXACT, 1x1)",
        "opencv.resize(INTER_LINEAR, 1x1)",
        "opencv.resize(INTER_AREA, 1x1)",
    ),
    ("pillow.resize(NEAREST, 1x1)", "pillow.resize(BILINEAR, 1x1)", "pillow.resize(BOX, 1x1)"),
)
"""Of the first library that is installed: without smoothing, with a little, and with antialiasing."""


@cache
def stand_ins() -> tuple[StandIn, ...]:
    """Quick resizes of an `Image` to a size."""
    for texts in _STAGES:
        stages = [parse_stage(text) for text in texts]
        if _is_installed(stages[0]):
            return (*map(_by_stage, stages), _asymmetric, _align_corners)
    return _asymmetric, _align_corners


def _by_stage(resize: Stage) -> StandIn:
    return lambda image, size_wh: carry_out(resize.replace(size=TargetSize.exact(*size_wh)), image).image


def _is_installed(resize: Stage) -> bool:
    """Whether a stage can be carried out here at all."""
    try:
        carry_out(resize, as_image(np.zeros((1, 1, 3), np.uint8)))
    except SamePixelsError:
        return False
    return True


def _asymmetric(image: Image, size_wh: SizeWH) -> Image:
    """Linear, with the pixels' corners on each other: TensorFlow 1's default."""
    places = [np.arange(made) * (given / made) for given, made in zip(image.shape[1::-1], size_wh, strict=True)]
    return _between(image, *places)


def _align_corners(image: Image, size_wh: SizeWH) -> Image:
    """Linear, with the outermost pixels on each other."""
    places = [np.linspace(0, given - 1, made) for given, made in zip(image.shape[1::-1], size_wh, strict=True)]
    return _between(image, *places)


def _between(image: Image, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Image:
    """The picture at places between its pixels."""
    left, top = x.astype(int), y.astype(int)
    right, bottom = np.minimum(left + 1, image.shape[1] - 1), np.minimum(top + 1, image.shape[0] - 1)
    part_x = (x - left).astype(np.float32)[:, np.newaxis]
    part_y = (y - top).astype(np.float32)[:, np.newaxis, np.newaxis]
    upper, lower = image[top], image[bottom]
    rows = upper + part_y * (lower.astype(np.float32) - upper)
    return as_image(rows[:, left] + part_x * (rows[:, right] - rows[:, left]))
