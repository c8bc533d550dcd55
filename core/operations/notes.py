"""Remarks that an operation makes while it runs, such as "12 values wrapped around".

A context variable collects them, because Python's own `warnings.catch_warnings` is shared by all threads and two
pipelines run side by side.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_notes: ContextVar[list[str] | None] = ContextVar("notes", default=None)


def note(text: str) -> None:
    """Adds a sentence to the running stage's remarks; does nothing outside `collected`."""
    notes = _notes.get()
    if notes is not None:
        notes.append(text)


@contextmanager
def collected() -> Iterator[list[str]]:
    """The list that fills with the remarks made inside the `with` block, in this thread alone."""
    notes: list[str] = []
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)
