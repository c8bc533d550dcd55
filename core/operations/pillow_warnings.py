"""Pillow's Python warnings as notes of the running stage.

`warnings.catch_warnings` alone would not do: it swaps filters that all threads share, so two decodes that end in the
order in which they began leave wrong filters behind for good. Here the first decode swaps them and the last swaps them
back, and what is caught in between goes to the thread that it came from. A host application's filters and Pillow's own
settings stay as they are. The alternative was a lock around each decode, which takes Pillow's threads away.
"""

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import partial

from .notes import note

_is_pillow_running = ContextVar("is_pillow_running", default=False)


class _SharedFilters:
    """The process's warning filters, changed as long as anybody is inside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._undo = ExitStack()

    def enter(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._undo.enter_context(warnings.catch_warnings())
                warnings.filterwarnings("always", module=r"PIL\.")
                warnings.showwarning = partial(_show, warnings.showwarning)
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._undo.close()


_shared_filters = _SharedFilters()


def _show(otherwise: Callable[..., None], message: Warning | str, *details: object) -> None:
    """What stands in for `warnings.showwarning`, for all threads."""
    if _is_pillow_running.get():
        note(f"Pillow warns: {' '.join(str(message).split())}")
    else:
        otherwise(message, *details)


@contextmanager
def warnings_as_notes() -> Iterator[None]:
    """Makes a note of each warning that Pillow gives inside the `with` block in this thread; none is shown."""
    token = _is_pillow_running.set(True)
    _shared_filters.enter()
    try:
        yield
    finally:
        _shared_filters.leave()
        _is_pillow_running.reset(token)
