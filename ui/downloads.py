"""Buttons for files that are made when somebody asks for them.

Streamlit forgets such a file at the end of the second run of any page after it was made, be it another person's: with
thirty people that is half a second, and whoever fetches it later gets 404. Handed in once more under the session's name
(the same bytes are the same file) it stays until the session's own next run.
"""

from collections.abc import Callable
from functools import cache
from threading import Thread
from typing import Any

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from ui.work_queue import WorkQueue

Make = Callable[[], bytes]

_ANY_BYTES = "application/octet-stream"


@cache
def _queue() -> WorkQueue:
    """One thread: a ZIP takes the interpreter for five seconds, and several at once would leave the pages little."""
    return WorkQueue(1, "download")


def download_button(label: str, make: Make, file_name: str, key: str, *, is_long: bool = False, **look: Any) -> None:
    """A button that downloads what `make` gives, after everybody else's `is_long` work where that is one itself.

    `look` is what `st.download_button` takes beside: `mime`, `type`, `icon`, `help`.
    """
    mime = look.setdefault("mime", _ANY_BYTES)
    kept = _kept(_in_turn(make) if is_long else make, mime, file_name, key)
    st.download_button(label, kept, file_name, key=key, on_click="ignore", **look)


def _in_turn(make: Make) -> Make:
    def made() -> bytes:
        return _queue().submit(make).future.result()

    return made


def _kept(make: Make, mime: str, file_name: str, key: str) -> Make:
    """`make`, whose result the session whose page is being run then has."""
    context = get_script_run_ctx()

    def made() -> bytes:
        data = make()
        if context and Runtime.exists():
            files = Runtime.instance().media_file_mgr
            keep = Thread(target=files.add, args=(data, mime, f"download.{key}", file_name, True))
            add_script_run_ctx(keep, context)
            keep.start()
            keep.join()
        return data

    return made
