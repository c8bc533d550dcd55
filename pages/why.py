"""Why A and B differ: whose fault it is, what the pixels show, and what to write instead."""

import streamlit as st

from ui import state
from ui.picture_line import picture_line
from ui.recipe_row import recipe_row
from ui.result import lost_band
from ui.running import Waiting, compare_recipes
from ui.toolbar import toolbar
from ui.verdict import verdict_html
from ui.waiting import waiting_panel
from ui.why.explained import explained
from ui.why.operators import operators_panel
from ui.why.panels import advice_panel, findings_panel, sentence_band, shares_panel

settings = state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture_line()
recipe_row("a")
recipe_row("b")
progress = toolbar()
comparison = compare_recipes(source, settings.a, settings.b, progress.caption)
progress.empty()

if isinstance(comparison, Waiting):
    waiting_panel(comparison)
elif comparison.is_lost:
    lost_band(comparison)
elif found := explained(comparison):
    sentence_band(found.explanation)
    left, right = st.columns([6, 6], gap="large")
    with left:
        shares_panel(found.explanation)
        findings_panel(found.explanation.findings)
    with right:
        advice_panel(found.explanation)
    operators_panel(found.operator_a, found.operator_b)
else:
    st.html(verdict_html(comparison))
state.show_in_url()
