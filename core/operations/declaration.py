"""What an operation declares about itself.

Widgets, the recipe grammar, the command line's help, the reference page, generated code and the contract tests all come
from these records, so that an option is written down once. A record imports no image library.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from ..errors import RecipeError
from .target_size import Fit, TargetSize

Value: TypeAlias = str | bool | int | float | tuple[float, ...] | TargetSize
Kind: TypeAlias = Literal["decode", "crop", "resize", "pad", "cast", "channels", "normalize"]


@dataclass(frozen=True, kw_only=True)
class Option(ABC):
    """One option of an operation: its name, the library's own default, and one line of help with its source.

    `default` is None where a value has to be given. A `positional` option may be written without its name. The text of
    a recipe leaves out a value that equals the default, unless `always_written` (a resize's method is its main word).
    `applies_when` names another option and the values of it for which this one has an effect, `applies_to_fits` the
    kinds of the operation's `size` for which it has one.
    """

    name: str
    help: str
    reference: str
    default: Value | None = None
    positional: bool = False
    always_written: bool = False
    applies_when: tuple[str, tuple[Value, ...]] | None = None
    applies_to_fits: tuple[Fit, ...] = tuple(Fit)

    @abstractmethod
    def parse(self, text: str) -> Value:
        """The value that `text` stands for; raises `RecipeError` naming what is allowed."""

    @abstractmethod
    def check(self, value: Value) -> Value:
        """`value` in its canonical type; raises `RecipeError` when it is not allowed."""

    def format(self, value: Value) -> str:
        """`value` as recipe text, the inverse of `parse`."""
        return str(value)

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What may be written, in words."""

    def refuse(self, value: object) -> RecipeError:
        """The error for a value that this option does not take."""
        return RecipeError(f"{self.name} cannot be {value!r}.", f"Allowed: {self.allowed}.")

    def applies(self, options: Mapping[str, Value]) -> bool:
        """Whether this option has an effect among `options` (a complete set of values)."""
        size = options.get("size")
        if isinstance(size, TargetSize) and size.fit not in self.applies_to_fits:
            return False
        if self.applies_when is None:
            return True
        name, values = self.applies_when
        return options[name] in values


@dataclass(frozen=True, kw_only=True)
class Choice(Option):
    """One of some words, the library's own constants."""

    choices: tuple[str, ...]

    def parse(self, text: str) -> str:
        return self.check("" if text in ("''", '""') else text)

    def check(self, value: Value) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self.refuse(value)
        return value

    def format(self, value: Value) -> str:
        return str(value) or "''"

    @property
    def allowed(self) -> str:
        return ", ".join(choice or "''" for choice in self.choices)


@dataclass(frozen=True, kw_only=True)
class Flag(Option):
    """true or false."""

    def parse(self, text: str) -> bool:
        if text.lower() not in ("true", "false"):
            raise self.refuse(text)
        return text.lower() == "true"

    def check(self, value: Value) -> bool:
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value

    def format(self, value: Value) -> str:
        return "true" if value else "false"

    @property
    def allowed(self) -> str:
        return "true, false"


@dataclass(frozen=True, kw_only=True)
class Integer(Option):
    """A whole number, from `minimum` to `maximum`, or one of `choices` where only some have a meaning."""

    minimum: int = 0
    maximum: int = 2**31 - 1
    choices: tuple[int, ...] = ()

    def parse(self, text: str) -> int:
        try:
            return self.check(int(text))
        except ValueError:
            raise self.refuse(text) from None

    def check(self, value: Value) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self._contains(value):
            raise self.refuse(value)
        return value

    def _contains(self, value: int) -> bool:
        return value in self.choices if self.choices else self.minimum <= value <= self.maximum

    @property
    def allowed(self) -> str:
        return ", ".join(map(str, self.choices)) or f"a whole number from {self.minimum} to {self.maximum}"


@dataclass(frozen=True, kw_only=True)
class Number(Option):
    """A finite number from `minimum` to `maximum`; `above_minimum` leaves out the minimum itself.

    `usual` are the values that one meets besides the default: a search tries these.
    """

    minimum: float = -1e9
    maximum: float = 1e9
    above_minimum: bool = False
    usual: tuple[float, ...] = ()

    def parse(self, text: str) -> float:
        return self.check(_number(text, self))

    def check(self, value: Value) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self._contains(value):
            raise self.refuse(value)
        return float(value) + 0.0

    def _contains(self, value: float) -> bool:
        too_low = value <= self.minimum if self.above_minimum else value < self.minimum
        return math.isfinite(value) and not too_low and value <= self.maximum

    def format(self, value: Value) -> str:
        return _number_text(value)

    @property
    def allowed(self) -> str:
        return f"a number {'above' if self.above_minimum else 'from'} {self.minimum:g} up to {self.maximum:g}"


@dataclass(frozen=True, kw_only=True)
class Numbers(Option):
    """One finite number for all channels, or one a channel in brackets; `nonzero` where it divides."""

    nonzero: bool = False

    def parse(self, text: str) -> tuple[float, ...]:
        inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        return self.check(tuple(_number(part.strip(), self) for part in inner.split(",")))

    def check(self, value: Value) -> tuple[float, ...]:
        if not isinstance(value, tuple) or len(value) not in (1, 3) or not all(map(self._takes, value)):
            raise self.refuse(value)
        return tuple(float(number) + 0.0 for number in value)

    def _takes(self, number: float) -> bool:
        return math.isfinite(number) and not (self.nonzero and number == 0)

    def format(self, value: Value) -> str:
        assert isinstance(value, tuple)
        texts = [_number_text(number) for number in value]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"

    @property
    def allowed(self) -> str:
        return f"one {'nonzero ' if self.nonzero else ''}number, or three in brackets such as [1, 2, 3]"


@dataclass(frozen=True, kw_only=True)
class Size(Option):
    """A `TargetSize`; `exact_only` where a side alone would say nothing."""

    exact_only: bool = False

    def parse(self, text: str) -> TargetSize:
        return self.check(TargetSize.parse(text))

    def check(self, value: Value) -> TargetSize:
        if not isinstance(value, TargetSize) or (self.exact_only and value.fit is not Fit.EXACT):
            raise self.refuse(str(value))
        return value

    @property
    def allowed(self) -> str:
        return "WIDTHxHEIGHT" if self.exact_only else "WIDTHxHEIGHT, shorter=N, longer=N"


def _number(text: str, option: Option) -> float:
    try:
        return float(text)
    except ValueError:
        raise option.refuse(text) from None


def _number_text(value: Value) -> str:
    assert isinstance(value, int | float)
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


@dataclass(frozen=True)
class Snippet:
    """An operation as code that uses its library alone.

    `lines` read `path` (a decode: the file's name), `data` (a decode: its bytes) or `image`, and set `image`,
    H x W x C in RGB order. `imports` are whole lines.
    """

    lines: tuple[str, ...]
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing a library can do, a row of the catalogue.

    `run` takes the bytes of a file (kind `decode`) or an `Image`, and every option by its name; it gives an `Image`.
    `snippet` takes the options and gives the same thing as code. `level`, for a normalise operation, gives from the
    options by how much a value grows for one level (1/255 of white) of its input.
    """

    name: str
    kind: Kind
    summary: str
    reference: str
    options: tuple[Option, ...]
    run: Callable[..., object] = field(repr=False)
    snippet: Callable[..., Snippet] = field(repr=False)
    level: Callable[..., float] | None = field(default=None, repr=False)

    @property
    def library(self) -> str:
        """The part of the name before the dot, which is also the catalogue's key."""
        return self.name.partition(".")[0]

    @cached_property
    def option_names(self) -> tuple[str, ...]:
        """The names of the options, in their order."""
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> Option:
        """The option called `name`; raises `RecipeError` naming those there are."""
        for option in self.options:
            if option.name == name:
                return option
        names = ", ".join(self.option_names) or "none"
        raise RecipeError(f"{self.name} has no option {name!r}.", f"Its options: {names}.")
