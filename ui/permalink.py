"""The address that opens what is on the screen."""

from urllib.parse import urlencode

import streamlit as st

from ui import state


def permalink() -> str:
    """The address of this page with the whole of its state."""
    address = str(st.context.url or "").partition("?")[0]
    return f"{address}?{urlencode(state.write_query(state.settings()))}"


def permalink_box() -> None:
    """The address with a button that copies it."""
    st.code(permalink(), language=None, wrap_lines=True)
    if state.settings().upload_sha256:
        st.caption("The uploaded picture is not in the link: whoever opens it is asked for the file.")
