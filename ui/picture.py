"""The picture line: a sample or an uploaded file, and what its header says."""

from dataclasses import replace
from functools import cache
from html import escape

import streamlit as st
from core.samples import load_sample, samples

from core.consequences import consequences
from core.source import Source
from ui import controls, state, uploads
from ui.state import UPLOAD_PREFIX


def picture_line() -> Source:
    """Draws the line and gives the picture that is chosen; the first sample stands in for one that is not there."""
    left, right = st.columns([5, 7], vertical_alignment="center")
    with left, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _picture_box()
        with st.popover("Upload", icon=":material/upload:"):
            _uploader()
    source = current_source()
    with right:
        st.html(_facts_html(source))
    return source


def current_source() -> Source:
    """The picture of the session's settings, or the first sample where the session does not have it."""
    settings = state.settings()
    if settings.upload_sha256:
        return uploads.uploads().sources.get(settings.upload_sha256) or _sample_source(_first())
    return _sample_source(settings.picture if settings.picture in _titles() else _first())


def missing_picture() -> str | None:
    """A message about a picture that a link names and this session does not have."""
    settings = state.settings()
    sha256 = settings.upload_sha256
    if sha256 and sha256 not in uploads.uploads().sources:
        name = settings.name or "a picture"
        return (
            f"This link is about {name}, which was uploaded (sha256 {sha256[:12]}…) and is not kept on the server. "
            "Upload it here again; until then a sample stands in."
        )
    if settings.picture and not sha256 and settings.picture not in _titles():
        return f"There is no sample {settings.picture!r}; the first one stands in."
    return None


def _first() -> str:
    return samples()[0].key


@cache
def _sample_source(name: str) -> Source:
    return load_sample(name)


def _picture_box() -> None:
    kept = uploads.uploads().sources
    titles = _titles() | {UPLOAD_PREFIX + sha256: source.name for sha256, source in reversed(list(kept.items()))}
    chosen = state.settings().picture
    key = "picture"
    controls.hold(key, chosen if chosen in titles else _first())
    st.selectbox(
        "Picture",
        list(titles),
        key=key,
        format_func=lambda name: titles.get(name, name),
        label_visibility="collapsed",
        on_change=controls.held,
        args=(key, _choose),
    )


def _titles() -> dict[str, str]:
    return {sample.key: sample.title for sample in samples()}


def _choose(picture: object) -> None:
    name = str(picture)
    kept = uploads.uploads().sources.get(name.removeprefix(UPLOAD_PREFIX))
    state.change(lambda settings: replace(settings, picture=name, name=kept.name if kept else ""))


def _uploader() -> None:
    st.file_uploader(
        "One picture or many",
        accept_multiple_files=True,
        key="uploaded",
        on_change=_take_uploads,
        help="They stay in this session's memory and are written nowhere.",
    )
    for problem in uploads.uploads().problems:
        st.error(problem)


def _take_uploads() -> None:
    """Keeps what was uploaded, and shows the picture that a link asked for, or else the newest."""
    before = set(uploads.uploads().sources)
    taken = [source for source in uploads.take(st.session_state["uploaded"]) if source.sha256 not in before]
    if taken:
        wanted = next((source for source in taken if source.sha256 == state.settings().upload_sha256), taken[0])
        _choose(UPLOAD_PREFIX + wanted.sha256)


def _facts_html(source: Source) -> str:
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in source.header.summary)
    notes = "".join(
        f"<details><summary>{len(found)} consequences</summary>"
        f"<ul>{''.join(f'<li>{escape(each.text)}</li>' for each in found)}</ul></details>"
        for found in [consequences(source.header)]
        if found
    )
    return f'<div class="sp-facts">{facts}</div><div class="sp-notes">{notes}</div>'
