"""What the difference does to a model: its answers to A's and to B's tensor, on a picture and over a set."""

import streamlit as st

from ui import state
from ui.impact.answers import Contradicted, details_of, impact_of
from ui.impact.model import chosen_model, model_choice
from ui.impact.panels import answer_band, answers_panel, grid_panel, set_panel
from ui.impact.pictures import chosen_pictures, pictures_choice
from ui.impact.recipes import contradiction_note, open_settings
from ui.impact.way import way_panel
from ui.picture_line import picture_line
from ui.recipe_row import recipe_row
from ui.toolbar import link_button

settings = open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture_line()
recipe_row("a")
recipe_row("b")
with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    model_choice()
    pictures_choice()
    st.space("stretch")
    link_button()
model = chosen_model()
chosen = chosen_pictures(source)
found = impact_of(chosen, model, settings.a, settings.b) if model else None
if isinstance(found, Contradicted):
    contradiction_note(found)
elif found:
    answer_band(found)
    if chosen.is_one:
        answers_panel(found.pictures[0])
    else:
        set_panel(found)
    if details := details_of(chosen, found):
        grid_panel(details.grid)
        way_panel(details)
state.show_in_url()
