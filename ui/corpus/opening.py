"""From a row of an audit to Compare: its picture becomes one of the session's, its recipes the session's."""

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from core.auditing.entries import Entry
from core.errors import SamePixelsError
from core.pictures import SAMPLE_PREFIX
from ui import pictures, state, uploads
from ui.corpus.audit import Audit, Record
from ui.state import UPLOAD_PREFIX

COMPARE = Path(__file__).parents[2] / "pages" / "compare.py"
_PROBLEM = "corpus.opening_problem"


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes

    def getvalue(self) -> bytes:
        return self.data


def open_in_compare(audit: Audit, row: Record) -> None:
    """Takes the picture and the recipes; where that is impossible, `opening_problem` says why."""
    st.session_state[_PROBLEM] = None
    try:
        chosen = _picture(audit, row["index"])
    except SamePixelsError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    a, b = audit.job.a, audit.job.bs[row["recipe_b"]]
    state.change(lambda settings: replace(settings, a=a, b=b).with_view(at="end"))
    pictures.choose(chosen)


def opening_problem() -> str | None:
    """Why the row that was clicked last could not be opened, until another one is clicked."""
    problem: str | None = st.session_state.get(_PROBLEM)
    return problem


def _picture(audit: Audit, index: int) -> str:
    """What `Settings.picture` calls the picture. Raises `SourceError` where it cannot be had any more."""
    entry = audit.entry(index)
    if entry.address.startswith(SAMPLE_PREFIX):
        return entry.address.removeprefix(SAMPLE_PREFIX)
    source = audit.source(index)
    uploads.take([_File(_short_name(entry), source.data)])
    return UPLOAD_PREFIX + source.sha256


def _short_name(entry: Entry) -> str:
    """A file's or a shard member's own name."""
    return Path(entry.picture.rpartition("::")[2]).name or entry.picture
