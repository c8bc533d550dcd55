"""The picture line: which picture it is, what its header says, and what follows from that."""

from dataclasses import replace
from html import escape

import streamlit as st

from core.consequences import Consequence, consequences
from core.presets import parse_recipe
from core.source import Source
from ui import controls, messages, pictures, state
from ui.gallery import gallery
from ui.own_pictures import own_pictures
from ui.thumbnails import thumbnail_html
from ui.uploader import upload_problems, uploader


def picture_line() -> Source:
    """Draws the line and gives the picture that is chosen."""
    source = pictures.current_source()
    left, right = st.columns([5, 7], vertical_alignment="center")
    with left, st.container(key="picture-line", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(thumbnail_html(source), width="content")
        _picture_box()
        gallery()
        uploader()
        own_pictures()
    with right, st.container(gap="xsmall"):
        facts = "".join(f"<span>{escape(fact)}</span>" for fact in source.header.summary)
        st.html(f'<div class="sp-facts">{facts}</div>')
        with st.container(key="picture-notes", horizontal=True, vertical_alignment="center", gap="small"):
            _sample_note()
            _consequences(source)
    upload_problems()
    if missing := pictures.missing_picture():
        messages.warning(missing)
    return source


def _picture_box() -> None:
    titles = pictures.titles()
    key = controls.hold("picture", pictures.current_key())
    st.selectbox(
        "Picture",
        list(titles),
        key=key,
        format_func=lambda name: titles.get(name, name),
        label_visibility="collapsed",
        on_change=controls.held,
        args=(key, pictures.choose),
    )


def _sample_note() -> None:
    """What the sample shows, and a button that takes the recipes which show it best."""
    sample = pictures.current_sample()
    if not sample:
        return
    st.html(f'<span class="sp-shows">{escape(sample.shows)}</span>', width="content")
    a, b = (parse_recipe(text) for text in sample.try_recipes)
    settings = state.settings()
    if (settings.a, settings.b) != (a, b):
        st.button(
            "Show it",
            key="show_sample",
            type="tertiary",
            icon=":material/play_arrow:",
            help="Takes the two recipes that show it best",
            on_click=state.change,
            args=(lambda old: replace(old, a=a, b=b).with_view(at="end"),),
        )


_EFFECT_MARKS = {"fails": "✕", "differs": "■", "agrees": "●"}


def _consequences(source: Source) -> None:
    if found := consequences(source.header):
        label = f"{len(found)} consequence{'s' if len(found) > 1 else ''}"
        with st.popover(label, type="tertiary", help="What follows from the file's header"):
            st.html("".join(_consequence_html(each) for each in found))


def _consequence_html(found: Consequence) -> str:
    mark = f'<span class="sp-effect-{found.effect}">{_EFFECT_MARKS[found.effect]}</span>'
    return f'<p class="sp-consequence">{mark} <strong>{escape(found.fact)}</strong> {escape(found.text)}</p>'
