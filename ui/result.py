"""The result: what the recipes made of the picture, as a verdict, tables, panes and panels."""

import streamlit as st

from core.compare import Comparison
from core.source import Source
from ui import selection, state
from ui.panels.panes import panes
from ui.running import Say, Waiting, compare_recipes
from ui.verdict import stage_table_html, verdict_html
from ui.waiting import tensorflow_clock


def result_band(source: Source, settings: state.Settings, say: Say) -> Comparison | Waiting:
    """Draws the verdict and the table of stages as soon as both are known."""
    result = compare_recipes(source, settings.a, settings.b, say)
    if isinstance(result, Waiting):
        tensorflow_clock()
        return result
    sentence, table = st.columns([7, 5], gap="large")
    sentence.html(verdict_html(result))
    table.html(stage_table_html(result))
    panes(selection.chosen(result, str(settings.view["at"])))
    return result
