"""Writes core/colormaps.json: tables of 256 colours from matplotlib's maps.

A signed table has its zero at index 128 and 127 steps to each side; index 0 repeats index 1. The map is sampled at an
odd number of places for it, because among 256 of them none is the middle.
"""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps

TARGET = Path(__file__).parents[1] / "core" / "colormaps.json"
ABSOLUTE = ("inferno", "viridis", "magma", "cividis", "gray")
SIGNED = ("coolwarm", "RdBu_r", "PuOr_r", "berlin", "vanimo")
COLOURS_PER_LINE = 16


def absolute_table(name: str) -> npt.NDArray[np.uint8]:
    """256 colours of matplotlib's map `name`, uint8 of shape (256, 3)."""
    return rounded(colormaps[name](np.arange(256)))


def signed_table(name: str) -> npt.NDArray[np.uint8]:
    """255 colours of `name` behind a repetition of the first, uint8 of shape (256, 3)."""
    colours = rounded(colormaps[name].resampled(255)(np.arange(255)))
    return np.concatenate([colours[:1], colours])


def rounded(rgba: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """RGB of 0 to 1 as uint8, to the nearest: matplotlib's own `bytes=True` rounds down."""
    return np.rint(rgba[:, :3] * 255).astype(np.uint8)


def entry(mode: str, table: npt.NDArray[np.uint8]) -> dict[str, object]:
    """One map as JSON: hexadecimal digits, 16 colours a line."""
    lines = [bytes(row).hex() for row in table.reshape(-1, 3 * COLOURS_PER_LINE)]
    return {"mode": mode, "colours": lines}


def main() -> None:
    """Writes the file."""
    absolute = {name: entry("absolute", absolute_table(name)) for name in ABSOLUTE}
    signed = {name: entry("signed", signed_table(name)) for name in SIGNED}
    TARGET.write_text(json.dumps(absolute | signed, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
