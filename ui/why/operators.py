"""What both resizes do, drawn: weights, kernel, sampling positions and frequency response."""

from html import escape

import streamlit as st

from core.figures.operators import both_sides, kernel_plot, positions_plot, response_plot, weights_plot
from core.measuring.probing import AxisName
from core.measuring.wording import operator_words
from core.operator import Operator
from ui import state
from ui.panels.plots import draw
from ui.panels.settings import segments
from ui.tables import table_html


def operators_panel(a: Operator | None, b: Operator | None) -> None:
    """Both resizes in words, and four plots of one axis; nothing where neither side resizes."""
    sides = both_sides(a, b)
    if not sides:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.html('<p class="sp-kind">What the resizes do, measured</p>', width="content")
        axis = _axis_choice()
    st.html(
        table_html(("", "", "reproduces the library within"), [_row(side.name, side.operator) for side in sides], 2)
    )
    for pair in ((weights_plot, kernel_plot), (positions_plot, response_plot)):
        for column, plot in zip(st.columns(2), pair, strict=True):
            with column:
                draw(plot(sides, axis))


def _row(name: str, operator: Operator) -> tuple[str, ...]:
    (width, height), (out_width, out_height) = operator.size_in_wh, operator.size_out_wh
    words = f"{width} × {height} to {out_width} × {out_height}: {operator_words(operator)}"
    if not operator.separable:
        words += "; its weights depend on the picture, or are no product of two axes"
    return (
        f'<span class="sp-side sp-side-{name.lower()}">{name}</span>',
        f'<span class="sp-wrap">{escape(words)}</span>',
        f"{operator.reproduction_max_abs:.2g} levels",
    )


def _axis_choice() -> AxisName:
    segments("axis", "Axis", {"x": "along x", "y": "along y"})
    return "y" if state.settings().view["axis"] == "y" else "x"
