"""Every operation against every other: which are the same under another name, and how far the rest are apart."""

import streamlit as st

from ui import state
from ui.atlas.classes import classes_table, summary_band
from ui.atlas.matrix import chosen_pair, matrix, part_choice, respect_choice
from ui.atlas.pair import pair_panel
from ui.atlas.survey import last_atlas, survey_controls, surveyed

state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
survey_controls()
atlas = surveyed()
shown = atlas or last_atlas()
if shown:
    with st.container(key="result" if atlas else "stale"):
        summary_band(shown)
        part = part_choice(shown)
        distances = respect_choice(part)
        with st.container(horizontal=True, gap="large"):
            matrix(part, distances)
            with st.container(width=480):
                pair_panel(part, chosen_pair(part))
        classes_table(shown)
state.show_in_url()
