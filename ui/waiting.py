"""What a page shows while a library is still being imported."""

import streamlit as st

from ui.panels.panes import one_pane
from ui.running import Waiting
from ui.warming import WARMING

CLOCK_S = 3.0
"""Streamlit collects garbage after every run, which holds an import of so many objects up: seldom is faster."""


def waiting_panel(waiting: Waiting) -> None:
    """A clock, and what the side that need not wait has made."""
    tensorflow_panel("What needs no TensorFlow is here already.")
    for side, trace in (("A", waiting.a), ("B", waiting.b)):
        if trace and trace.steps:
            one_pane(side, trace.steps[-1])


def tensorflow_panel(meanwhile: str) -> None:
    """A clock, and a sentence on what there is until then or follows."""
    with st.container(key="clock"):
        _clock(meanwhile)


@st.fragment(run_every=CLOCK_S)
def _clock(meanwhile: str) -> None:
    """Counts the seconds of TensorFlow's import, and reruns the page at its end."""
    if WARMING.is_done:
        st.rerun()
    WARMING.page_drawn()
    st.html(
        '<section class="sp-verdict" style="--sp-verdict: var(--sp-neutral)" role="status">'
        '<div class="sp-verdict-word sp-muted">… waiting</div>'
        f'<p class="sp-sentence">TensorFlow is starting, {WARMING.waited_s:.0f} s …</p>'
        f'<p class="sp-muted">Its import takes 10 to 40 s, once a process. {meanwhile}</p></section>'
    )


def rerun_when_tensorflow_is_ready() -> None:
    """Runs the page again at the end of TensorFlow's import; without a word, for pages that do not need it."""
    if not WARMING.is_done:
        _silent_clock()


@st.fragment(run_every=CLOCK_S)
def _silent_clock() -> None:
    if WARMING.is_done:
        st.rerun()
