"""Other limits for the length of a `with` block."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from core.limits import limits, put_in_force


@contextmanager
def limited(**values: float) -> Iterator[None]:
    """The limits in force with `values` in their place."""
    before = put_in_force(replace(limits(), **values))  # type: ignore[arg-type]
    try:
        yield
    finally:
        put_in_force(before)
