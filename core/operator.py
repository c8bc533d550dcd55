"""A resize measured as its two weight matrices, and what they say in numbers.

`measure_stage` takes a resize of the catalogue, `measure_resizer` any callable. Nothing is taken from documentation:
the matrices come from probes, the names from the model that reproduces them, and all is checked by resizing noise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import RecipeError, SamePixelsError
from .image import Image, as_image
from .measuring.arithmetic import Arithmetic, measure_arithmetic
from .measuring.axis import AxisOperator, apply_both
from .measuring.axis_fit import AxisFit, fit_as, fit_axis
from .measuring.probing import AxisName, measure_axis
from .operations.target_size import Fit, TargetSize
from .pipeline import carry_out
from .recipe import Stage

AnyResizer: TypeAlias = Callable[[Image], Image]
"""Takes H x W x 3, float32 or uint8, and gives H' x W' x 3."""

LINEAR_WITHIN_LEVELS = 0.02
"""Float32 arithmetic of a linear resize stays within this on the 0 to 255 scale."""


@dataclass(frozen=True, eq=False)
class Operator:
    """A resize of pictures of `size_in_wh` to `size_out_wh`: `out = W_y @ image @ W_x.T`.

    Attributes:
        size_in_wh: width and height before.
        size_out_wh: width and height after.
        x: the weights along the rows.
        y: the weights along the columns.
        x_fit: positions, kernel and border of `x` by name.
        y_fit: the same of `y`.
        reproduction_max_abs: the furthest, in levels, of the matrices' result from the resizer's own for float noise.
        linear_residual: the furthest of resize(u + v) from resize(u) + resize(v), in levels.
        arithmetic: how a uint8 picture is computed.
    """

    size_in_wh: tuple[int, int]
    size_out_wh: tuple[int, int]
    x: AxisOperator
    y: AxisOperator
    x_fit: AxisFit
    y_fit: AxisFit
    reproduction_max_abs: float
    linear_residual: float
    arithmetic: Arithmetic

    @property
    def linear(self) -> bool:
        """Whether sums of pictures become sums of results."""
        return self.linear_residual <= LINEAR_WITHIN_LEVELS

    @property
    def separable(self) -> bool:
        """Whether the two matrices reproduce the resizer."""
        return self.linear and self.reproduction_max_abs <= LINEAR_WITHIN_LEVELS

    def apply(self, image: Image) -> npt.NDArray[np.float64]:
        """`image`, H x W x C of `size_in_wh`, through both matrices in float64."""
        return apply_both(self.x, self.y, image)


def measure_stage(stage: Stage, size_wh: tuple[int, int]) -> Operator:
    """The operator of a resize stage for pictures of `size_wh`.

    Raises `RecipeError` for a stage that is no resize, and what the stage itself raises.
    """
    if stage.operation.kind != "resize":
        raise RecipeError(f"{stage} is no resize.", "Give a resize stage, or a recipe that has one.")

    def resize(image: Image) -> Image:
        return carry_out(stage, image).image

    return measure_resizer(resize, size_wh, _with_exact_size(stage, resize, size_wh))


def _with_exact_size(stage: Stage, resize: AnyResizer, size_wh: tuple[int, int]) -> AnyResizer:
    """The same resize made to give its size whatever comes in: shorter= and longer= would follow a companion's size."""
    size = stage.options.get("size")
    if not isinstance(size, TargetSize) or size.fit is Fit.EXACT:
        return resize
    height, width = resize(_flat(size_wh)).shape[:2]
    exact = stage.replace(size=TargetSize.exact(width, height))
    return lambda image: carry_out(exact, image).image


def _flat(size_wh: tuple[int, int]) -> Image:
    return as_image(np.zeros((size_wh[1], size_wh[0], 3), np.float32))


def measure_resizer(resize: AnyResizer, size_wh: tuple[int, int], companion: AnyResizer | None = None) -> Operator:
    """The operator of any callable that resizes pictures of `size_wh`.

    `companion` (by default `resize`) gives the same output size for other input sizes: it is asked for a slightly
    different ratio where several kernels have the same weights, as all do when a size is halved.
    """
    noise = _noise(size_wh, seed=1)
    resized = _as_float(resize)(noise)
    x, y = _measured_axes(resize, size_wh, companion, noise, resized)
    short_wh = _shortened(size_wh, (x.size_out, y.size_out)) if companion else size_wh
    x_fit = _told_apart(x, "x", (size_wh[0], short_wh[1]), companion or resize)
    y_fit = _told_apart(y, "y", (short_wh[0], size_wh[1]), companion or resize)
    return Operator(
        size_in_wh=size_wh,
        size_out_wh=(x.size_out, y.size_out),
        x=x,
        y=y,
        x_fit=x_fit,
        y_fit=y_fit,
        reproduction_max_abs=_furthest_from(resized, x, y, noise),
        linear_residual=_nonlinearity(companion or resize, short_wh),
        arithmetic=measure_arithmetic(resize, x, y),
    )


def _nonlinearity(resize: AnyResizer, size_wh: tuple[int, int]) -> float:
    """How far the mean of two results is from the result of their mean, in levels."""
    one, other = (_noise(size_wh, seed) for seed in (1, 2))
    together = _as_float(resize)(_frozen((one + other) / np.float32(2)))
    apart = (_as_float(resize)(one) + _as_float(resize)(other)) / np.float32(2)
    return float(np.abs(together - apart).max())


_AXES: tuple[AxisName, AxisName] = ("x", "y")

SHORTENED_FROM_PIXELS = 300_000


def _measured_axes(
    resize: AnyResizer,
    size_wh: tuple[int, int],
    companion: AnyResizer | None,
    noise: npt.NDArray[np.float32],
    resized: npt.NDArray[np.float32],
) -> tuple[AxisOperator, AxisOperator]:
    """Both axes. Those of large pictures are probed with the other one short: 12 megapixels take 4 s, and not 100.

    If these do not reproduce the resizer's own output, in its full size, they are measured again in that.
    """
    if companion is not None and size_wh[0] * size_wh[1] > SHORTENED_FROM_PIXELS:
        out_wh = (resized.shape[1], resized.shape[0])
        short_wh = _shortened(size_wh, out_wh)
        sizes = ((size_wh[0], short_wh[1]), (short_wh[0], size_wh[1]))
        x, y = (measure_axis(_as_float(companion), size, axis) for size, axis in zip(sizes, _AXES, strict=True))
        if _furthest_from(resized, x, y, noise) <= LINEAR_WITHIN_LEVELS:
            return x, y
    x, y = (measure_axis(_as_float(resize), size_wh, axis) for axis in _AXES)
    return x, y


def _shortened(size_wh: tuple[int, int], out_wh: tuple[int, int]) -> tuple[int, int]:
    """Shorter sides of a large picture; what is small stays as it is."""
    if size_wh[0] * size_wh[1] <= SHORTENED_FROM_PIXELS:
        return size_wh
    width, height = (_shorter(length, size_out) for length, size_out in zip(size_wh, out_wh, strict=True))
    return width, height


def _shorter(length: int, size_out: int) -> int:
    """A shorter length that still shrinks, by a whole ratio if `length` does: OpenCV has its own method for those."""
    ratio_is_whole = length % size_out == 0
    shorter = 2 * size_out if ratio_is_whole else size_out + max(1, size_out // 4)
    return shorter if size_out < shorter < length else length


def _furthest_from(
    resized: npt.NDArray[np.float32], x: AxisOperator, y: AxisOperator, noise: npt.NDArray[np.float32]
) -> float:
    return float(np.abs(apply_both(x, y, noise) - resized).max())


def _as_float(resize: AnyResizer) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    return lambda image: np.asarray(resize(image), np.float32)


def _noise(size_wh: tuple[int, int], seed: int) -> npt.NDArray[np.float32]:
    values = np.random.default_rng(seed).random((size_wh[1], size_wh[0], 3), np.float32)
    values *= np.float32(255)
    return _frozen(values)


def _frozen(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    values.flags.writeable = False
    return values


def _told_apart(measured: AxisOperator, axis: AxisName, size_wh: tuple[int, int], companion: AnyResizer) -> AxisFit:
    """The name of `measured`; where several fit, that of the resizer at a nearby ratio, if it has these weights too."""
    fit = fit_axis(measured)
    if len(fit.alike) == 1 and fit.kernel != "nearest":
        return fit
    try:
        near = fit_axis(measure_axis(_as_float(companion), _companion_size(size_wh, axis, measured.size_out), axis))
    except SamePixelsError:
        return fit
    return fit_as(near, measured) or fit


def _companion_size(size_wh: tuple[int, int], axis: AxisName, size_out: int) -> tuple[int, int]:
    """An input size whose ratio gives every row another phase, shrinking if `size_wh` shrinks."""
    width, height = size_wh
    length = width if axis == "x" else height
    step = 1 if length >= size_out else -1
    near = max(1, length + step * max(1, length // 7))
    while near > 1 and (near % size_out == 0 or size_out % near == 0):
        near += step
    return (near, height) if axis == "x" else (width, near)
