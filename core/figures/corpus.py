"""An audit drawn: how a figure is spread over the pictures, and how groups of pictures differ."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..palette import Role
from ..words import percent
from .plot import Axis, Bars, Line, Panel, Plot, Rows
from .tables import row_limits
from .wording import number, signed

FIGURE_NAMES: Mapping[str, str] = {
    "mean_abs_levels": "mean |B − A|, levels",
    "max_abs_levels": "max |B − A|, levels",
    "bias_levels": "bias, levels",
    "differing_values_pct": "differing values, %",
    "differing_pixels_pct": "differing pixels, %",
    "p99": "99th percentile of |B − A|",
    "psnr_db": "PSNR, dB",
    "ssim": "SSIM",
}
"""The figures of a picture whose distribution is shown, by their column, with their units."""

SPREAD_SIZE_WH_PX = (620, 320)
GROUP_CHARACTERS = 34
"""A group's name that is longer, such as a deep folder, is cut at its beginning."""

_ROW_PX, _FRAME_PX = 30, 170
_HEADROOM = 1.08

Record = Mapping[str, Any]


def spread_plot(figure: str, spread: Record) -> Plot:
    """How many pictures have which value of `figure`; `spread` is what `auditing.queries.Rows.distribution` answers."""
    edges, counts = _bins(spread)
    panel = Panel(
        Axis(FIGURE_NAMES[figure], (edges[0], edges[-1])),
        Axis("pictures", (0.0, _HEADROOM * counts.max())),
        (
            Bars(edges, counts, [_colour(figure, middle) for middle in (edges[:-1] + edges[1:]) / 2], "", "pictures"),
            Line((spread["median"], 0.0), (spread["median"], _HEADROOM * counts.max()), "text"),
        ),
    )
    words = f"half the pictures up to {number(spread['median'])}"
    words += f", 90 % from {number(spread['p5'])} to {number(spread['p95'])}"
    name = f"spread-{figure.replace('_', '-')}"
    return Plot(name, f"{FIGURE_NAMES[figure]}, picture by picture", words, (panel,), SPREAD_SIZE_WH_PX)


def _bins(spread: Record) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The bins; where all pictures have the same value, one that has it in its middle."""
    if spread["min"] == spread["max"]:
        return np.array([spread["min"] - 0.5, spread["min"] + 0.5]), np.array([float(spread["pictures"])])
    return np.array(spread["edges"]), np.array(spread["counts"], float)


def _colour(figure: str, value: float) -> Role:
    """A bias has the colour of the side that is brighter, as the signed differences have."""
    if figure != "bias_levels":
        return "accent"
    return "a" if value < 0 else "b"


class _Measure(NamedTuple):
    title: str
    unit: str
    column: str
    text: Callable[[float], str]


_MEASURES = (
    _Measure("mean |B − A|", "levels", "mean_abs_levels", number),
    _Measure("largest |B − A|", "levels", "max_abs_levels", number),
    _Measure("mean B − A (bias)", "levels", "bias_levels", signed),
    _Measure("values that differ", "%", "differing_values_pct", percent),
)


def slices_plot(by: str, groups: Sequence[Record]) -> Plot:
    """A row for each group of pictures; `groups` are `core.auditing.queries.Rows.slices`' answer."""
    names = tuple(f"{_cut(str(group['slice']))} · {group['pictures']:,}" for group in groups)
    axis = (len(groups) - 0.4, -0.6)
    panels: list[Panel] = []
    for measure in _MEASURES:
        values = tuple(group[measure.column] for group in groups)
        texts = tuple("–" if value is None else measure.text(value) for value in values)
        known = [value for value in values if value is not None]
        rows = Rows(values, texts, tuple(map(_verdict, groups)))
        categories = ("",) * len(groups) if panels else names
        panels.append(
            Panel(Axis(measure.unit, row_limits(known)), Axis("", axis, categories=categories), (rows,), measure.title)
        )
    told = "each group's figures over all its values together; behind a name: how many pictures"
    return Plot(f"slices-{by}", f"By {by}", told, tuple(panels), (1100, _FRAME_PX + _ROW_PX * len(groups)))


def _verdict(group: Record) -> Role:
    """The worst verdict in a group gives its colour."""
    verdicts: tuple[Role, ...] = ("different", "rounding", "identical")
    return next((verdict for verdict in verdicts if group[verdict]), "incomparable")


def _cut(name: str) -> str:
    return name if len(name) <= GROUP_CHARACTERS else f"…{name[1 - GROUP_CHARACTERS :]}"
