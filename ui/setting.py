"""What a setting of the server is: its name, what it may be, and how text or TOML becomes its value."""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from core.errors import SamePixelsError

PREFIX = "SAMEPIXELS_"
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


class ConfigurationError(SamePixelsError):
    """A setting has a value that it cannot have, or there is no such setting."""


class Kind(Protocol):
    """What a setting may be."""

    @property
    def wanted(self) -> str:
        """What is asked for, in words: "a whole number of MB, at least 1"."""

    def read(self, given: object) -> Any:  # noqa: ANN401 - each kind has its own type
        """What `given`, text or what TOML has, is in the program's own units; ValueError when it is not `wanted`."""

    def write(self, default: object) -> str:
        """`default`, which is in the setting's units, as one would write it."""


@dataclass(frozen=True)
class Whole:
    """A whole number of `unit`, of which the program keeps `factor` times as much: bytes for MB."""

    unit: str
    least: int = 1
    most: int | None = None
    factor: int = 1

    @property
    def wanted(self) -> str:
        bounds = f"at least {self.least}" if self.most is None else f"{self.least} to {self.most}"
        return f"a whole number{f' of {self.unit}' if self.unit else ''}, {bounds}"

    def read(self, given: object) -> int:
        value = int(given) if isinstance(given, int | str) and not isinstance(given, bool) else None
        if value is None or value < self.least or (self.most is not None and value > self.most):
            raise ValueError
        return value * self.factor

    def write(self, default: object) -> str:
        return str(default)


COUNT = Whole("")
BYTES = Whole("bytes")
PIXELS = Whole("pixels")
MEGABYTES = Whole("MB", factor=1 << 20)


@dataclass(frozen=True)
class Amount:
    """A number of `unit` above 0, with or without a fraction."""

    unit: str

    @property
    def wanted(self) -> str:
        return f"a number of {self.unit} above 0"

    def read(self, given: object) -> float:
        value = float(given) if isinstance(given, int | float | str) and not isinstance(given, bool) else 0.0
        if not 0 < value < math.inf:
            raise ValueError
        return value

    def write(self, default: object) -> str:
        return f"{default:g}" if isinstance(default, float) else str(default)


@dataclass(frozen=True)
class Flag:
    """On or off."""

    wanted: str = "true or false"

    def read(self, given: object) -> bool:
        word = str(given).lower()
        if word not in _YES | _NO:
            raise ValueError
        return word in _YES

    def write(self, default: object) -> str:
        return str(default).lower()


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    names: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return " or ".join(self.names)

    def read(self, given: object) -> str:
        if given not in self.names:
            raise ValueError
        return str(given)

    def write(self, default: object) -> str:
        return str(default)


@dataclass(frozen=True)
class Folders:
    """Folders that exist: an array in TOML, separated by colons (semicolons on Windows) in the environment."""

    wanted: str = "a list of folders that exist"

    def read(self, given: object) -> tuple[Path, ...]:
        names = given.split(os.pathsep) if isinstance(given, str) else given
        if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
            raise ValueError
        folders = tuple(Path(name).resolve() for name in names if name)
        if not all(folder.is_dir() for folder in folders):
            raise ValueError
        return folders

    def write(self, default: object) -> str:
        return str(default or "none")


@dataclass(frozen=True)
class Folder:
    """A folder that exists; none where it is empty."""

    wanted: str = "a folder that exists"

    def read(self, given: object) -> str:
        if not isinstance(given, str) or (given and not Path(given).is_dir()):
            raise ValueError
        return given and str(Path(given).resolve())

    def write(self, default: object) -> str:
        return str(default or "none")


@dataclass(frozen=True)
class Setting:
    """A row of the table: `key` in a file, `variable` in the environment, and what it is for in one line."""

    key: str
    kind: Kind
    default: object
    purpose: str

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.key.upper().replace(".", "_")

    def read(self, given: object, where: str) -> Any:  # noqa: ANN401 - see Kind
        """The value that `given` stands for; ConfigurationError with `where` it was given when it stands for none."""
        try:
            return self.kind.read(given)
        except ValueError:
            message = f"{where} is {given!r}, which is not {self.kind.wanted}."
            remedy = f"It is for: {self.purpose} The default is {self.kind.write(self.default)}."
            raise ConfigurationError(message, remedy) from None


def setting(key: str, kind: Kind, default: object, purpose: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """A field of a dataclass of settings; `default` is in the units that people write."""
    return field(default=kind.read(default), metadata={"setting": Setting(key, kind, default, purpose)})
