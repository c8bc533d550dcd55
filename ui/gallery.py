"""All samples at a glance."""

from html import escape

import streamlit as st

from core.samples import Sample, samples
from ui import pictures
from ui.thumbnails import thumbnail_html

_OPEN = "gallery"
_COLUMNS = 4


def gallery() -> None:
    """A button that opens on the samples with what each shows; drawn only while it is open."""
    box = st.popover(
        "Samples", icon=":material/grid_view:", key=_OPEN, on_change="rerun", help="All samples at a glance"
    )
    if box.open:
        with box, st.container(width=880, height=520, border=False):
            for first in range(0, len(samples()), _COLUMNS):
                row = samples()[first : first + _COLUMNS]
                for column, sample in zip(st.columns(_COLUMNS), row, strict=False):
                    with column:
                        _card(sample)


def _card(sample: Sample) -> None:
    source = pictures.sample_source(sample.key)
    st.html(f'{thumbnail_html(source, "sp-card")}<p class="sp-card-text">{escape(sample.shows)}</p>')
    st.button(sample.title, key=f"gallery.{sample.key}", on_click=_choose, args=(sample.key,), width="stretch")


def _choose(key: str) -> None:
    pictures.choose(key)
    st.session_state[_OPEN] = False
