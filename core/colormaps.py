"""Colour maps of heatmaps: perceptually uniform ones for magnitudes, diverging ones for signed differences.

The tables are matplotlib's, kept in `colormaps.json` by tools/make_colormaps.py, because importing matplotlib takes
more than a second and a heatmap needs none of it. turbo, jet and rainbow are left out: their lightness goes up and
down, so that they draw edges where there are none
(https://matplotlib.org/stable/users/explain/colors/colormaps.html).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import SamePixelsError

Mode: TypeAlias = Literal["absolute", "signed"]

ZERO_INDEX: dict[Mode, int] = {"absolute": 0, "signed": 128}
"""Where a table has the colour of no difference."""

FULL_STEPS: dict[Mode, int] = {"absolute": 255, "signed": 127}
"""How many indices lie between no difference and the full colour. A signed table's index 0 repeats its index 1."""

DEFAULT_COLORMAP: dict[Mode, str] = {"absolute": "inferno", "signed": "coolwarm"}


@dataclass(frozen=True, eq=False)
class Colormap:
    """256 colours: `colours` is uint8 of shape (256, 3), read-only, from `ZERO_INDEX[mode]` to the full colours."""

    name: str
    mode: Mode
    colours: npt.NDArray[np.uint8]

    @property
    def hexadecimal(self) -> tuple[str, ...]:
        """The colours as `#rrggbb`."""
        return tuple(f"#{bytes(colour).hex()}" for colour in self.colours)


@cache
def _colormaps() -> dict[str, Colormap]:
    table = json.loads(files(__package__).joinpath("colormaps.json").read_text("utf-8"))
    return {name: _colormap(name, entry["mode"], "".join(entry["colours"])) for name, entry in table.items()}


def _colormap(name: str, mode: Mode, hexadecimal: str) -> Colormap:
    return Colormap(name, mode, np.frombuffer(bytes.fromhex(hexadecimal), np.uint8).reshape(256, 3))


def colormap_names(mode: Mode) -> tuple[str, ...]:
    """The maps for `mode`, the default first."""
    return tuple(name for name, each in _colormaps().items() if each.mode == mode)


def colormap(mode: Mode, name: str | None = None) -> Colormap:
    """The map called `name`, or the default one; raises `SamePixelsError` when `mode` has none of that name."""
    name = name or DEFAULT_COLORMAP[mode]
    found = _colormaps().get(name)
    if found is None or found.mode != mode:
        raise SamePixelsError(
            f"There is no colour map {name!r} for {mode} differences.", f"Choose {', '.join(colormap_names(mode))}."
        )
    return found
