"""What all commands share: exit codes, options, and where they write."""

import json
import sys
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ..presets import Preset, load_presets
from ..presets import presets as built_in_presets


class ExitCode(IntEnum):
    """What the command's end means to a script."""

    WITHIN = 0
    BEYOND = 1
    USAGE = 2
    NOT_COMPARED = 3


PresetsFile = Annotated[
    Path | None, typer.Option("--presets", metavar="FILE", help="Your own presets: a TOML file as in docs/recipes.md.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout and nothing else there.")]


def console(*, stderr: bool = False) -> Console:
    """Where people read: as wide as their terminal, without colours where it is none."""
    found = Console(stderr=stderr, highlight=False)
    if not found.is_terminal:
        found.width = 120
    return found


def print_json(value: Mapping[str, Any]) -> None:
    """One line of JSON on stdout."""
    sys.stdout.write(json.dumps(value, allow_nan=False) + "\n")
    sys.stdout.flush()


def known_presets(path: Path | None) -> dict[str, Preset]:
    """The built-in presets, and before them those of the user's file."""
    return {**built_in_presets(), **(load_presets(path) if path else {})}
