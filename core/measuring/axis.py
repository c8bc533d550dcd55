"""One axis of a resize as its weight matrix: m rows, one an output pixel, over n source pixels.

A separable linear resize is `out = W_y @ image @ W_x.T`. A row's weights lie close together, so a band of them is kept.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WEIGHT_NOISE = 1e-6
"""Weights below this are float32's rounding, not a tap."""


@dataclass(frozen=True, eq=False)
class AxisOperator:
    """The band of an m x n weight matrix: row j has `weights[j]` at the source pixels `first[j]` and onwards.

    `first` is int64 of shape (m,), `weights` float64 of shape (m, width of the band). Places of the band beyond the
    source hold zero.
    """

    size_in: int
    first: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]

    @property
    def size_out(self) -> int:
        """m, the number of output pixels."""
        return len(self.first)

    @property
    def positions(self) -> npt.NDArray[np.int64]:
        """Source pixel of each weight, of the shape of `weights`."""
        return self.first[:, np.newaxis] + np.arange(self.weights.shape[1])

    @property
    def taps(self) -> npt.NDArray[np.int64]:
        """How many source pixels each output pixel takes: from its first to its last weight that is not noise."""
        present = np.abs(self.weights) > WEIGHT_NOISE
        width = present.shape[1]
        last = width - 1 - np.argmax(present[:, ::-1], axis=1)
        return np.where(present.any(axis=1), last - np.argmax(present, axis=1) + 1, 0)

    @property
    def row_sums(self) -> npt.NDArray[np.float64]:
        """What a flat picture of 1 becomes; 1 wherever brightness is kept."""
        total: npt.NDArray[np.float64] = self.weights.sum(axis=1)
        return total

    @property
    def centres(self) -> npt.NDArray[np.float64]:
        """Each row's centre of gravity in source coordinates, pixel 0 centred at 0; NaN for a row without weight."""
        moment = (self.weights * self.positions).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(np.abs(self.row_sums) > WEIGHT_NOISE, moment / self.row_sums, np.nan)

    @property
    def touches_border(self) -> npt.NDArray[np.bool_]:
        """Rows with a weight on the first or last source pixel, where a border rule may show."""
        present = np.abs(self.weights) > WEIGHT_NOISE
        at_edge = (self.positions == 0) | (self.positions == self.size_in - 1)
        touches: npt.NDArray[np.bool_] = (present & at_edge).any(axis=1)
        return touches

    def dense(self) -> npt.NDArray[np.float64]:
        """The whole matrix, float64 of shape (m, n)."""
        matrix = np.zeros((self.size_out, self.size_in + self.weights.shape[1]))
        np.put_along_axis(matrix, self.positions, self.weights, axis=1)
        return matrix[:, : self.size_in]

    def apply(self, values: npt.NDArray[np.floating] | npt.NDArray[np.uint8], axis: int) -> npt.NDArray[np.float64]:
        """`values` with `axis` of length n resized to length m, in float64."""
        # Not all of `values` become float64, only what a tap takes: twelve megapixels would be 288 MB.
        inside = np.minimum(self.positions, self.size_in - 1)
        along = [-1 if each == axis else 1 for each in range(values.ndim)]
        total = np.zeros([self.size_out if each == axis else length for each, length in enumerate(values.shape)])
        for tap in range(self.weights.shape[1]):
            total += self.weights[:, tap].reshape(along) * np.take(values, inside[:, tap], axis)
        return total


def apply_both(
    x: AxisOperator, y: AxisOperator, image: npt.NDArray[np.floating] | npt.NDArray[np.uint8]
) -> npt.NDArray[np.float64]:
    """`image`, H x W x C, through both axes in float64.

    The height is changed first, unless it grows: rows lie together in memory, and fewer are left for the width.
    """
    if y.size_out <= y.size_in:
        return x.apply(y.apply(image, axis=0), axis=1)
    return y.apply(x.apply(image, axis=1), axis=0)


def narrowed(first: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], size_in: int) -> AxisOperator:
    """The operator of a wide band, noise set to zero and the band as narrow as its widest row."""
    clean = np.where(np.abs(weights) > WEIGHT_NOISE, weights, 0.0)
    present = clean != 0
    lead = np.argmax(present, axis=1)
    last = clean.shape[1] - 1 - np.argmax(present[:, ::-1], axis=1)
    width = int(np.max(np.where(present.any(axis=1), last - lead + 1, 1)))
    padded = np.pad(clean, ((0, 0), (0, width)))
    band = np.take_along_axis(padded, lead[:, np.newaxis] + np.arange(width), axis=1)
    return AxisOperator(size_in, first + lead, band)
