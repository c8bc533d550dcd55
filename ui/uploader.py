"""Where a person drops pictures of their own."""

import streamlit as st

from ui import pictures, state, uploads
from ui.state import UPLOAD_PREFIX

_COUNT = "uploader.count"


def uploader() -> None:
    """A button that opens on the place for files, and what was wrong with the last ones."""
    problems = uploads.uploads().problems
    with st.popover("Upload", icon=":material/upload:", help="Your own pictures, one or many"):
        key = _key()
        st.file_uploader(
            "Your own pictures, one or many",
            accept_multiple_files=True,
            key=key,
            on_change=_take,
            args=(key,),
            help="They stay in this session's memory, and are written nowhere.",
        )
        if uploads.uploads().sources:
            st.button("Forget my pictures", key="uploads.forget", on_click=uploads.forget)
    if problems:
        st.error("  \n".join(problems))


def _key() -> str:
    """A new name after each upload: Streamlit then drops its own copy of the files, which are kept here already."""
    return f"uploader.{st.session_state.get(_COUNT, 0)}"


def _take(key: str) -> None:
    """Keeps the pictures, and shows the one that a link has asked for, or else the first of them."""
    taken = uploads.take(st.session_state[key])
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    if taken:
        wanted = state.settings().upload_sha256
        shown = next((source for source in taken if source.sha256 == wanted), taken[0])
        pictures.choose(UPLOAD_PREFIX + shown.sha256)
