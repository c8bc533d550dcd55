"""TOML from outside, within the limits in force."""

import tomllib
from pathlib import Path
from typing import Any

from .limits import limits


class TomlError(ValueError):
    """A text is no TOML, too long or nested too deeply; the error's text says which, without a full stop."""


def read_toml(path: Path) -> dict[str, Any]:
    """The tables in a file. Raises `TomlError`, and `OSError` where the file cannot be read."""
    _check_size(path.stat().st_size)
    try:
        return parse_toml(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise TomlError(f"it is not UTF-8 ({error.reason})") from error


def parse_toml(text: str) -> dict[str, Any]:
    """The tables in `text`. Raises `TomlError`."""
    _check_size(len(text))
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TomlError("its values are nested too deeply") from error
    except ValueError as error:  # TOMLDecodeError, and int's for a number of thousands of digits
        raise TomlError(str(error)) from error


def _check_size(size: int) -> None:
    if size > limits().toml_bytes:
        raise TomlError(f"it has {size:,} bytes, and at most {limits().toml_bytes:,} are read")
