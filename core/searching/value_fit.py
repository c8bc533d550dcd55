"""Values of an array against those of a picture: the scale and offset of each channel, and what they leave over.

    target = scale * picture + offset

Residuals are in levels of the picture, so that arrays of any normalisation are ranked alike.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

CLIPPED_LEVELS = 16.0
"""A residual counts at most so much: values that wrapped around are far off, and few."""

_NOISE = 1e-9
_FLAT_LEVELS = 1e-3
"""A channel that varies by less is flat: alpha after a resize in floats."""

_OUTLIER = 6.0


@dataclass(frozen=True)
class ValueFit:
    """The line of each channel; NaN for a channel that is flat in the picture and in the array.

    Attributes:
        scale: by how much a value grows for one level.
        offset: the value of level 0.
        residual_levels: the mean of what is left, each value's clipped at `CLIPPED_LEVELS`.
    """

    scale: Values
    offset: Values
    residual_levels: float


def sample_rows(height: int, width: int, pixels: int) -> slice:
    """Every so many rows that about `pixels` pixels are left."""
    return slice(None, None, max(1, height * width // pixels))


def as_rows(picture: npt.NDArray[Any]) -> Values:
    """H x W x C as float64 of shape (C, H * W): numpy sums along long rows ten times faster than down columns."""
    return np.ascontiguousarray(picture.reshape(-1, picture.shape[2]).T, np.float64)


def fit_values(target: Values, made: Values) -> ValueFit:
    """The lines from `made` to `target`, both of shape (channels, pixels), by least squares without outliers."""
    scale, offset = _lines(target, made)
    residual = _residual(target, made, scale, offset)
    bound = _OUTLIER * np.minimum(residual, CLIPPED_LEVELS).mean(axis=1, keepdims=True) + _NOISE
    if (residual > bound).any():
        scale, offset = _lines(target, made, (residual <= bound).astype(np.float64))
        residual = _residual(target, made, scale, offset)
    return ValueFit(scale, offset, float(np.minimum(residual, CLIPPED_LEVELS).mean()))


def _lines(target: Values, made: Values, weight: Values | None = None) -> tuple[Values, Values]:
    weight = np.ones_like(target) if weight is None else weight
    total = np.maximum(weight.sum(axis=1), 1.0)
    mean_made = np.einsum("cn,cn->c", weight, made) / total
    mean_target = np.einsum("cn,cn->c", weight, target) / total
    centred = weight * (made - mean_made[:, np.newaxis])
    power = np.einsum("cn,cn->c", centred, made)
    is_flat = power <= _FLAT_LEVELS**2 * total
    covariance = np.einsum("cn,cn->c", centred, target)
    scale = np.where(is_flat, np.nan, covariance / np.where(is_flat, 1.0, power))
    return scale, mean_target - scale * mean_made


def _residual(target: Values, made: Values, scale: Values, offset: Values) -> Values:
    """Each value's in levels; a flat channel and one that is not have nothing in common."""
    divisor = np.where(np.abs(scale) > 0, np.abs(scale), 1e-30)[:, np.newaxis]
    residual: Values = np.abs(target - scale[:, np.newaxis] * made - offset[:, np.newaxis]) / divisor
    is_flat = target.min(axis=1) == target.max(axis=1)
    residual[np.isnan(scale) != is_flat] = CLIPPED_LEVELS
    residual[np.isnan(scale) & is_flat] = 0.0
    return residual


def storage_noise_levels(dtype: npt.DTypeLike, fit: ValueFit, furthest_value: float) -> float:
    """Half the spacing of the dtype's numbers at the array's largest value, in levels; 0 for whole numbers."""
    kind = np.dtype(dtype)
    if kind.kind != "f":
        return 0.0
    spacing = float(np.spacing(np.array(furthest_value, kind)))
    scales = np.abs(fit.scale[np.isfinite(fit.scale)])
    return spacing / 2 / float(scales.max()) if scales.size and scales.max() > 0 else 0.0


def is_quantised(picture: npt.NDArray[Any]) -> bool:
    """Whether no channel has more values than uint8 has, as after a cast to it."""
    if picture.dtype == np.uint8:
        return True
    rows = picture[sample_rows(picture.shape[0], picture.shape[1], 300_000)]
    return all(np.unique(rows[..., channel]).size <= 256 for channel in range(rows.shape[2]))
