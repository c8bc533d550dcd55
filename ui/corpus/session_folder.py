"""A session's own folder for files that must be on a disk: private, and gone when the session is."""

import shutil
import tempfile
import weakref
from pathlib import Path

import streamlit as st

_FOLDER = "corpus.session_folder"
_SIGN = ".session"


class SessionFolder:
    """A new folder that only the server's user may enter; it is deleted with this object, and at the server's end.

    The session's state holds it, as it does the uploads, so that it outlives a connection that is lost for a moment,
    which Streamlit's caches of a session do not.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="samepixels-"))
        (self.path / _SIGN).touch()
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def session_folder() -> Path:
    """The session's folder, made at the first call."""
    if _FOLDER not in st.session_state:
        st.session_state[_FOLDER] = SessionFolder()
    folder: SessionFolder = st.session_state[_FOLDER]
    return folder.path


def is_gone(path: Path) -> bool:
    """Whether the session of a folder has ended; work that still writes there can have made the folder anew."""
    return not (path / _SIGN).exists()
