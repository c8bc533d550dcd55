"""The store of pictures, and how long a session's pictures live in it."""

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.configuration import configuration
from ui.pixel_store import PixelStore


def _is_connected(session_id: str) -> bool:
    """Whether the session's browser is connected; one that comes back sends its pictures again."""
    return Runtime.exists() and Runtime.instance().is_active_session(session_id)


STORE = PixelStore(configuration().viewer_bytes, _is_connected)
"""The pictures of all sessions."""


def session_id() -> str:
    """The id of the session whose page is being run; its pictures are dropped when Streamlit forgets the session."""
    context = get_script_run_ctx()
    identifier = context.session_id if context else ""
    _lease(identifier)
    return identifier


@st.cache_resource(scope="session", show_spinner=False, on_release=STORE.close)
def _lease(identifier: str) -> str:
    """Kept by Streamlit with the session, and released with it."""
    return identifier
