"""A session's beginning and end, and what is freed with it.

Streamlit tells of no end, but releases what `st.cache_resource(scope="session")` keeps as soon as a browser is gone.
What can be computed again is freed at once. Uploads wait for `server.disconnectedSessionTTL` (two minutes), in which a
browser that lost its connection gets its session back. Streamlit forgets a session after that only when another one
leaves, which may be never: it is closed here.
"""

import asyncio
import gc
from collections import defaultdict
from collections.abc import Callable
from threading import Thread
from typing import TypeAlias

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

Free: TypeAlias = Callable[[str], object]

_MARGIN_S = 1.0
"""A session is closed before Streamlit would take it for expired, and no longer find it."""

_AT_LEAVE: list[Free] = []
_AT_END: defaultdict[str, dict[str, Callable[[], object]]] = defaultdict(dict)


def session_id() -> str:
    """The id of the session whose page is being run, empty where there is none."""
    context = get_script_run_ctx()
    identifier = context.session_id if context else ""
    _lease(identifier)
    return identifier


def is_connected(session_id: str) -> bool:
    """Whether the session's browser is there."""
    return Runtime.exists() and Runtime.instance().is_active_session(session_id)


def when_left(free: Free) -> None:
    """Has `free` called with the id of every session whose browser is gone, be it for a moment."""
    _AT_LEAVE.append(free)


def at_end(name: str, end: Callable[[], object]) -> None:
    """Has `end` called when this session does not come back; another under the same name takes its place."""
    _AT_END[session_id()][name] = end


def _leave(identifier: str) -> None:
    for free in _AT_LEAVE:
        free(identifier)
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # somebody has cleared the caches; every browser is still there
        return
    _collect_garbage()
    loop.call_later(max(0.0, st.get_option("server.disconnectedSessionTTL") - _MARGIN_S), _end, identifier)


def _end(identifier: str) -> None:
    if not is_connected(identifier):
        for end in _AT_END.pop(identifier, {}).values():
            end()
        Runtime.instance().close_session(identifier)
        _collect_garbage()


def _collect_garbage() -> None:
    """A session has cycles in it; in a thread, since going through all objects takes a while."""
    Thread(target=gc.collect, name="garbage").start()


@st.cache_resource(scope="session", show_spinner=False, on_release=_leave)
def _lease(identifier: str) -> str:
    """Kept by Streamlit with the session, and released with it."""
    return identifier
