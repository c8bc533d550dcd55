"""Plots drawn by matplotlib: PNG and SVG without a browser, which plotly's own export would need.

Of matplotlib only its objects are used: `pyplot` and `rcParams` are state that all threads share.
"""

import io
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from ..colormaps import colormap
from ..figures.layout import (
    KEY_LABELS_PX,
    KEY_THICKNESS_PX,
    TEXT_SIZE_PX,
    TITLE_SIZE_PX,
    has_key,
    margins,
    panel_spans,
    short_count,
)
from ..figures.matrix import matrix_scale
from ..figures.plot import Axis, Bars, Cells, Curve, Layer, Line, Matrix, Panel, Picture, Plot, Rows, Steps, Targets
from ..figures.traces import COUNT_COLOURS
from ..palette import PALETTES, Theme
from .static_layers import draw_curve, draw_matrix, draw_targets

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100
PNG_SCALE = 2
POINTS_PER_PX = 72 / DPI
TITLE_BASELINE_PX = 30
SUBTITLE_BASELINE_PX = 54

_drawing = Lock()
"""Matplotlib's documentation calls it not safe with threads; a drawing takes a third of a second."""


def static_figure(plot: Plot, theme: Theme, kind: Literal["png", "svg"]) -> bytes:
    """`plot` as a PNG file of twice its `size_wh_px`, or as an SVG file, on the ground of `theme`."""
    from matplotlib.figure import Figure

    width_px, height_px = plot.size_wh_px
    file = io.BytesIO()
    with _drawing:
        figure = Figure(figsize=(width_px / DPI, height_px / DPI), dpi=DPI, facecolor=PALETTES[theme]["background"])
        _write_titles(figure, plot, theme)
        for index in range(len(plot.panels)):
            _draw_panel(figure, plot, index, theme)
        dpi = DPI * PNG_SCALE if kind == "png" else DPI
        # Without a date and the version of a library the same plot is the same file, as far as ids allow.
        metadata = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
        figure.savefig(file, format=kind, dpi=dpi, metadata=metadata)
    return file.getvalue()


def _write_titles(figure: "Figure", plot: Plot, theme: Theme) -> None:
    width_px, height_px = plot.size_wh_px
    left, colours = margins(plot).left / width_px, PALETTES[theme]
    title_y, subtitle_y = 1 - TITLE_BASELINE_PX / height_px, 1 - SUBTITLE_BASELINE_PX / height_px
    title_size = _points(TITLE_SIZE_PX)
    figure.text(left, title_y, plot.title, color=colours["text"], fontsize=title_size, weight="bold", parse_math=False)
    figure.text(left, subtitle_y, plot.subtitle, color=colours["muted"], fontsize=_points(), parse_math=False)


def _draw_panel(figure: "Figure", plot: Plot, index: int, theme: Theme) -> None:
    panel = plot.panels[index]
    box = _box(plot, index)
    axes = figure.add_axes(box, facecolor="none")
    _style(axes, panel, theme)
    for layer in panel.layers:
        _LAYERS[type(layer)](axes, layer, panel, theme)
    if panel.square:
        axes.set_aspect("equal", adjustable="box")
    if plot.linked and index:
        axes.set_ylabel("")
    if panel.title:
        colour = PALETTES[theme][panel.title_colour]
        top = box[1] + box[3] + 7 / plot.size_wh_px[1]
        figure.text(box[0], top, panel.title, color=colour, fontsize=_points(), weight="bold", parse_math=False)
    _draw_legend(axes, theme)
    if has_key(panel):
        _draw_key(figure, plot, panel, box, theme)


def _box(plot: Plot, index: int) -> tuple[float, float, float, float]:
    """The axes' left, bottom, width and height as shares of the figure."""
    width_px, height_px = plot.size_wh_px
    around = margins(plot)
    inner = (width_px - around.left - around.right) / width_px
    start, stop = panel_spans(plot)[index]
    return (
        around.left / width_px + start * inner,
        around.bottom / height_px,
        (stop - start) * inner,
        (height_px - around.top - around.bottom) / height_px,
    )


def _points(size_px: float = TEXT_SIZE_PX) -> float:
    return size_px * POINTS_PER_PX


def _style(axes: "Axes", panel: Panel, theme: Theme) -> None:
    colours = PALETTES[theme]
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.grid(color=colours["grid"], linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=_points(), labelcolor=colours["muted"], pad=5)
    _set_axis(axes, panel.x, "x", theme)
    _set_axis(axes, panel.y, "y", theme)


def _set_axis(axes: "Axes", axis: Axis, which: Literal["x", "y"], theme: Theme) -> None:
    from matplotlib.ticker import FuncFormatter, NullLocator

    ticks = axes.xaxis if which == "x" else axes.yaxis
    if axis.logarithmic:
        axes.set(**{f"{which}scale": "log"})
        ticks.set_minor_locator(NullLocator())
        ticks.set_major_formatter(FuncFormatter(lambda value, _: short_count(value)))
    elif axis.categories:
        ticks.set_ticks(range(len(axis.categories)), axis.categories, color=PALETTES[theme]["text"], parse_math=False)
        axes.grid(visible=False, axis=which)
    else:
        ticks.set_major_formatter(FuncFormatter(_plain_number))
        if axis.ticks:
            ticks.set_ticks(axis.ticks)
    axes.set(**{f"{which}lim": axis.limits})
    label = axes.set_xlabel if which == "x" else axes.set_ylabel
    label(axis.label, color=PALETTES[theme]["text"], fontsize=_points(), parse_math=False)


def _plain_number(value: float, _position: int | None) -> str:
    return f"{value:,.6g}".replace("-", "\N{MINUS SIGN}")


def _draw_legend(axes: "Axes", theme: Theme) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        axes.legend(
            handles,
            labels,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            borderaxespad=0.3,
            ncols=len(handles),
            frameon=False,
            fontsize=_points(),
            labelcolor=PALETTES[theme]["text"],
        )


def _draw_key(figure: "Figure", plot: Plot, panel: Panel, box: tuple[float, float, float, float], theme: Theme) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import ListedColormap, LogNorm, Normalize
    from matplotlib.ticker import FuncFormatter, NullLocator

    width_px = plot.size_wh_px[0]
    left = 1 - (margins(plot).right + KEY_LABELS_PX + KEY_THICKNESS_PX) / width_px
    axes = figure.add_axes((left, box[1], KEY_THICKNESS_PX / width_px, box[3]))
    if panel.colour_bar:
        bar = panel.colour_bar
        colours, norm, label = bar.colours / 255, Normalize(bar.low, bar.high), bar.label
    elif matrices := panel.layers_of(Matrix):
        scale = matrix_scale(matrices[0], theme)
        colours, norm, label = scale.colours / 255, LogNorm(10**scale.low, 10**scale.high), matrices[0].unit
    else:
        cells: Cells = panel.layers_of(Cells)[0]
        colours, norm, label = _count_colours(theme) / 255, LogNorm(1, _largest_count(cells)), cells.unit
    ticks = scale.ticks if panel.layers_of(Matrix) else None
    key = figure.colorbar(ScalarMappable(norm, ListedColormap(colours)), cax=axes, ticks=ticks)
    key.outline.set_visible(False)
    if not panel.colour_bar:
        key.ax.yaxis.set_minor_locator(NullLocator())
    form: Callable[[float, int | None], str] = (
        _plain_number if panel.colour_bar or ticks else lambda value, _: short_count(value)
    )
    key.ax.yaxis.set_major_formatter(FuncFormatter(form))
    key.ax.tick_params(length=0, labelsize=_points(), labelcolor=PALETTES[theme]["muted"])
    key.ax.set_title(label, fontsize=_points(), color=PALETTES[theme]["text"], loc="left", parse_math=False)


def _count_colours(theme: Theme) -> npt.NDArray[np.uint8]:
    return colormap("absolute", "viridis").colours[COUNT_COLOURS[theme]]


def _largest_count(cells: Cells) -> float:
    return max(float(cells.counts.max()), 10.0)


def _draw_bars(axes: "Axes", layer: Bars, panel: Panel, theme: Theme) -> None:
    """A staircase for each colour: single bars would have seams between them."""
    floor = panel.y.limits[0]
    for role in dict.fromkeys(layer.colours):
        own = np.array([colour == role for colour in layer.colours])
        heights = np.where(own, np.maximum(layer.heights, floor), floor)
        axes.stairs(heights, layer.edges, baseline=floor, fill=True, color=PALETTES[theme][role], linewidth=0)


def _draw_steps(axes: "Axes", layer: Steps, panel: Panel, theme: Theme) -> None:
    floor, colour = panel.y.limits[0], PALETTES[theme][layer.colour]
    heights = np.maximum(layer.heights, floor)
    if layer.filled:
        axes.stairs(heights, layer.edges, baseline=floor, fill=True, color=colour, alpha=0.22, linewidth=0)
    axes.stairs(heights, layer.edges, baseline=None, color=colour, linewidth=1.1, label=layer.name)


def _draw_rows(axes: "Axes", layer: Rows, _panel: Panel, theme: Theme) -> None:
    colours = PALETTES[theme]
    axes.axvline(0, color=colours["neutral"], linewidth=0.9)
    for position, (value, text, role) in enumerate(zip(layer.values, layer.texts, layer.colours, strict=True)):
        if value is None:
            continue
        start = layer.starts[position] if layer.starts else 0.0
        axes.barh(position, value, height=0.62, left=start, color=colours[role])
        axes.annotate(
            text,
            (start + value, position),
            xytext=(-3 if value < 0 else 3, 0),
            textcoords="offset points",
            ha="right" if value < 0 else "left",
            va="center_baseline",
            fontsize=_points(),
            color=colours["text"],
            parse_math=False,
        )


def _draw_line(axes: "Axes", layer: Line, _panel: Panel, theme: Theme) -> None:
    axes.plot(
        [layer.start[0], layer.end[0]],
        [layer.start[1], layer.end[1]],
        color=PALETTES[theme][layer.colour],
        linewidth=0.9,
        linestyle=(0, (6, 4)) if layer.dashed else "solid",
        label=layer.name or None,
    )


def _draw_cells(axes: "Axes", layer: Cells, _panel: Panel, theme: Theme) -> None:
    colours = _count_colours(theme)
    shares = np.log10(np.maximum(layer.counts, 1)) / np.log10(_largest_count(layer))
    pixels = np.empty((*layer.counts.shape, 4), np.uint8)
    pixels[:, :, :3] = colours[np.rint(shares * (len(colours) - 1)).astype(int)]
    pixels[:, :, 3] = np.where(layer.counts > 0, 255, 0)
    height, width = layer.counts.shape
    axes.imshow(pixels, origin="lower", extent=(-0.5, width - 0.5, -0.5, height - 0.5), interpolation="none", zorder=1)


def _draw_picture(axes: "Axes", layer: Picture, _panel: Panel, _theme: Theme) -> None:
    axes.grid(visible=False)
    width, height = layer.size_wh
    # "none" keeps every pixel in SVG; a PNG has twice the plot's pixels, for which the picture has to be small enough.
    axes.imshow(_rgb(layer.pixels), extent=(-0.5, width - 0.5, height - 0.5, -0.5), interpolation="none", aspect="auto")


def _rgb(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Grey as RGB and grey with alpha as RGBA; matplotlib would colour the one and refuse the other."""
    channels = pixels.shape[2]
    return pixels[:, :, [0, 0, 0, 1][: channels + 2]] if channels < 3 else pixels


_LAYERS: Mapping[type[Layer], Callable[["Axes", Any, Panel, Theme], None]] = {
    Bars: _draw_bars,
    Steps: _draw_steps,
    Rows: _draw_rows,
    Line: _draw_line,
    Cells: _draw_cells,
    Picture: _draw_picture,
    Curve: draw_curve,
    Matrix: draw_matrix,
    Targets: draw_targets,
}
