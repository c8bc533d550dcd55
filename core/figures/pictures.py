"""Plots of pictures: the heatmap with its colour bar, and A, B and B - A side by side."""

import numpy as np
import numpy.typing as npt

from ..colormaps import FULL_STEPS, ZERO_INDEX
from ..image import CHANNEL_NAMES, Image
from ..palette import Role
from ..preview import preview, shown_range
from ..render import Heatmap, HeatmapSettings, heatmap
from .plot import Axis, ColourBar, Panel, Picture, Plot
from .wording import number

MAX_SIDE = 1600
"""Pictures on plots are no larger: two million pixels in a browser's plot are as many as stay fluid."""


def heatmap_plot(drawn: Heatmap, size_wh: tuple[int, int], where: str, channels: int = 3) -> Plot:
    """`drawn`, of images of `size_wh` and so many channels, with its colour bar in levels."""
    settings = drawn.settings
    title = "Signed difference B − A" if settings.mode == "signed" else "Absolute difference |B − A|"
    panel = picture_panel(drawn.image, size_wh, colour_bar=_colour_bar(drawn))
    subtitle = f"{_channel(settings, channels)}, gain {number(drawn.gain)}{_threshold(settings)}"
    return Plot("heatmap", f"{title} {where}", subtitle, (panel,), _plot_size(size_wh, panels=1))


def _channel(settings: HeatmapSettings, channels: int) -> str:
    if settings.channel_index is not None:
        return f"{CHANNEL_NAMES[channels][settings.channel_index]} channel"
    return "the largest of all channels" if channels > 1 else "grey channel"


def _threshold(settings: HeatmapSettings) -> str:
    if not settings.threshold_levels:
        return ""
    return f", below {number(settings.threshold_levels)} levels shown as none"


def panes_plot(
    a: Image,
    b: Image,
    settings: HeatmapSettings,
    where: str,
    *,
    level: float = 1.0,
    max_side: int = MAX_SIDE,
) -> Plot:
    """A, B and, where their shapes are equal, B - A side by side, moving together."""
    comparable = a.shape == b.shape
    shown = shown_range(a, b, level)
    sides: tuple[tuple[str, Role, Image], ...] = (("A", "a", a), ("B", "b", b))
    panels = [
        picture_panel(preview(image, shown, max_side), _size_wh(image), name, colour) for name, colour, image in sides
    ]
    if comparable:
        drawn = heatmap(a, b, settings, level=level, max_side=max_side)
        title = "B − A" if settings.mode == "signed" else "|B − A|"
        panels.append(picture_panel(drawn.image, _size_wh(a), title, colour_bar=_colour_bar(drawn)))
    return Plot(
        "panes",
        f"A, B and their difference {where}" if comparable else f"A and B {where}, which cannot be compared",
        " and ".join(dict.fromkeys(f"{width} × {height} pixels" for width, height in map(_size_wh, (a, b)))),
        tuple(panels),
        _plot_size(_size_wh(a), panels=len(panels)),
        linked=comparable,
    )


def _size_wh(image: Image) -> tuple[int, int]:
    return image.shape[1], image.shape[0]


def picture_panel(
    pixels: npt.NDArray[np.uint8],
    size_wh: tuple[int, int],
    title: str = "",
    title_colour: Role = "text",
    colour_bar: ColourBar | None = None,
) -> Panel:
    """A picture of an image of `size_wh`, with axes in that image's pixels."""
    width, height = size_wh
    return Panel(
        Axis("x, pixels", (-0.5, width - 0.5)),
        Axis("y, pixels", (height - 0.5, -0.5)),
        (Picture(pixels, size_wh),),
        title,
        title_colour,
        square=True,
        colour_bar=colour_bar,
    )


def _plot_size(size_wh: tuple[int, int], panels: int) -> tuple[int, int]:
    """Wide enough for the panels in a row; extreme aspect ratios are left to the axes."""
    width_px = 700 if panels == 1 else 1200
    picture_width_px = (width_px - 190) / panels
    aspect = min(max(size_wh[1] / size_wh[0], 0.25), 1.5)
    return width_px, round(picture_width_px * aspect) + 150


def _colour_bar(drawn: Heatmap) -> ColourBar:
    """The map's colours with what lies below the threshold as it is drawn: like zero."""
    mode = drawn.settings.mode
    zero, full = ZERO_INDEX[mode], FULL_STEPS[mode]
    indices = np.arange(zero - full if mode == "signed" else zero, zero + full + 1)
    levels = (indices - zero) / full * drawn.levels_at_full_colour
    indices[np.abs(levels) < drawn.settings.threshold_levels] = zero
    return ColourBar(drawn.colormap.colours[indices], float(levels[0]), float(levels[-1]), "levels")
