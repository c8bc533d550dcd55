"""Remarks that an operation makes while it runs, such as "12 values wrapped around".

A context variable collects them, because Python's own `warnings.catch_warnings` is shared by all threads and two
pipelines run side by side.
"""

from contextvars import ContextVar

_notes: ContextVar[list[str] | None] = ContextVar("notes", default=None)


def note(text: str) -> None:
    """Adds a sentence to the running stage's remarks; does nothing outside `collected`."""
    notes = _notes.get()
    if notes is not None:
        notes.append(text)


class collected:  # noqa: N801 - read as a sentence: `with collected() as notes`
    """The list that fills with the remarks made inside the `with` block, in this thread alone.

    A class, as `contextlib.contextmanager` takes three times as long: it is entered for every stage of every picture.
    """

    __slots__ = ("_token",)

    def __enter__(self) -> list[str]:
        notes: list[str] = []
        self._token = _notes.set(notes)
        return notes

    def __exit__(self, *_: object) -> None:
        _notes.reset(self._token)
