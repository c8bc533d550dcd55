"""The parts of an audit, of which only the open one is drawn."""

import streamlit as st

from core.exporting.audit_plots import value_plots
from core.figures.corpus import slices_plot, spread_plot
from core.operations.declaration import Value
from ui import controls, state, view
from ui.corpus.audit import Audit, Record
from ui.corpus.band import made_with, totals_table
from ui.corpus.errors import errors_panel
from ui.corpus.export import export_panel
from ui.corpus.table import pictures_table
from ui.panels.plots import draw
from ui.panels.settings import segments
from ui.tables import table_html


def parts(audit: Audit, recipe_b: int) -> None:
    """The tabs."""
    panels = dict(zip(view.AUDIT_PARTS, (_overview, _slices, pictures_table, errors_panel, export_panel), strict=True))
    key = controls.hold("part", state.settings().view["part"])
    shown = st.tabs(view.AUDIT_PARTS, key=key, on_change=controls.held, args=(key, lambda part: _open(str(part))))
    for name, tab in zip(view.AUDIT_PARTS, shown, strict=True):
        if tab.open:
            with tab:
                panels[name](audit, recipe_b)


def _open(part: str) -> None:
    state.change_view({"part": part, "page": 1})


def _overview(audit: Audit, recipe_b: int) -> None:
    """The figures of all pixels, how often each difference occurs, and how each figure is spread over the pictures."""
    pair = audit.pair(recipe_b)
    totals_table(pair)
    made_with(audit)
    values = list(value_plots(audit.folder, recipe_b, final_only=True))
    spreads = [spread_plot(figure, spread) for figure, spread in pair["distributions"].items()]
    for plot in values:
        draw(plot)
    columns = st.columns(2)
    for place, plot in enumerate(spreads):
        with columns[place % 2]:
            draw(plot)


def _slices(audit: Audit, recipe_b: int) -> None:
    """The groups as bars and as numbers."""
    names: dict[Value, str] = {name: name.capitalize() for name in view.SLICES}
    segments("slice", "Grouped by", names, key="slices.by")
    by = str(state.settings().view["slice"])
    groups = audit.pair(recipe_b)["slices"].get(by, [])
    if groups:
        draw(slices_plot(by, groups))
        st.html(table_html(_HEAD, [_slice_row(group) for group in groups]))


_HEAD = ("", "pictures", "identical", "rounding", "different", "not compared", "median of the means")


def _slice_row(group: Record) -> tuple[str, ...]:
    median = group["median_mean_abs_levels"]
    counts = (f"{group[name]:,}" for name in ("pictures", "identical", "rounding", "different", "incomparable"))
    return (str(group["slice"]), *counts, "–" if median is None else f"{median:.3g}")
