"""Work that takes longer than a page may: done behind it, with its progress, and a way to stop it.

A session has one job of a name at a time; asking for another of that name stops the one before. A page that is left
leaves its job running, so that the result is there when somebody comes back.
"""

import time
from collections.abc import Callable, Hashable
from functools import cache, partial
from html import escape
from threading import Event
from typing import Generic, TypeVar

import streamlit as st

from core.errors import SpokenError
from core.progress import Progress, Stopped
from ui import messages, sessions
from ui.activity import ACTIVITY
from ui.configuration import configuration
from ui.warming import WARMING
from ui.work_queue import Ticket, WorkQueue

Result = TypeVar("Result")

POLL_S = 0.4


class Job(Generic[Result]):
    """Work under way: how far it is, and its result when it is done."""

    def __init__(self, key: Hashable, work: Callable[[Progress], Result]) -> None:
        self.key = key
        self.share: float | None = None
        self._told = ""
        self._begun_s = time.monotonic()
        self._stopping = Event()
        self._ticket: Ticket[Result] = _queue().submit(partial(self._do, work))

    def stop(self) -> None:
        """Ends the work at its next step, or takes it out of the queue."""
        self._stopping.set()
        self._ticket.cancel()

    @property
    def text(self) -> str:
        """What is being done, or what it waits for."""
        return self._ticket.waiting_words or self._told

    @property
    def elapsed_s(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._begun_s

    @property
    def is_done(self) -> bool:
        """Whether nothing is under way any more, for whatever reason."""
        return self._ticket.future.done()

    @property
    def is_stopped(self) -> bool:
        """Whether it ended because somebody wished it."""
        return isinstance(self._error, Stopped)

    @property
    def has_result(self) -> bool:
        """Whether it has come to its end."""
        return self.is_done and self._error is None

    @property
    def problem(self) -> SpokenError | None:
        """Why there is no result, in words for people; anything unforeseen is raised."""
        error = self._error
        if isinstance(error, SpokenError):
            return error
        if error is not None and not isinstance(error, Stopped):
            raise error
        return None

    @property
    def _error(self) -> BaseException | None:
        """What ended the work before its time."""
        future = self._ticket.future
        if future.cancelled():
            return Stopped()
        return future.exception() if future.done() else None

    def _do(self, work: Callable[[Progress], Result]) -> Result:
        with ACTIVITY.under_way("job"):
            self._tell(None, "begun")
            return work(self._tell)

    def _tell(self, share: float | None, text: str) -> None:
        if self._stopping.is_set():
            raise Stopped
        self.share, self._told = share, text


@cache
def _queue() -> WorkQueue:
    return WorkQueue(configuration().jobs, "job")


def _nothing_new() -> None:
    """For work that has no results before its end."""


def follow(
    name: str,
    key: Hashable,
    work: Callable[[Progress], Result],
    so_far: Callable[[], object] = _nothing_new,
    again: str = "Start again",
) -> None:
    """Draws how far the session's job `name` for `key` is, and begins it if it is not under way; runs again at its end.

    The work keeps its result where it is looked for first: this is only for when it is not there. The page runs again,
    too, whenever `so_far` gives something else than before. `again` is the word for the way on after a stop.
    """
    slot = _slot(name)
    current: Job[Result] | None = st.session_state.get(slot)
    if current is None or current.key != key:
        if current:
            current.stop()
        current = st.session_state[slot] = Job(key, work)
        sessions.at_end(slot, current.stop)
    if current.has_result:
        forget(name)
        st.rerun()
    elif current.problem:
        messages.error(str(current.problem))
        _again_button(name, "Try again")
    elif current.is_stopped:
        _stopped_panel(name, again)
    else:
        _progress_panel(current, so_far)


def _progress_panel(current: Job[Result], so_far: Callable[[], object]) -> None:
    """A bar with what is being done, and a button that stops it; the page is run again at the end."""
    with st.container(key="clock"):
        _progress(current, so_far, so_far())


@st.fragment(run_every=POLL_S)
def _progress(current: Job[Result], so_far: Callable[[], object], drawn: object) -> None:
    if current.is_done or so_far() is not drawn:
        st.rerun()
    WARMING.page_drawn()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if current.share is None:
            st.html(f'<p class="sp-sentence sp-muted">{escape(current.text)} … {current.elapsed_s:.0f} s</p>')
        else:
            st.progress(current.share, f"{current.share:.0%} · {current.text} … {current.elapsed_s:.0f} s")
        st.button("Stop", icon=":material/stop:", key="job.stop", on_click=current.stop)


def _stopped_panel(name: str, again: str) -> None:
    """What there is to see after a stop: that, and the way on."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<p class="sp-sentence">Stopped.</p>', width="content")
        _again_button(name, again)


def _again_button(name: str, label: str) -> None:
    st.button(label, icon=":material/play_arrow:", key=f"{name}.again", on_click=forget, args=(name,))


def forget(name: str) -> None:
    """Drops the session's job `name`."""
    st.session_state.pop(_slot(name), None)


def _slot(name: str) -> str:
    return f"job.{name}"
