"""How far the weights of resizes are from each other, and what that can do to a picture."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..measuring.axis import AxisOperator
from ..operator import Operator
from .survey import all_pairs

WHITE_LEVELS = 255.0

Matrix = npt.NDArray[np.float64]


def largest_weight_differences(operators: Sequence[Operator]) -> Matrix:
    """The furthest of any weight of one from the same of another, on either axis; float64 of shape (n, n)."""
    along_x, along_y = _bands([each.x for each in operators]), _bands([each.y for each in operators])
    return all_pairs(
        range(len(operators)),
        lambda i, j: max(float(np.abs(along[i] - along[j]).max()) for along in (along_x, along_y)),
    )


def worst_cases(operators: Sequence[Operator]) -> Matrix:
    """The most, in levels, by which two results can differ for any picture of 0 to 255; float64 of shape (n, n).

    An output pixel of one less that of the other is a sum of the picture's values with weights D, the difference of
    two products of a row of Y and a row of X. Over pictures of 0 to 255 its largest magnitude is
    255 / 2 (|D| + |sum of D|), where |.| is the sum of absolute weights; and |D| is neither larger than
    |Y - Y'| |X| + |Y'| |X - X'| nor than |Y| |X| + |Y'| |X'|. Taken of the rows with the largest sums it is an upper
    bound, which no picture need reach.
    """
    along_x, along_y = _bands([each.x for each in operators]), _bands([each.y for each in operators])
    reach_x, reach_y = ([_norm(each) for each in along] for along in (along_x, along_y))
    gains = [_furthest_gain(x, y) for x, y in zip(along_x, along_y, strict=True)]

    def bound(i: int, j: int) -> float:
        apart_x, apart_y = _norm(along_x[i] - along_x[j]), _norm(along_y[i] - along_y[j])
        apart = min(
            apart_y * reach_x[i] + reach_y[j] * apart_x,
            apart_y * reach_x[j] + reach_y[i] * apart_x,
            reach_x[i] * reach_y[i] + reach_x[j] * reach_y[j],
        )
        return WHITE_LEVELS / 2 * (apart + min(apart, gains[i] + gains[j]))

    return all_pairs(range(len(operators)), bound)


def _furthest_gain(x: Matrix, y: Matrix) -> float:
    """How far the brightness of a flat picture can be from what it was, as a share."""
    off_x, off_y = (float(np.abs(band.sum(axis=1) - 1).max()) for band in (x, y))
    return (1 + off_x) * (1 + off_y) - 1


def _norm(band: Matrix) -> float:
    return float(np.abs(band).sum(axis=1).max())


def _bands(axes: Sequence[AxisOperator]) -> Matrix:
    """The weights of all on one band of source pixels, row by row: float64 of shape (n, m, width)."""
    first = np.min([axis.first for axis in axes], axis=0)
    width = max(int((axis.first - first).max()) + axis.weights.shape[1] for axis in axes)
    bands = np.zeros((len(axes), len(first), width))
    for band, axis in zip(bands, axes, strict=True):
        columns = (axis.first - first)[:, np.newaxis] + np.arange(axis.weights.shape[1])
        np.put_along_axis(band, columns, axis.weights, axis=1)
    return bands
