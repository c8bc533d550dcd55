"""What a person sees of an error that nobody foresaw: one sentence and a way out. The traceback goes to the log."""

import logging

import streamlit as st

_LOG = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Logs `error` and says what to do; True keeps Streamlit from showing the traceback on the page."""
    _LOG.error("The page failed at %s", st.context.url, exc_info=error)
    st.error(
        f"This page has failed ({type(error).__name__}), and the server's log says why. Its address reproduces it."
    )
    st.link_button("Start anew", "/", icon=":material/restart_alt:")
    return True
