"""The recipes of the Impact page: on a first visit those of the embedded model, and a way to fit others to a model."""

from dataclasses import replace

import streamlit as st

from core.impact import Model, fitted
from core.presets import parse_recipe
from ui import messages, state
from ui.impact.answers import Contradicted

FIRST_A, FIRST_B = "efficientnet-lite", "efficientnet-lite-opencv"


def open_settings() -> state.Settings:
    """The session's settings; where nobody has chosen recipes yet, the two that the embedded model is about."""
    is_linked = bool(st.query_params.to_dict())
    settings, first = state.open_settings(), state.first_settings()
    if not is_linked and (settings.a, settings.b) == (first.a, first.b):
        a, b = parse_recipe(FIRST_A), parse_recipe(FIRST_B)
        state.change(lambda old: replace(old, a=a, b=b))
        state.show_in_url()
    return state.settings()


def contradiction_note(found: Contradicted) -> None:
    """What of the recipes contradicts the model, with a button that mends it."""
    messages.warning(str(found.error))
    st.button(
        f"Fit both recipes to {messages.plain(found.model.name)}",
        key="impact.fit",
        icon=":material/build:",
        help="Gives both the model's size and, where it is known, its normalisation",
        on_click=_fit,
        args=(found.model,),
    )


def _fit(model: Model) -> None:
    state.change(lambda old: replace(old, a=fitted(model, old.a), b=fitted(model, old.b)))
