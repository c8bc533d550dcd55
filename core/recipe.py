"""Recipes: stages in order, equal to their text.

    opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)

A stage is `library.operation(main, option=value, …)`. `parse_recipe` and `str` are inverse of each other on canonical
text, which leaves out options that have the library's own default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .errors import RecipeError
from .limits import limits
from .operations.catalogue import operation
from .operations.declaration import Operation, Option, Size, Value

_STAGE = re.compile(r"([A-Za-z0-9_]+\.[A-Za-z0-9_]+)\s*(?:\((.*)\))?", re.DOTALL)
_ARGUMENT_SEPARATOR = re.compile(r",(?![^\[\]]*\])")
_NAMED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Stage:
    """An operation with a value for each of its options, in the order of its declaration.

    Build one with `stage`, which checks the values and fills in the defaults.
    """

    name: str
    values: tuple[Value, ...]

    @property
    def operation(self) -> Operation:
        """The catalogue's record of this stage's operation."""
        return operation(self.name)

    @cached_property
    def options(self) -> Mapping[str, Value]:
        """Every option's value by its name, defaults included."""
        return dict(zip(self.operation.option_names, self.values, strict=True))

    def replace(self, **changes: Value) -> "Stage":
        """This stage with some options changed."""
        return stage(self.name, {**self.options, **changes})

    def __str__(self) -> str:
        pairs = zip(self.operation.options, self.values, strict=True)
        arguments = [_argument(option, value) for option, value in pairs if _is_written(option, value)]
        return f"{self.name}({', '.join(arguments)})" if arguments else self.name


def stage(name: str, options: Mapping[str, Value] | None = None) -> Stage:
    """The stage of operation `name` with `options`, the others at their defaults.

    Raises `RecipeError` for an unknown operation or option, a value that is not allowed, or one that is missing.
    """
    given = dict(options or {})
    declared = operation(name)
    for key in given:
        declared.option(key)
    return Stage(name, tuple(_value(declared, option, given) for option in declared.options))


def _value(declared: Operation, option: Option, given: Mapping[str, Value]) -> Value:
    value = given.get(option.name, option.default)
    if value is None:
        raise RecipeError(f"{declared.name} needs {option.name}.", f"Give {option.allowed}: {option.help}")
    try:
        return option.check(value)
    except RecipeError as error:
        raise RecipeError(f"{declared.name}: {error.message}", error.remedy) from None


def _is_written(option: Option, value: Value) -> bool:
    return option.always_written or option.default is None or value != option.default


def _argument(option: Option, value: Value) -> str:
    text = option.format(value)
    return text if option.positional else f"{option.name}={text}"


@dataclass(frozen=True)
class Recipe:
    """Stages in order, the first and only the first a decode. Raises `RecipeError` for any other arrangement."""

    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        kinds = [each.operation.kind for each in self.stages]
        if not kinds or kinds[0] != "decode":
            first = str(self.stages[0]) if self.stages else "nothing"
            raise RecipeError(f"A recipe starts with a decode, not with {first}.", "Begin with opencv.imdecode, say.")
        if kinds.count("decode") > 1:
            raise RecipeError("A recipe decodes once.", "Remove the second decode stage.")
        if len(self.stages) > limits().recipe_stages:
            raise RecipeError(
                f"The recipe has {len(self.stages)} stages.", f"At most {limits().recipe_stages} are allowed."
            )

    def __str__(self) -> str:
        return " | ".join(map(str, self.stages))

    def prefix_text(self, count: int) -> str:
        """The text of the first `count` stages: with a picture's sha256 it names what they make of it."""
        return " | ".join(map(str, self.stages[:count]))


def parse_stage(text: str) -> Stage:
    """The stage that `text` stands for; raises `RecipeError` saying what is wrong and what is allowed."""
    match = _STAGE.fullmatch(text.strip())
    if not match:
        raise RecipeError(
            f"{text.strip()!r} is not a stage.", "Write library.operation or library.operation(option=value)."
        )
    name, inside = match[1], (match[2] or "").strip()
    declared = operation(name)
    options: dict[str, Value] = {}
    for argument in _ARGUMENT_SEPARATOR.split(inside) if inside else ():
        option, value = _parse_argument(declared, argument.strip(), options)
        if option.name in options:
            raise RecipeError(f"{name} is given {option.name} twice.", "Keep one.")
        options[option.name] = value
    return stage(name, options)


def _parse_argument(declared: Operation, text: str, taken: Mapping[str, Value]) -> tuple[Option, Value]:
    try:
        if named := _NAMED.fullmatch(text):
            return _parse_named(declared, named[1], named[2], text)
        return _parse_positional(declared, text, taken)
    except RecipeError as error:
        prefix = "" if declared.name in error.message else f"{declared.name}: "
        raise RecipeError(prefix + error.message, error.remedy) from None


def _parse_named(declared: Operation, name: str, value: str, text: str) -> tuple[Option, Value]:
    size = next((option for option in declared.options if isinstance(option, Size)), None)
    if size is not None and name in ("shorter", "longer"):
        return size, size.parse(re.sub(r"\s+", "", text))
    option = declared.option(name)
    return option, option.parse(value)


def _parse_positional(declared: Operation, text: str, taken: Mapping[str, Value]) -> tuple[Option, Value]:
    free = [option for option in declared.options if option.positional and option.name not in taken]
    size = next((option for option in free if isinstance(option, Size)), None)
    if size is not None and text[:1].isdigit():
        return size, size.parse(text)
    errors = []
    for option in free:
        try:
            return option, option.parse(text)
        except RecipeError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    allowed = "; ".join(f"{option.name}: {option.allowed}" for option in free) or "no further values without a name"
    raise RecipeError(f"{text!r} does not fit.", f"Allowed: {allowed}.")


def parse_stages(text: str) -> Recipe:
    """The recipe that `text` spells out; presets' names are not known here (see `core.presets.parse_recipe`)."""
    most = limits().recipe_characters
    if len(text) > most:
        raise RecipeError(f"The recipe is {len(text)} characters long.", f"At most {most} are allowed.")
    return Recipe(tuple(parse_stage(part) for part in text.split("|")))
