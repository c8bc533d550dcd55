"""Stages that together use every operation with every choice and flag, made from the declarations alone.

`cover()` needs no change for a new operation or option: a test that runs over it meets them at once.
"""

from collections.abc import Iterator
from itertools import product

from core.errors import RecipeError
from core.operations.catalogue import library_of, operations
from core.operations.declaration import Choice, Flag, Integer, Number, Numbers, Operation, Option, Size, Value
from core.operations.libraries import OPENCV, Library
from core.operations.target_size import Fit, TargetSize
from core.recipe import Recipe, Stage, stage

SIZES = {
    Fit.EXACT: TargetSize.exact(33, 21),
    Fit.SHORTER: TargetSize.side(Fit.SHORTER, 25),
    Fit.LONGER: TargetSize.side(Fit.LONGER, 31),
}
NUMBERS = (0.0, 0.5, 0.875, 1.0, 2.5, 114.0, 0.123456789)


def cover() -> tuple[Stage, ...]:
    """Every operation with its defaults, and with each other value of each option wherever that option applies."""
    return tuple(dict.fromkeys(each for operation in operations() for each in _stages(operation)))


def recipes_to(last: Stage) -> tuple[Recipe, ...]:
    """Recipes that end in `last`: itself when it decodes, else one for uint8 and one for float32 values.

    They decode to as many channels as the file has, by the same library where that has a decoder.
    """
    if last.operation.kind == "decode":
        return (Recipe((last,)),)
    decode = _decode_as_stored(library_of(last.name))
    return Recipe((decode, last)), Recipe((decode, stage("cast.float32"), last))


def _decode_as_stored(library: Library | None) -> Stage:
    if library in (OPENCV, None):
        return stage("opencv.imdecode", {"flags": "IMREAD_UNCHANGED"})
    return stage(next(operation.name for operation in operations("decode") if library_of(operation.name) is library))


def _stages(operation: Operation) -> Iterator[Stage]:
    for option in operation.options:
        for condition in _conditions(operation, option):
            base = {**_required(operation), **condition}
            yield from (stage(operation.name, {**base, option.name: value}) for value in values(option))
    yield stage(operation.name, _required(operation))


def _required(operation: Operation) -> dict[str, Value]:
    """A value for each option that has no default."""
    return {option.name: values(option)[0] for option in operation.options if option.default is None}


def _conditions(operation: Operation, option: Option) -> list[dict[str, Value]]:
    """The values of other options among which `option` has an effect."""
    sizes: list[dict[str, Value]] = [{}]
    if len(option.applies_to_fits) < len(Fit):
        sizes = [{"size": SIZES[fit]} for fit in option.applies_to_fits]
    if option.applies_when is None:
        return sizes
    name, wanted = option.applies_when
    outer = _conditions(operation, operation.option(name))
    return [{**first, **second, name: value} for first, second, value in product(outer, sizes, wanted)]


def values(option: Option) -> list[Value]:
    """Every value of a choice or a flag, some values of a number or a size."""
    match option:
        case Choice():
            return list(option.choices)
        case Flag():
            return [False, True]
        case Integer():
            return list(option.choices or range(option.minimum, min(option.maximum, option.minimum + 4)))
        case Number():
            return [number for number in NUMBERS if _is_allowed(option, number)]
        case Numbers():
            return [(2.5,), (0.1, -3.0, 58.395)]
        case Size():
            return [SIZES[Fit.EXACT]] if option.exact_only else list(SIZES.values())
    raise TypeError(f"{type(option).__name__} is a new kind of option: say here which values to try.")


def _is_allowed(option: Option, value: Value) -> bool:
    try:
        option.check(value)
    except RecipeError:
        return False
    return True
