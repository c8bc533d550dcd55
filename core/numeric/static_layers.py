"""Layers of curves and distances drawn by matplotlib; the others are in `core.numeric.static_figures`."""

from typing import TYPE_CHECKING

import numpy as np

from ..figures.matrix import decades_of, matrix_scale
from ..figures.plot import Curve, Matrix, Panel, Targets
from ..palette import PALETTES, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_curve(axes: "Axes", layer: Curve, _panel: Panel, theme: Theme) -> None:
    """A line, its points, or both."""
    styles = {"dashed": (0, (6, 4)), "dotted": (0, (1, 2)), "points": "none"}
    axes.plot(
        layer.x,
        layer.y,
        color=PALETTES[theme][layer.colour],
        linewidth=0.75 * layer.width_px,
        linestyle=styles.get(layer.style, "solid"),
        marker="o" if layer.style in ("points", "both") else None,
        markersize=2 + layer.width_px,
        label=layer.name or None,
    )


def draw_matrix(axes: "Axes", layer: Matrix, _panel: Panel, theme: Theme) -> None:
    """Cells in the colours of `matrix_scale`; those without a value are left empty."""
    from matplotlib.colors import to_rgb

    scale = matrix_scale(layer, theme)
    decades = decades_of(layer, scale)
    shares = np.clip((np.nan_to_num(decades) - scale.low) / (scale.high - scale.low), 0, 1)
    pixels = np.empty((*decades.shape, 4))
    pixels[:, :, :3] = scale.colours[np.rint(shares * (len(scale.colours) - 1)).astype(int)] / 255
    pixels[decades == scale.equal, :3] = to_rgb(scale.equal_colour)
    pixels[:, :, 3] = ~np.isnan(decades)
    axes.imshow(pixels, interpolation="none", aspect="auto")


def draw_targets(_axes: "Axes", _layer: Targets, _panel: Panel, _theme: Theme) -> None:
    """Nothing: a file has no pointer."""
