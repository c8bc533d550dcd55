"""What is checked: `[tool.samepixels]` of a pyproject.toml, or a samepixels.toml with the same keys at its top.

files = ["tests/pictures/*.jpg"]          # addresses as for `samepixels corpus`, from the file's folder
a = "training"                            # recipes or presets
b = "serving"                             # or a list of them
limits = ["max_abs <= 1", "ssim >= 0.999"]
presets = "presets.toml"
baseline = "samepixels-baseline.json"

[checks.thumbnails]                       # further checks; what they leave out is as above
b = "thumbnails"
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..auditing.entries import Entry
from ..auditing.storage import is_remote
from ..errors import SettingsError
from ..pictures import SAMPLE_PREFIX
from ..presets import load_presets, parse_recipe
from ..presets import presets as built_in_presets
from ..recipe import Recipe
from ..tolerance import Condition, parse_conditions
from ..toml_text import read_toml

FILE_NAMES = ("samepixels.toml", "pyproject.toml")
DEFAULT_LIMITS = ("max_abs_levels <= 1",)
"""Rounding alone is allowed, as it is in `compare`."""

_KEYS = {"files", "a", "b", "limits"}
_TOP_KEYS = {*_KEYS, "presets", "baseline", "checks"}


@dataclass(frozen=True)
class Check:
    """A against each of `bs` on the pictures that `files` name; every one of `limits` has to hold."""

    name: str
    files: tuple[str, ...]
    a: Recipe
    bs: tuple[Recipe, ...]
    limits: tuple[Condition, ...]


@dataclass(frozen=True)
class Settings:
    """A settings file that was read. Addresses and paths in it count from its folder."""

    path: Path
    checks: tuple[Check, ...]
    baseline: Path | None

    @property
    def folder(self) -> Path:
        """Where the file is."""
        return self.path.parent

    def addresses(self, check: Check) -> list[str]:
        """The check's files as addresses that can be opened from anywhere."""
        return [self._from_here(address) for address in check.files]

    def name_of(self, entry: Entry) -> str:
        """A picture's name from the file's folder, which is the same on every machine."""
        return entry.picture.removeprefix(f"{self.folder.as_posix()}/").removeprefix("./")

    def _from_here(self, address: str) -> str:
        if is_remote(address) or address.startswith(SAMPLE_PREFIX):
            return address
        return (self.folder / address).as_posix()


def find_settings(start: Path) -> Path:
    """The settings file of a folder, or of the nearest one above it; raises `SettingsError` where there is none."""
    for folder in (start, *start.resolve().parents):
        for name in FILE_NAMES:
            path = folder / name
            if path.is_file() and (name != "pyproject.toml" or _table(path) is not None):
                return path
    raise SettingsError(
        f"There is neither a samepixels.toml nor a [tool.samepixels] in a pyproject.toml in {start} or above it.",
        "Write one, as docs/ci.md shows, or name it with --config.",
    )


def read_settings(path: Path) -> Settings:
    """The settings in a file; raises `SettingsError` naming what is wrong, `RecipeError` or `ToleranceError`."""
    table = _table(path)
    if table is None:
        raise SettingsError(f"{path} has no [tool.samepixels].", "Write one, as docs/ci.md shows.")
    _expect_keys(path, "", table, _TOP_KEYS)
    known = built_in_presets()
    if "presets" in table:
        known = {**known, **load_presets(path.parent / _text(path, "presets", table["presets"]))}
    shared = {key: value for key, value in table.items() if key in _KEYS}
    named = _tables(path, table.get("checks", {}))
    tables = {name: {**shared, **_tables(path, own)} for name, own in named.items()}
    if "a" in shared and "b" in shared:
        tables = {"": shared, **tables}
    for name, own in tables.items():
        _expect_keys(path, name, own, _KEYS)
    baseline = table.get("baseline")
    return Settings(
        path,
        tuple(_check(path, name, own, known) for name, own in tables.items()),
        path.parent / _text(path, "baseline", baseline) if baseline is not None else None,
    )


def _table(path: Path) -> Mapping[str, Any] | None:
    try:
        found = read_toml(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.", "Mend it, or name another with --config.") from error
    if path.name != "pyproject.toml":
        return found
    tool = found.get("tool")
    return _tables(path, tool["samepixels"]) if isinstance(tool, dict) and "samepixels" in tool else None


def _tables(path: Path, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(f"{path} has {value!r} where a table should be.", "Write it as docs/ci.md shows.")
    return value


def _expect_keys(path: Path, name: str, table: Mapping[str, Any], keys: set[str]) -> None:
    unknown = sorted(table.keys() - keys)
    if unknown:
        where = f"checks.{name} of {path}" if name else str(path)
        raise SettingsError(f"{where} has {', '.join(unknown)}.", f"Allowed are {', '.join(sorted(keys))}.")


def _check(path: Path, name: str, table: Mapping[str, Any], known: Mapping[str, Any]) -> Check:
    where = f"checks.{name} of {path}" if name else str(path)
    missing = sorted({"files", "a", "b"} - table.keys())
    if missing:
        raise SettingsError(f"{where} lacks {', '.join(missing)}.", "A check needs files, a and b.")
    limits = _texts(path, "limits", table.get("limits", list(DEFAULT_LIMITS)))
    return Check(
        name,
        _texts(path, "files", table["files"]),
        parse_recipe(_text(path, "a", table["a"]), known),
        tuple(parse_recipe(each, known) for each in _texts(path, "b", table["b"])),
        tuple(condition for text in limits for condition in parse_conditions(text)),
    )


def _texts(path: Path, key: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(_text(path, key, each) for each in values)


def _text(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{key} of {path} is {value!r}.", "Write a text, or a list of texts.")
    return value
