"""Compiling a Python loop to machine code on its first call, so that importing the core does not wait for numba."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_originals: dict[Callable[..., Any], Callable[..., Any]] = {}
"""What each function that `compiled` gave was made of."""


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """`function`, compiled by `numba.njit` for the types of its first call; it runs without the GIL.

    It may call others of its module that are `compiled`. The first call takes 1.5 s for numba's import, and 0.2 to 1 s
    a signature to compile what no earlier process has. `parallel=True` was rejected: it takes 5 to 8 s to compile,
    where threads over strips of rows take none.
    """

    @cache
    def machine_code() -> Callable[..., Result]:
        return _njit(function)

    @wraps(function)
    def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        return machine_code()(*args, **kwargs)

    _originals[call] = function
    return call


def _njit(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    _teach_helpers(function)
    try:
        # Machine code is kept beside the source or, where that is read-only, in the user's cache directory.
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        # Neither can be written, as in a container without a home: each process compiles for itself.
        return numba.njit(nogil=True)(function)


def _teach_helpers(function: Callable[..., Any]) -> None:
    for name in function.__code__.co_names:
        helper = function.__globals__.get(name)
        if callable(helper) and helper in _originals:
            _teach(helper)


@cache
def _teach(helper: Callable[..., Any]) -> None:
    """Lets numba put the original where compiled code calls `helper`, whose wrapper it could not compile."""
    from numba.extending import overload

    original = _originals[helper]
    _teach_helpers(original)
    overload(helper, strict=False)(lambda *_args, **_kwargs: original)
