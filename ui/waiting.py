"""What a page shows while a library is still being imported."""

import streamlit as st

from ui.panels.panes import one_pane
from ui.running import Waiting
from ui.warming import WARMING

SLOW_CLOCK_S = 3.0
"""Streamlit collects garbage after every run, which holds an import of so many objects up: seldom is faster."""


def waiting_panel(waiting: Waiting) -> None:
    """A clock, and what the side that need not wait has made."""
    with st.container(key="clock"):
        _tensorflow_clock()
    for side, trace in (("A", waiting.a), ("B", waiting.b)):
        if trace and trace.steps:
            one_pane(side, trace.steps[-1])


@st.fragment(run_every=1.0)
def _tensorflow_clock() -> None:
    """Counts the seconds of TensorFlow's import, and reruns the page at its end."""
    if WARMING.is_done:
        st.rerun()
    WARMING.page_drawn()
    st.html(
        '<section class="sp-verdict" style="--sp-verdict: var(--sp-neutral)" role="status">'
        '<div class="sp-verdict-word sp-muted">… waiting</div>'
        f'<p class="sp-sentence">TensorFlow is starting, {WARMING.waited_s:.0f} s …</p>'
        '<p class="sp-muted">Its import takes 10 to 40 s, once for each start of the server. '
        "What needs no TensorFlow is here already.</p></section>"
    )


def rerun_when_tensorflow_is_ready() -> None:
    """Runs the page again at the end of TensorFlow's import; without a word, for pages that do not need it."""
    if not WARMING.is_done:
        _silent_clock()


def tensorflow_panel() -> None:
    """A clock for a page on which nothing can be shown before TensorFlow is there."""
    with st.container(key="clock"):
        _slow_clock()


@st.fragment(run_every=SLOW_CLOCK_S)
def _slow_clock() -> None:
    if WARMING.is_done:
        st.rerun()
    WARMING.page_drawn()
    st.html(
        '<section class="sp-verdict" style="--sp-verdict: var(--sp-neutral)" role="status">'
        '<div class="sp-verdict-word sp-muted">… waiting</div>'
        f'<p class="sp-sentence">TensorFlow is starting, {WARMING.waited_s:.0f} s …</p>'
        '<p class="sp-muted">Its import takes 10 to 40 s, once for each start of the server. '
        "Then the model is built and asked, which takes some seconds more.</p></section>"
    )


@st.fragment(run_every=1.0)
def _silent_clock() -> None:
    if WARMING.is_done:
        st.rerun()
