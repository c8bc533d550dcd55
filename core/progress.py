"""Telling a listener how far long work has come, and ending it early."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[float | None, str], None]
"""Is told the share that is done, 0 to 1 or None where that is unknown, and what comes next.

It may raise `Stopped`, which ends the work.
"""


class Stopped(Exception):  # noqa: N818 - it is a wish and no error
    """Raised by a listener that no longer wants the result."""


def unheard(_share: float | None, _text: str) -> None:
    """The listener of those who do not listen."""
