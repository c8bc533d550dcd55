"""Compiling a Python loop to machine code on its first call, so that importing the core does not wait for numba."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """`function`, compiled by `numba.njit` for the types of its first call; it runs without the GIL.

    The first call takes 1.5 s for numba's import, and 0.2 to 1 s a signature to compile what no earlier process has.
    `parallel=True` was rejected: it takes 5 to 8 s to compile, where threads over strips of rows take none.
    """

    @cache
    def machine_code() -> Callable[..., Result]:
        return _njit(function)

    @wraps(function)
    def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        return machine_code()(*args, **kwargs)

    return call


def _njit(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    try:
        # Machine code is kept beside the source or, where that is read-only, in the user's cache directory.
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        # Neither can be written, as in a container without a home: each process compiles for itself.
        return numba.njit(nogil=True)(function)
