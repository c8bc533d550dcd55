"""Every way to call an operation, from its declaration alone: the space that a search goes through."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from ..operations.catalogue import operations
from ..operations.declaration import Choice, Flag, Integer, Kind, Number, Operation, Option, Value
from ..recipe import Stage, stage


def library_variants(kind: Kind, library: str, given: Mapping[str, Value]) -> tuple[Stage, ...]:
    """The variants of a library's operations of one kind; `library` is the part of their names before the dot."""
    found = (operation for operation in operations(kind) if operation.library == library)
    return tuple(each for operation in found for each in variants(operation, given))


def variants(operation: Operation, given: Mapping[str, Value]) -> tuple[Stage, ...]:
    """`operation` with each value of each choice, flag and listed number, all with all, and `given` where it has them.

    Free numbers have their default and their usual values. Combinations that differ in nothing but an option without
    effect appear once. The first is the one with the most defaults.
    """
    fixed = {option.name: given[option.name] for option in operation.options if option.name in given}
    free = [option for option in operation.options if option.name not in fixed]
    values = [_values(option) for option in free]
    named = (dict(zip((option.name for option in free), chosen, strict=True)) for chosen in product(*values))
    effective = (_without_effect_left_out(operation, {**fixed, **options}) for options in named)
    return tuple(dict.fromkeys(stage(operation.name, options) for options in effective))


def _values(option: Option) -> tuple[Value, ...]:
    """All values, the default first."""
    values: tuple[Value, ...] = (option.default,) if option.default is not None else ()
    if isinstance(option, Choice | Integer):
        values += option.choices
    elif isinstance(option, Flag):
        values += (False, True)
    elif isinstance(option, Number):
        values += option.usual
    return tuple(dict.fromkeys(values))


def _without_effect_left_out(operation: Operation, options: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in options.items() if operation.option(name).applies(options)}


def simplicity(stages: Iterable[Stage]) -> tuple[int, int]:
    """Sorts what a person would rather write first: fewer stages, then fewer options that are not at their defaults."""
    changed = [sum(each.options[option.name] != option.default for option in each.operation.options) for each in stages]
    return len(changed), sum(changed)


def libraries_with(kind: Kind) -> Iterator[str]:
    """The libraries that have an operation of `kind`, in catalogue order."""
    yield from dict.fromkeys(operation.library for operation in operations(kind))
