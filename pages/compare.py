"""Two recipes on one picture: the verdict, where it arises, and everything behind it."""

import streamlit as st

from ui import picture, state
from ui.panels.panes import panes
from ui.panels.tabs import tabs
from ui.recipe_row import recipe_row
from ui.result import shown_pair, verdict_band
from ui.running import Waiting, compare_recipes
from ui.toolbar import toolbar
from ui.waiting import waiting_panel

settings = state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture.picture_line()
if missing := picture.missing_picture():
    st.warning(missing)
recipe_row("a")
recipe_row("b")
progress = toolbar()
result = compare_recipes(source, settings.a, settings.b, progress.caption)
progress.empty()

if isinstance(result, Waiting):
    waiting_panel(result)
else:
    show_ssim = verdict_band(result)
    pair = shown_pair(result)
    if pair.a and pair.b:
        panes(pair.a, pair.b, pair.outcome)
    tabs(result, pair)
state.show_in_url(state.settings())
