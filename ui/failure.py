"""What a person sees of an error that nobody foresaw: one sentence and a way out. The traceback goes to the log."""

import logging
from urllib.parse import urlsplit

import streamlit as st

from ui.configuration import configuration
from ui.viewer.routes import base_path

_LOG = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Logs `error` and says what to do; True keeps Streamlit from showing the traceback on the page."""
    address = urlsplit(st.context.url or "")
    shown = address.geturl() if configuration().log_details else address.path
    _LOG.error("The page %s failed", shown, exc_info=error)
    st.error(
        f"This page has failed ({type(error).__name__}), and the server's log says why. Its address reproduces it."
    )
    st.link_button("Start anew", f"{base_path()}/", icon=":material/restart_alt:")
    return True
