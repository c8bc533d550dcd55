"""The catalogue: which operations there are, and where each one's adapter is.

A row is a prefix of operation names and the module that declares them. To add a library, write its adapter with a tuple
`OPERATIONS` and add a row. Nothing is imported before it is asked for.
"""

import importlib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from ..errors import RecipeError
from .declaration import Kind, Operation
from .libraries import OPENCV, PILLOW, TENSORFLOW, Library


@dataclass(frozen=True)
class Row:
    """A prefix of operation names; `library` is None where numpy alone does the work."""

    prefix: str
    adapter: str
    library: Library | None = None


ROWS: tuple[Row, ...] = (
    Row("opencv", ".opencv", OPENCV),
    Row("tensorflow", ".tensorflow", TENSORFLOW),
    Row("tensorflow_v1", ".tensorflow_v1", TENSORFLOW),
    Row("pillow", ".pillow", PILLOW),
    Row("crop", ".geometry"),
    Row("pad", ".geometry"),
    Row("cast", ".values"),
    Row("channels", ".values"),
    Row("normalize", ".normalize"),
)


@cache
def _declared(adapter: str) -> tuple[Operation, ...]:
    declared: tuple[Operation, ...] = importlib.import_module(adapter, __package__).OPERATIONS
    return declared


def operations(kind: Kind | None = None) -> tuple[Operation, ...]:
    """Every operation in catalogue order, or those of one kind, installed or not."""
    adapters = dict.fromkeys(row.adapter for row in ROWS)
    declared = (operation for adapter in adapters for operation in _declared(adapter))
    return tuple(operation for operation in declared if kind in (None, operation.kind))


@cache
def operation(name: str) -> Operation:
    """The operation called `name`; raises `RecipeError` with the nearest names."""
    prefix = name.partition(".")[0]
    for row in ROWS:
        if row.prefix == prefix:
            for operation in _declared(row.adapter):
                if operation.name == name:
                    return operation
    names = [operation.name for operation in operations()]
    near = get_close_matches(name, names, n=3) or sorted(names)
    raise RecipeError(f"There is no operation {name!r}.", f"Did you mean {', '.join(near)}?")


def libraries() -> tuple[Library, ...]:
    """The libraries behind the operations, in catalogue order, installed or not."""
    return tuple(dict.fromkeys(row.library for row in ROWS if row.library is not None))


@cache
def library_of(name: str) -> Library | None:
    """The library that the operation called `name` needs, or None for numpy alone."""
    prefix = operation(name).library
    return next(row.library for row in ROWS if row.prefix == prefix)
