"""Ctrl-C as a wish: the first ends a search, whose answer so far is still shown, and the second ends the program."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Gives what says whether Ctrl-C has been pressed; for the main thread alone, which gets the signal."""
    pressed, before = Event(), signal.getsignal(signal.SIGINT)

    def wish(_number: int, _frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, wish)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
