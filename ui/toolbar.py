"""The line between the recipes and the result: swap, link, stories, permalink, and a word about what is under way."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import controls, editing, state, view
from ui.permalink import permalink_box
from ui.stories import story_buttons


def toolbar() -> DeltaGenerator:
    """Draws the line and gives the place for messages about progress."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Swap", icon=":material/swap_vert:", key="swap", help="A becomes B and B becomes A", on_click=_swap)
        _link_toggle()
        st.html('<span class="sp-muted">Try this:</span>', width="content")
        story_buttons()
        st.space("stretch")
        progress = st.empty()
        link_button()
    return progress


def _swap() -> None:
    state.change(lambda settings: replace(settings, a=settings.b, b=settings.a))


def _link_toggle() -> None:
    key = controls.hold("link", state.settings().view["link"])
    st.toggle("Link sizes", key=key, help=view.option("link").help, on_change=controls.held, args=(key, _set_link))


def _set_link(is_linked: object) -> None:
    def edit(settings: state.Settings) -> state.Settings:
        b = editing.with_sizes_of(settings.b, settings.a) if is_linked else settings.b
        return replace(settings, b=b).with_view(link=bool(is_linked))

    state.change(edit)


def link_button() -> None:
    """A button that opens on the permalink."""
    with st.popover("Link", icon=":material/link:", help="An address that opens what you see now"):
        permalink_box()
