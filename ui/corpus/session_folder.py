"""A session's own folder for files that must be on a disk: private, and gone when the session is."""

import shutil
import tempfile
import weakref
from pathlib import Path

import streamlit as st

from ui import sessions

_FOLDER = "corpus.session_folder"
_SIGN = ".session"


class SessionFolder:
    """A new folder that only the server's user may enter; `delete` is called with this object's end at the latest."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="samepixels-"))
        (self.path / _SIGN).touch()
        self.delete = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        _FOLDERS.add(self)


_FOLDERS: weakref.WeakSet[SessionFolder] = weakref.WeakSet()


def session_folder() -> Path:
    """The session's folder, made at the first call.

    The session's state holds it, as it does the uploads, so that it outlives a connection that is lost for a moment.
    """
    if _FOLDER not in st.session_state:
        st.session_state[_FOLDER] = SessionFolder()
        sessions.at_end(_FOLDER, st.session_state[_FOLDER].delete)
    folder: SessionFolder = st.session_state[_FOLDER]
    return folder.path


def delete_session_folders() -> None:
    """Deletes those of all sessions, at the server's end: a process that is told to stop does not come to its own."""
    for folder in list(_FOLDERS):
        folder.delete()


def is_gone(path: Path) -> bool:
    """Whether the session of a folder has ended; work that still writes there can have made the folder anew."""
    return not (path / _SIGN).exists()
