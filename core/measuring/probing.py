"""Measuring the weight matrices of a resizer by feeding it impulses.

One axis at a time: the picture is constant along the other one, so that it keeps its real shape there, and a resizer
that chooses its method by both scales (as OpenCV's INTER_AREA does) chooses as it will. Impulses stand in combs further
apart than the support: a long axis takes as many calls as the comb has places, and the memory of a few pictures.
"""

import math
from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..image import as_image
from .axis import WEIGHT_NOISE, AxisOperator, narrowed

Resizer: TypeAlias = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
"""Takes H x W x 3 float32 on the 0 to 255 scale and gives H' x W' x 3 float32."""

AxisName: TypeAlias = Literal["x", "y"]

SUPPORT_PX = 12
"""Taps that no kernel here exceeds where it does not widen: Lanczos with 5 lobes has 10."""

WIDENED_PX = 4
"""Taps for one output pixel that a cubic has when it widens with the scale. A few kernels have more."""

AGREEMENT_LEVELS = 0.02
"""How well the matrices have to reproduce noise before the comb counts as wide enough."""

_CHANNELS = 3


def measure_axis(resize: Resizer, size_wh: tuple[int, int], axis: AxisName) -> AxisOperator:
    """The weights of `resize` along one axis of a picture of `size_wh`.

    The comb starts at `SUPPORT_PX` and `WIDENED_PX` times the scale, and is doubled until the weights reproduce the
    resizer's own output for noise, or every impulse stands alone. Raises `StageError` where the resizer gives values
    that are not finite.
    """
    length = size_wh[0] if axis == "x" else size_wh[1]
    centres = _rough_centres(resize, size_wh, axis)
    scale = max(1.0, length / len(centres))
    spacing = min(length, math.ceil(WIDENED_PX * scale) + SUPPORT_PX)
    while True:
        operator = _measure_with_comb(resize, size_wh, axis, spacing, centres)
        if spacing >= length or _reproduces_noise(resize, size_wh, axis, operator):
            return operator
        spacing = min(length, 2 * spacing)


def _along(values: npt.NDArray[np.float32], size_wh: tuple[int, int], axis: AxisName) -> npt.NDArray[np.float32]:
    """A picture of `size_wh` whose rows (or columns) are all `values`, of shape (length, 3)."""
    width, height = size_wh
    line = values[np.newaxis, :, :] if axis == "x" else values[:, np.newaxis, :]
    return as_image(np.broadcast_to(line, (height, width, _CHANNELS)).astype(np.float32))  # type: ignore[return-value]


def _response(
    resize: Resizer, values: npt.NDArray[np.float32], size_wh: tuple[int, int], axis: AxisName
) -> npt.NDArray[np.float64]:
    """What `values` along `axis` become, float64 of shape (output length, 3), read in the middle of the other axis."""
    resized = resize(_along(values, size_wh, axis))
    middle = resized.shape[0] // 2 if axis == "x" else resized.shape[1] // 2
    line = np.asarray(resized[middle] if axis == "x" else resized[:, middle], np.float64)
    if not np.isfinite(line).all():
        raise StageError("The resizer gives values that are not finite.", "It cannot be measured.")
    return line


def _rough_centres(resize: Resizer, size_wh: tuple[int, int], axis: AxisName) -> npt.NDArray[np.float64]:
    """Where each output pixel looks, to within the support: what a ramp of positions becomes, over what 1 becomes."""
    length = size_wh[0] if axis == "x" else size_wh[1]
    ramp = np.zeros((length, _CHANNELS), np.float32)
    ramp[:, 0], ramp[:, 1] = np.arange(length), 1
    response = _response(resize, ramp, size_wh, axis)
    weight = np.where(np.abs(response[:, 1]) > WEIGHT_NOISE, response[:, 1], 1.0)
    centres: npt.NDArray[np.float64] = response[:, 0] / weight
    return centres


def _measure_with_comb(
    resize: Resizer, size_wh: tuple[int, int], axis: AxisName, spacing: int, centres: npt.NDArray[np.float64]
) -> AxisOperator:
    length = size_wh[0] if axis == "x" else size_wh[1]
    places = np.arange(spacing)
    band = np.zeros((len(centres), spacing))
    for start in range(0, spacing, _CHANNELS):
        comb = np.zeros((length, _CHANNELS), np.float32)
        group = places[start : start + _CHANNELS]
        for channel, place in enumerate(group):
            comb[place::spacing, channel] = 1
        band[:, group] = _response(resize, comb, size_wh, axis)[:, : len(group)]
    return _attributed(band, centres, spacing, length)


def _attributed(
    band: npt.NDArray[np.float64], centres: npt.NDArray[np.float64], spacing: int, length: int
) -> AxisOperator:
    """Each response goes to the comb's impulse that is nearest to where its output pixel looks.

    The impulses meant by a row are then `spacing` neighbours, moved inwards as a whole at the borders.
    """
    place = np.arange(spacing)
    position = place + spacing * np.rint((centres[:, np.newaxis] - place) / spacing).astype(np.int64)
    position += spacing * ((position < 0).astype(np.int64) - (position >= length))
    order = np.argsort(position, axis=1)
    first = np.take_along_axis(position, order[:, :1], axis=1)[:, 0]
    return narrowed(first, np.take_along_axis(band, order, axis=1), length)


def _reproduces_noise(resize: Resizer, size_wh: tuple[int, int], axis: AxisName, operator: AxisOperator) -> bool:
    length = size_wh[0] if axis == "x" else size_wh[1]
    noise = np.random.default_rng(0).uniform(0, 255, (length, _CHANNELS)).astype(np.float32)
    difference = operator.apply(noise, axis=0) - _response(resize, noise, size_wh, axis)
    return bool(np.abs(difference).max() <= AGREEMENT_LEVELS)
