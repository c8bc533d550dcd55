"""Two recipes on many pictures: how they differ over all of them, in which groups, and on which most."""

import streamlit as st

from ui import state
from ui.corpus.band import audit_band, chosen_b
from ui.corpus.choice import chosen_audit, chosen_pictures, corpus_choice
from ui.corpus.parts import parts
from ui.corpus.shown import audit_at, audit_of, last_audit
from ui.corpus.toolbar import toolbar
from ui.recipe_row import recipe_row

settings = state.open_settings()
for problem in state.url_problems():
    st.warning(problem)
corpus_choice()
if settings.view["corpus"] == "audit":
    audit = audit_at(chosen_audit())
else:
    pictures = chosen_pictures()
    recipe_row("a")
    recipe_row("b")
    audit = audit_of(toolbar(pictures))
shown = audit or last_audit()
if shown:
    with st.container(key="result" if audit else "stale"):
        recipe_b = chosen_b(shown)
        audit_band(shown, recipe_b, with_recipes=audit is None or settings.view["corpus"] == "audit")
        parts(shown, recipe_b)
state.show_in_url()
