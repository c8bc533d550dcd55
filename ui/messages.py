"""Messages that quote what somebody else has written: a file's name, an address, a library's error.

Streamlit reads its messages as Markdown, in which a link's recipient could be shown a foreign picture or a false link.
"""

import re

import streamlit as st

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|$~:])")


def plain(text: str) -> str:
    """`text` as Markdown that shows just these characters."""
    return _MARKDOWN.sub(r"\\\1", text)


def error(text: str) -> None:
    """What went wrong, in a red box."""
    st.error(plain(text))


def warning(text: str) -> None:
    """What one should know, in a yellow box."""
    st.warning(plain(text))


def info(text: str) -> None:
    """Why there is nothing to see, in a blue box."""
    st.info(plain(text))
