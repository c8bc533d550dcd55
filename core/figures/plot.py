"""What a plot shows, described once for all that draw it.

The functions of this package make a `Plot` from differences and images; `core.figures.interactive` draws it with
plotly, `core.numeric.static_figures` with matplotlib. Colours are roles of `core.palette`: a plot has no theme yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..palette import Role

Numbers: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """An axis. `limits` are in its own units, for a logarithmic axis too, and may run downwards.

    With `ticks` only these values are marked. With `categories` the positions 0, 1, 2, … have names instead of numbers,
    from the top down on a y axis.
    """

    label: str
    limits: tuple[float, float]
    logarithmic: bool = False
    categories: tuple[str, ...] = ()
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars of `heights` float64[n], of what is `counted`, between `edges` float64[n + 1], each in its own colour."""

    edges: Numbers
    heights: Numbers
    colours: Sequence[Role]
    unit: str
    counted: str = "values"


@dataclass(frozen=True, eq=False)
class Steps:
    """A line that stays at `heights` float64[n] between `edges` float64[n + 1]; `filled` down to the axis."""

    edges: Numbers
    heights: Numbers
    colour: Role
    name: str
    unit: str
    filled: bool = True


@dataclass(frozen=True)
class Rows:
    """Bars to the left and right of zero, one for each category of the y axis; None is a row without a bar.

    With `starts` each bar begins there instead of at zero: a waterfall.
    """

    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    colours: tuple[Role, ...]
    starts: tuple[float, ...] = ()


@dataclass(frozen=True)
class Line:
    """A straight line through two points."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: Role
    name: str = ""
    dashed: bool = True


@dataclass(frozen=True, eq=False)
class Cells:
    """Counts int64[height, width], each cell 1 wide with (0, 0) in the middle of the first; empty ones are not drawn.

    Colours are logarithmic, from few to many; `unit` names what is counted, `x_name` and `y_name` what is crossed.
    """

    counts: npt.NDArray[np.int64]
    unit: str
    x_name: str
    y_name: str


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels` uint8[h, w, 1 to 4] of an image of `size_wh`, which is larger than they are where they are a view."""

    pixels: npt.NDArray[np.uint8]
    size_wh: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Curve:
    """Points `x`, `y` float64[n] joined by a line, marked one by one, or both; NaN leaves a gap.

    `hover` is plotly's template for a point, empty for none.
    """

    x: Numbers
    y: Numbers
    colour: Role
    name: str = ""
    style: Literal["line", "dashed", "dotted", "points", "both"] = "line"
    hover: str = ""
    width_px: float = 1.6


@dataclass(frozen=True, eq=False)
class Matrix:
    """Distances float64[n, n] between the categories of both axes, on a logarithmic scale; NaN is left empty.

    Those up to `within` have the colour of what is equal.
    """

    values: Numbers
    within: float
    unit: str


@dataclass(frozen=True, eq=False)
class Targets:
    """Places to point at and to click on, without a mark of their own: `texts` say what is there."""

    x: Numbers
    y: Numbers
    texts: Sequence[str]


Layer: TypeAlias = Bars | Steps | Rows | Line | Cells | Picture | Curve | Matrix | Targets


@dataclass(frozen=True, eq=False)
class ColourBar:
    """The key to a heatmap: `colours` uint8[n, 3], evenly from `low` to `high`."""

    colours: npt.NDArray[np.uint8]
    low: float
    high: float
    label: str


@dataclass(frozen=True, eq=False)
class Panel:
    """Layers, the first at the back, on a pair of axes. `square`: a unit is as long on both axes."""

    x: Axis
    y: Axis
    layers: tuple[Layer, ...]
    title: str = ""
    title_colour: Role = "text"
    square: bool = False
    colour_bar: ColourBar | None = None

    def layers_of(self, kind: type[Any]) -> list[Any]:
        """The layers of one kind."""
        return [layer for layer in self.layers if isinstance(layer, kind)]


@dataclass(frozen=True, eq=False)
class Plot:
    """Panels side by side. `name` serves in file names; `title` says what is shown, `subtitle` of what.

    With `linked` the panels move and zoom together.
    """

    name: str
    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    size_wh_px: tuple[int, int] = (860, 430)
    linked: bool = False
