"""Where a person drops pictures of their own."""

import streamlit as st

from core.samples import samples
from ui import messages, pictures, state, uploads
from ui.state import UPLOAD_PREFIX

_COUNT = "uploader.count"
_OPEN = "uploader"


def uploader() -> None:
    """A button that opens on the place for files."""
    with st.popover("Upload", icon=":material/upload:", key=_OPEN, on_change="rerun", help="Your own pictures"):
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
            st.button("Forget my pictures", key="uploads.forget", on_click=_forget)


def _forget() -> None:
    if state.settings().upload_sha256:
        pictures.choose(samples()[0].key)
    uploads.forget()


def upload_problems() -> None:
    """What was wrong with files of the last upload."""
    for problem in uploads.uploads().problems:
        messages.error(problem)


def _key() -> str:
    """A new name after each upload: Streamlit then drops its own copy of the files, which are kept here already."""
    return f"uploader.{st.session_state.get(_COUNT, 0)}"


def _take(key: str) -> None:
    """Keeps the pictures, and shows the one that a link has asked for, or else the first of them."""
    taken = uploads.take(st.session_state[key])
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    if taken:
        st.session_state[_OPEN] = False
        wanted = state.settings().upload_sha256
        shown = next((source for source in taken if source.sha256 == wanted), taken[0])
        pictures.choose(UPLOAD_PREFIX + shown.sha256)
