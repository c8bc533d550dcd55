"""Presets: recipes with a name and a line saying where they are used."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

from .errors import RecipeError
from .recipe import Recipe, parse_stages
from .toml_text import TomlError, parse_toml


@dataclass(frozen=True)
class Preset:
    """A named recipe; `used_by` says where one meets it, `reference` where that can be read."""

    name: str
    recipe: Recipe
    used_by: str
    reference: str = ""


@cache
def presets() -> Mapping[str, Preset]:
    """The built-in presets by name, in the order of their file."""
    return read_presets(files(__package__).joinpath("presets.toml").read_text("utf-8"))


def load_presets(path: Path) -> Mapping[str, Preset]:
    """A user's presets from a TOML file of the same form as `presets.toml`; raises `RecipeError` naming the file."""
    try:
        return read_presets(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # not UTF-8, or no name of a file
        raise RecipeError(f"{path} cannot be read: {error}.", "Give a TOML file in UTF-8.") from error
    except RecipeError as error:
        raise RecipeError(f"{path}: {error.message}", error.remedy) from error


def read_presets(text: str) -> Mapping[str, Preset]:
    """The presets in TOML `text`: a table each, with `recipe`, `used_by` and, if you like, `reference`."""
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise RecipeError(f"Not TOML: {error}.", "A preset is [name] with recipe = '…' and used_by = '…'.") from error
    return {name: _preset(name, table) for name, table in tables.items()}


def _preset(name: str, table: object) -> Preset:
    wanted = "A preset is [name] with recipe = '…' and used_by = '…', texts all."
    if not isinstance(table, dict) or not {"recipe", "used_by"} <= table.keys() <= {"recipe", "used_by", "reference"}:
        raise RecipeError(f"The preset {name!r} is not a table of recipe, used_by and reference.", wanted)
    if not all(isinstance(value, str) for value in table.values()):
        raise RecipeError(f"The preset {name!r} has values that are not text.", wanted)
    return Preset(name, parse_stages(table["recipe"]), table["used_by"], table.get("reference", ""))


def parse_recipe(text: str, own_presets: Mapping[str, Preset] | None = None) -> Recipe:
    """The recipe that `text` spells out or, where it is a preset's name, that preset's.

    `own_presets` are the user's and go before the built-in ones. Raises `RecipeError`.
    """
    known = {**presets(), **(own_presets or {})}
    name = text.strip()
    if name in known:
        return known[name].recipe
    if name and "." not in name and "|" not in name and "(" not in name:
        near = get_close_matches(name, known, n=3) or list(known)
        raise RecipeError(f"There is no preset {name!r}.", f"Did you mean {', '.join(near)}?")
    return parse_stages(text)
