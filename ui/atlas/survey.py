"""Which atlas is asked for, and getting it: from the cache, or by a job with its progress."""

from collections.abc import Callable, Hashable

import streamlit as st

from core.atlas import Atlas, decode_atlas, installed_versions, resize_atlas
from core.operations.declaration import Value
from core.operations.target_size import TargetSize
from core.progress import Progress
from ui import jobs, state
from ui.cached import ATLASES
from ui.panels.settings import segments, setting
from ui.picture_line import picture_line
from ui.warming import WARMING

JOB = "atlas"
_LAST = "atlas.last"
_TENSORFLOW_TIMEOUT_S = 120.0
_NAMES: dict[Value, str] = {"resizes": "Resizes at one size", "decoders": "Decoders on one picture"}


def survey_controls() -> None:
    """What is laid side by side, and the sizes of it."""
    with st.container(key="survey-row", horizontal=True, vertical_alignment="center", gap="small"):
        segments("survey", "Survey", _NAMES)
        if state.settings().view["survey"] == "resizes":
            for name, word in (("size_in", "from"), ("size_out", "to")):
                st.html(f'<span class="sp-muted">{word}</span>', width="content")
                with st.container(width=220, key=f"survey-{name}"):
                    setting("atlas", name, word)


def surveyed() -> Atlas | None:
    """The atlas that is asked for; None where there is none (yet), and what is drawn then says why."""
    key, survey = _wanted()
    atlas = ATLASES.get(key)
    if atlas is None:
        jobs.follow(JOB, key, lambda tell: _survey(key, survey, tell))
    else:
        st.session_state[_LAST] = atlas
    return atlas


def _survey(key: Hashable, survey: Callable[[Progress], Atlas], tell: Progress) -> Atlas:
    """Surveys once all libraries are there, and keeps the result even where nobody waits for it any more."""
    tell(None, "waiting for TensorFlow, which is still starting")
    WARMING.wait(_TENSORFLOW_TIMEOUT_S)
    atlas = survey(tell)
    ATLASES.put(key, atlas)
    return atlas


def last_atlas() -> Atlas | None:
    """What this session has seen last: it stays on the screen, greyed, until the next one is there."""
    last: Atlas | None = st.session_state.get(_LAST)
    return last


def _wanted() -> tuple[Hashable, Callable[[Progress], Atlas]]:
    if state.settings().view["survey"] == "decoders":
        source = picture_line()
        return (source.sha256, installed_versions()), lambda tell: decode_atlas(source, tell)
    size_in, size_out = (_size_wh(name) for name in ("size_in", "size_out"))
    return (size_in, size_out, installed_versions()), lambda tell: resize_atlas(size_in, size_out, tell)


def _size_wh(name: str) -> tuple[int, int]:
    size = state.settings().view[name]
    assert isinstance(size, TargetSize)
    return size.width, size.height
