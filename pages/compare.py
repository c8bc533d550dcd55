"""Two recipes on one picture: the verdict, where it arises, and everything behind it."""

import streamlit as st

from ui import state
from ui.panels.panes import panes
from ui.panels.tabs import tabs
from ui.picture_line import picture_line
from ui.recipe_row import recipe_row
from ui.result import result_band
from ui.running import Waiting, compare_recipes
from ui.toolbar import toolbar
from ui.waiting import waiting_panel

settings = state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture_line()
recipe_row("a")
recipe_row("b")
progress = toolbar()
result = compare_recipes(source, settings.a, settings.b, progress.caption)
progress.empty()

if isinstance(result, Waiting):
    waiting_panel(result)
else:
    pair, show_ssim = result_band(result)
    panes(pair)
    tabs(result, pair)
    show_ssim()
state.show_in_url()
