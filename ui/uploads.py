"""The pictures that a session was given, kept while it lasts and never shared with another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from core.errors import SourceError
from core.source import Source, read_source
from ui.configuration import configuration

_UPLOADS = "uploads"


class File(Protocol):
    """An uploaded file, as Streamlit gives it."""

    @property
    def name(self) -> str:
        """Its name on the person's machine."""

    def getvalue(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True)
class Uploads:
    """Pictures by their sha256, the newest last, and a message for each file that is none."""

    sources: Mapping[str, Source]
    problems: tuple[str, ...] = ()


def uploads() -> Uploads:
    """What this session was given so far."""
    kept: Uploads = st.session_state.get(_UPLOADS, Uploads({}))
    return kept


def take(files: Iterable[File]) -> tuple[Source, ...]:
    """Adds `files` to the session's pictures and gives those that are; a broken one costs its message alone."""
    taken: list[Source] = []
    problems: list[str] = []
    for file in files:
        try:
            taken.append(read_source(file.name, file.getvalue()))
        except SourceError as error:
            problems.append(str(error))
    sources = {**uploads().sources, **{source.sha256: source for source in taken}}
    st.session_state[_UPLOADS] = Uploads(_newest(sources), tuple(problems))
    return tuple(taken)


def forget() -> None:
    """Drops all pictures of this session."""
    st.session_state[_UPLOADS] = Uploads({})


def _newest(sources: dict[str, Source]) -> dict[str, Source]:
    """The newest of `sources` that fit into the session's share of memory; the last one in any case."""
    kept: dict[str, Source] = {}
    room = configuration().session_upload_bytes
    for sha256, source in reversed(sources.items()):
        room -= len(source.data)
        if room < 0 and kept:
            break
        kept[sha256] = source
    return dict(reversed(kept.items()))
