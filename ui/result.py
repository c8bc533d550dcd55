"""The verdict with its table of stages, and the choice of the place that the panels show."""

from collections.abc import Callable

import streamlit as st

from core.compare import Comparison
from ui import controls, selection, state, view
from ui.selection import Pair
from ui.verdict import stage_table_html, verdict_html


def verdict_band(comparison: Comparison) -> Callable[[str], None]:
    """Draws the band; the function given back puts the SSIM into it, which takes longer than all the rest."""
    sentence, table = st.columns([7, 5], gap="large")
    slot = sentence.empty()
    slot.html(verdict_html(comparison))
    table.html(stage_table_html(comparison))
    return lambda ssim: slot.html(verdict_html(comparison, ssim)) and None


def shown_pair(comparison: Comparison) -> Pair:
    """The pair of images that the panels show, chosen among the places that these recipes have."""
    names = {pair.at: pair.name for pair in selection.pairs(comparison)}
    pair = selection.chosen(comparison, str(state.settings().view["at"]))
    key = "at"
    controls.hold(key, pair.at)
    st.segmented_control(
        "Shown below",
        list(names),
        key=key,
        format_func=lambda at: names.get(at, at),
        required=True,
        help=view.option("at").help,
        label_visibility="collapsed",
        on_change=controls.held,
        args=(key, lambda at: state.change_view({"at": at})),
    )
    return pair
