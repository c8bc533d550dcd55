"""Plots drawn by plotly: figures for a page, and files of HTML that need no network.

Every colour is given explicitly and plotly's template is left out, so that neither it nor Streamlit's theme can change
what a colour means. Plotly itself is imported on the first use.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..palette import PALETTES, Role, Theme
from .layout import TEXT_SIZE_PX, TITLE_SIZE_PX, margins, panel_spans
from .plot import Axis, Picture, Plot
from .traces import Trace, panel_traces

FONT_FAMILY = '"Source Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
CONFIG: Mapping[str, Any] = {"displaylogo": False, "responsive": True}
"""How the plots behave in a browser; plotly takes it beside the figure, not in it."""

_Colours = Mapping[Role, str]


def plotly_figure(plot: Plot, theme: Theme) -> Any:  # noqa: ANN401 - plotly has no types
    """`plot` as a `plotly.graph_objects.Figure`, on a transparent ground, in the colours of `theme`.

    The height is the plot's own and the width that of its container.
    """
    import plotly.graph_objects as go

    colours = PALETTES[theme]
    traces = [
        {**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"}
        for number, panel in enumerate(plot.panels, start=1)
        for trace in panel_traces(panel, theme)
    ]
    layout = {**_base_layout(plot, colours), **_axes(plot, colours), "annotations": _panel_titles(plot, colours)}
    return go.Figure({"data": [_on_first_axes(trace) for trace in traces], "layout": layout})


def html_page(plots: Sequence[Plot], theme: Theme) -> str:
    """`plots` below each other on a page that contains plotly.js (5 MB, once) and asks no server for anything."""
    config = {**CONFIG, "scrollZoom": True}
    figures = "\n".join(
        plotly_figure(plot, theme).to_html(
            full_html=False, include_plotlyjs=index == 0, config=config, div_id=f"plot-{plot.name}"
        )
        for index, plot in enumerate(plots)
    )
    colours = PALETTES[theme]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{html.escape(plots[0].title)}</title>
<style>
:root {{ color-scheme: {theme}; }}
body {{ margin: 1rem auto; max-width: 90rem; background: {colours["background"]}; font-variant-numeric: tabular-nums; }}
</style>
</head>
<body>
{figures}
</body>
</html>
"""


def _on_first_axes(trace: Trace) -> Trace:
    """Plotly calls the first pair of axes x and y, without a number."""
    return {**trace, "xaxis": trace["xaxis"].replace("x1", "x"), "yaxis": trace["yaxis"].replace("y1", "y")}


def _base_layout(plot: Plot, colours: _Colours) -> dict[str, Any]:
    text = {"family": FONT_FAMILY, "color": colours["text"]}
    left, right, top, bottom = margins(plot)
    return {
        "template": "none",
        "height": plot.size_wh_px[1],
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {**text, "size": TEXT_SIZE_PX},
        "title": {
            "text": html.escape(plot.title),
            "font": {**text, "size": TITLE_SIZE_PX, "weight": 600},
            "subtitle": {
                "text": html.escape(plot.subtitle),
                "font": {**text, "size": TEXT_SIZE_PX, "color": colours["muted"]},
            },
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 12},
        },
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "itemwidth": 30},
        "hoverlabel": {"bgcolor": colours["surface"], "bordercolor": colours["grid"], "font": text},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colours["muted"], "activecolor": colours["text"]},
        "dragmode": "pan" if any(panel.layers_of(Picture) for panel in plot.panels) else "zoom",
        "bargap": 0,
    }


def _axes(plot: Plot, colours: _Colours) -> dict[str, Any]:
    axes: dict[str, Any] = {}
    for index, (panel, domain) in enumerate(zip(plot.panels, panel_spans(plot), strict=True)):
        number = "" if index == 0 else str(index + 1)
        x, y = _axis(panel.x, colours), _axis(panel.y, colours)
        x |= {"domain": domain, "anchor": f"y{number}"}
        y |= {"anchor": f"x{number}"}
        if panel.square:
            x |= {"constrain": "domain"}
            y |= {"constrain": "domain"}
        if panel.square and not (plot.linked and index):
            y |= {"scaleanchor": f"x{number}"}
        if plot.linked and index:
            x |= {"matches": "x"}
            y |= {"matches": "y", "title": None}
        axes |= {f"xaxis{number}": x, f"yaxis{number}": y}
    return axes


def _axis(axis: Axis, colours: _Colours) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "title": {"text": html.escape(axis.label), "standoff": 8, "font": {"size": TEXT_SIZE_PX}},
        "range": [float(np.log10(limit)) if axis.logarithmic else limit for limit in axis.limits],
        "gridcolor": colours["grid"],
        "linecolor": colours["grid"],
        "zeroline": bool(axis.limits[0] <= 0 <= axis.limits[1]),
        "zerolinecolor": colours["neutral"],
        "tickfont": {"color": colours["muted"]},
        "ticks": "",
    }
    if axis.logarithmic:
        drawn |= {"type": "log", "dtick": 1, "tickformat": "~s"}
    if axis.ticks:
        drawn |= {"tickvals": list(axis.ticks)}
    if axis.categories:
        drawn |= {
            "tickvals": list(range(len(axis.categories))),
            "ticktext": list(axis.categories),
            "tickfont": {"color": colours["text"]},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        }
    return drawn


def _panel_titles(plot: Plot, colours: _Colours) -> list[dict[str, Any]]:
    return [
        {
            "text": f"<b>{html.escape(panel.title)}</b>",
            "x": domain[0],
            "xanchor": "left",
            "xref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yref": "paper",
            "showarrow": False,
            "font": {"color": colours[panel.title_colour]},
        }
        for panel, domain in zip(plot.panels, panel_spans(plot), strict=True)
        if panel.title
    ]
