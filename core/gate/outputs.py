"""What is kept of a stage's output: its hash, and figures coarse enough for a file in a repository.

From the means of a grid of rectangles follows how far another output is away at least: the mean of |d| over a
rectangle is never less than |mean of d|.
"""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

from ..image import Image
from ..operations.catalogue import library_of
from ..pipeline import Step

GRID = 16
_DECIMALS = 4

Json = dict[str, Any]


def output_document(step: Step) -> Json:
    """One stage's output."""
    image = step.image
    library = library_of(step.stage.name)
    return {
        "stage": str(step.stage),
        "library": library.title if library else "NumPy",
        "sha256": image_hash(image),
        "shape": list(image.shape),
        "dtype": str(image.dtype),
        "level": step.level,
        "min": float(image.min()),
        "max": float(image.max()),
        "mean": _rounded(image.mean(axis=(0, 1), dtype=np.float64)),
        "std": _rounded(image.std(axis=(0, 1), dtype=np.float64)),
        "grid": _rounded(grid_means(image)),
    }


def image_hash(image: Image) -> str:
    """The sha256 of the values in memory order, little-endian; the shape and dtype are kept beside it."""
    little = image.astype(image.dtype.newbyteorder("<"), copy=False)
    return hashlib.sha256(np.ascontiguousarray(little).tobytes()).hexdigest()


def grid_means(image: Image) -> npt.NDArray[np.float64]:
    """The means of up to `GRID` x `GRID` rectangles: float64[rows, columns, channels]."""
    starts = [np.unique(np.linspace(0, side, min(GRID, side), endpoint=False).astype(int)) for side in image.shape[:2]]
    sums = np.add.reduceat(np.add.reduceat(image.astype(np.float64), starts[0], axis=0), starts[1], axis=1)
    heights, widths = (
        np.diff([*start, side]).astype(np.float64) for start, side in zip(starts, image.shape[:2], strict=True)
    )
    return np.asarray(sums / (heights[:, None, None] * widths[None, :, None]))


def change_in_words(kept: Json, now: Json) -> str:
    """How much an output differs from the one that was kept, as far as the kept figures tell."""
    if (kept["shape"], kept["dtype"]) != (now["shape"], now["dtype"]):
        return f"{_shape(kept)} became {_shape(now)}"
    level = kept["level"]
    old, new = np.array(kept["grid"]), np.array(now["grid"])
    least, most = np.abs(new - old).mean() / level, np.abs(new - old).max() / level
    bias = (np.mean(now["mean"]) - np.mean(kept["mean"])) / level
    return (
        f"by at least {least:.3g} levels on average (up to {most:.3g} in a sixteenth of the sides), "
        f"{'brighter' if bias >= 0 else 'darker'} by {abs(bias):.3g}"
    )


def _shape(output: Json) -> str:
    height, width, channels = output["shape"]
    return f"{width}x{height}x{channels} {output['dtype']}"


def _rounded(values: npt.NDArray[np.float64]) -> Any:  # noqa: ANN401 - nested lists
    return np.round(values, _DECIMALS).tolist()
