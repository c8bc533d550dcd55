"""Plotly's traces of a plot's layers."""

import base64
import html
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..colormaps import colormap
from ..palette import PALETTES, Theme
from ..png import png_bytes
from .layout import KEY_THICKNESS_PX, TEXT_SIZE_PX, short_count
from .matrix import EQUAL_SHARE, decades_of, matrix_scale
from .plot import Bars, Cells, ColourBar, Curve, Layer, Line, Matrix, Panel, Picture, Rows, Steps, Targets

Trace = dict[str, Any]

COUNT_COLOURS: Mapping[Theme, slice] = {"light": slice(0, 215), "dark": slice(55, 256)}
"""Which of viridis' colours counts have, from few to many: those in which a single one can be seen on the ground."""


def panel_traces(panel: Panel, theme: Theme) -> list[Trace]:
    """The traces of `panel`, the first at the back, without their axes."""
    traces = [_TRACES[type(layer)](layer, panel, theme) for layer in panel.layers]
    if panel.colour_bar:
        traces.append(_colour_bar_trace(panel.colour_bar, theme))
    return traces


def _bars(layer: Bars, panel: Panel, theme: Theme) -> Trace:
    return {
        "type": "bar",
        "x": (layer.edges[:-1] + layer.edges[1:]) / 2,
        "y": _above_the_axis(layer.heights, panel),
        "width": np.diff(layer.edges),
        "customdata": layer.heights,
        "marker": {"color": [PALETTES[theme][role] for role in layer.colours], "line": {"width": 0}},
        "hovertemplate": f"%{{x:.4~f}} {layer.unit}: %{{customdata:,}} {layer.counted}<extra></extra>",
        "showlegend": False,
    }


def _steps(layer: Steps, panel: Panel, theme: Theme) -> Trace:
    colour = PALETTES[theme][layer.colour]
    heights = np.append(layer.heights, layer.heights[-1])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": layer.edges,
        "y": _above_the_axis(heights, panel),
        "customdata": heights,
        "line": {"shape": "hv", "color": colour, "width": 1.5},
        "fill": "tozeroy" if layer.filled else "none",
        "fillcolor": f"rgba{(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), 0.22)}",
        "name": html.escape(layer.name),
        "hovertemplate": f"%{{x:.4~f}}: %{{customdata:,}} {layer.unit}",
        "showlegend": True,
    }


def _above_the_axis(heights: Any, panel: Panel) -> Any:  # noqa: ANN401 - arrays
    """A count of zero has no place on a logarithmic axis; it is put where the axis begins."""
    return np.maximum(heights, panel.y.limits[0]) if panel.y.logarithmic else heights


def _rows(layer: Rows, _panel: Panel, theme: Theme) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(layer.values))),
        "x": list(layer.values),
        **({"base": list(layer.starts)} if layer.starts else {}),
        "width": 0.62,
        "text": [html.escape(text) for text in layer.texts],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": PALETTES[theme]["text"]},
        "marker": {"color": [PALETTES[theme][role] for role in layer.colours]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _line(layer: Line, _panel: Panel, theme: Theme) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [layer.start[0], layer.end[0]],
        "y": [layer.start[1], layer.end[1]],
        "line": {"color": PALETTES[theme][layer.colour], "width": 1.2, "dash": "dash" if layer.dashed else "solid"},
        "name": html.escape(layer.name),
        "hoverinfo": "skip",
        "showlegend": bool(layer.name),
    }


def _cells(layer: Cells, _panel: Panel, theme: Theme) -> Trace:
    with np.errstate(divide="ignore"):
        magnitudes = np.where(layer.counts > 0, np.log10(layer.counts), np.nan)
    decades = list(range(int(np.log10(max(layer.counts.max(), 1))) + 1))
    return {
        "type": "heatmap",
        "z": magnitudes.astype(np.float32),
        "customdata": layer.counts,
        "zmin": 0,
        "zmax": max(float(np.log10(max(layer.counts.max(), 1))), 1.0),
        "colorscale": list(colormap("absolute", "viridis").hexadecimal[COUNT_COLOURS[theme]]),
        "hoverongaps": False,
        "hovertemplate": f"{layer.x_name} %{{x}}, {layer.y_name} %{{y}}: %{{customdata:,}} {layer.unit}<extra></extra>",
        "colorbar": {
            **_bar_style(layer.unit, theme),
            "tickvals": decades,
            "ticktext": [short_count(10**decade) for decade in decades],
        },
    }


def _picture(layer: Picture, _panel: Panel, _theme: Theme) -> Trace:
    height, width = layer.pixels.shape[:2]
    dx, dy = layer.size_wh[0] / width, layer.size_wh[1] / height
    return {
        "type": "image",
        "source": "data:image/png;base64," + base64.b64encode(png_bytes(layer.pixels)).decode(),
        "x0": dx / 2 - 0.5,
        "dx": dx,
        "y0": dy / 2 - 0.5,
        "dy": dy,
        "zsmooth": False,
        "hovertemplate": "x %{x:.0f}, y %{y:.0f}<extra></extra>",
    }


def _curve(layer: Curve, _panel: Panel, theme: Theme) -> Trace:
    colour = PALETTES[theme][layer.colour]
    marks = {"points": "markers", "both": "lines+markers"}
    return {
        "type": "scatter",
        "mode": marks.get(layer.style, "lines"),
        "x": layer.x,
        "y": layer.y,
        "line": {
            "color": colour,
            "width": layer.width_px,
            "dash": {"dashed": "dash", "dotted": "dot"}.get(layer.style, "solid"),
        },
        "marker": {"color": colour, "size": 4 + layer.width_px},
        "name": html.escape(layer.name),
        "showlegend": bool(layer.name),
        **({"hovertemplate": layer.hover} if layer.hover else {"hoverinfo": "skip"}),
    }


def _matrix(layer: Matrix, _panel: Panel, theme: Theme) -> Trace:
    scale = matrix_scale(layer, theme)
    shares = EQUAL_SHARE + (1 - EQUAL_SHARE) * np.linspace(0, 1, len(scale.colours))
    shares[-1] = 1
    graded = [[share, f"#{bytes(colour).hex()}"] for share, colour in zip(shares, scale.colours, strict=True)]
    return {
        "type": "heatmap",
        "z": decades_of(layer, scale).astype(np.float32),
        "zmin": scale.low - EQUAL_SHARE / (1 - EQUAL_SHARE) * (scale.high - scale.low),
        "zmax": scale.high,
        "colorscale": [[0, scale.equal_colour], [shares[0], scale.equal_colour], *graded],
        "hoverinfo": "skip",
        "xgap": 0.5,
        "ygap": 0.5,
        "colorbar": {
            **_bar_style(layer.unit, theme),
            "tickvals": [scale.equal, *np.log10(scale.ticks).tolist()],
            "ticktext": ["equal", *(f"{value:g}" for value in scale.ticks)],
        },
    }


def _targets(layer: Targets, _panel: Panel, _theme: Theme) -> Trace:
    """Streamlit tells of clicks on these, and on no cell of a heatmap. SVG, because WebGL would need `eval` there."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": layer.x,
        "y": layer.y,
        "text": [html.escape(text) for text in layer.texts],
        "marker": {"size": 12, "symbol": "square", "color": "rgba(0,0,0,0)"},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }


def _colour_bar_trace(bar: ColourBar, theme: Theme) -> Trace:
    """A trace without points, because a picture has no colour bar of its own."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "marker": {
            "color": [bar.low],
            "cmin": bar.low,
            "cmax": bar.high,
            "colorscale": [f"#{bytes(colour).hex()}" for colour in bar.colours],
            "showscale": True,
            "colorbar": _bar_style(bar.label, theme),
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _bar_style(label: str, theme: Theme) -> dict[str, Any]:
    colours = PALETTES[theme]
    return {
        "title": {"text": html.escape(label), "side": "top", "font": {"color": colours["text"], "size": TEXT_SIZE_PX}},
        "thickness": KEY_THICKNESS_PX,
        "outlinewidth": 0,
        "tickfont": {"color": colours["muted"]},
        "x": 1,
        "xanchor": "right",
        "xpad": 0,
    }


_TRACES: Mapping[type[Layer], Callable[[Any, Panel, Theme], Trace]] = {
    Bars: _bars,
    Steps: _steps,
    Rows: _rows,
    Line: _line,
    Cells: _cells,
    Picture: _picture,
    Curve: _curve,
    Matrix: _matrix,
    Targets: _targets,
}
