"""Two recipes on one picture: the verdict, where it arises, and everything behind it."""

import streamlit as st

from ui import picture, state
from ui.recipe_row import recipe_row
from ui.result import result_band
from ui.toolbar import toolbar

settings = state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture.picture_line()
if missing := picture.missing_picture():
    st.warning(missing)
recipe_row("a")
recipe_row("b")
progress = toolbar()
state.show_in_url(settings)
result = result_band(source, settings, progress.caption)
progress.empty()
