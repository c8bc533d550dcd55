"""What a library does once, at its first call: importing, compiling, looking around."""

from collections.abc import Sequence

from ..pipeline import Trace, run
from ..presets import parse_recipe
from ..source import read_source

# One grey pixel as PNG, which every decoder here takes.
_ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154081d6368000000820081f0aae3220000000049454e44ae426082"
)


def warm_up(presets: Sequence[str]) -> tuple[Trace, ...]:
    """Runs recipes on one pixel. A library that is missing fails here without a word, and in words when it is asked."""
    source = read_source("one pixel", _ONE_PIXEL)
    return tuple(run(source, parse_recipe(preset)) for preset in presets)
