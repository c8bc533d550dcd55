"""The built-in sample pictures: photographs that are free to use, and test patterns that each show one effect.

They are files beside this one, described in samples.toml; the patterns are drawn by tools/draw_samples.py.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from ..errors import SourceError
from ..limits import DEFAULTS
from ..source import Source, read_source

Kind: TypeAlias = Literal["photograph", "pattern"]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample, without its bytes.

    Attributes:
        key: its short name, as in permalinks.
        title: its name for people, with what is special about the file.
        kind: a photograph, or a test pattern.
        shows: one line: what there is to see.
        file: the name of its file.
        provenance: where it is from, who made it, and how the file was made from that.
        licence: under which terms.
        try_recipes: texts of two recipes, A and B, that show it best.
    """

    key: str
    title: str
    kind: Kind
    shows: str
    file: str
    provenance: str
    licence: str
    try_recipes: tuple[str, str]


@cache
def samples() -> tuple[Sample, ...]:
    """All samples in the order in which they are offered, photographs first."""
    tables = tomllib.loads(files(__package__).joinpath("samples.toml").read_text("utf-8"))
    return tuple(
        Sample(key=key, **{**table, "try_recipes": tuple(table["try_recipes"])}) for key, table in tables.items()
    )


def load_sample(key: str) -> Source:
    """The sample called `key` as a source. Raises `SourceError` naming those there are."""
    found = next((sample for sample in samples() if sample.key == key), None)
    if found is None:
        raise SourceError(
            f"There is no sample {key!r}.", f"The samples are {', '.join(sample.key for sample in samples())}."
        )
    return read_source(found.file, files(__package__).joinpath(found.file).read_bytes(), DEFAULTS)
