"""Which recipe made this array of the picture?"""

import streamlit as st

from ui import state
from ui.identify.array import array_chooser
from ui.identify.panels import answer_band, candidates_panel, question_band
from ui.identify.search import identified
from ui.picture_line import picture_line

state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
source = picture_line()
array = array_chooser(source)
if array is None:
    question_band()
else:
    st.caption(array.words)
    if found := identified(source, array):
        answer_band(found)
        candidates_panel(found)
state.show_in_url()
