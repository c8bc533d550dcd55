"""The decodes of the catalogue, in the order in which a search meets them, and grouped by what they make.

Most of three hundred ways to decode make the same pixels of an ordinary file: each group is searched once.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import SamePixelsError
from ..image import Image
from ..operations.catalogue import library_of
from ..operations.libraries import TENSORFLOW
from ..operations.target_size import TargetSize
from ..pipeline import StepCache, carry_out
from ..recipe import Stage
from ..source import Source
from .variants import libraries_with, library_variants, simplicity

USUAL_CHANGES = 1
"""Decodes with at most so many options changed are met before the others."""


@dataclass(eq=False)
class Decoding:
    """Decodes that make the same pixels."""

    members: list[Stage] = field(default_factory=list)


@dataclass(frozen=True)
class Phase:
    """A part of the search: decodes to meet, and the libraries whose resizes are tried from now on."""

    title: str
    decodes: tuple[Stage, ...]
    resizers: tuple[str, ...]


def phases() -> tuple[Phase, ...]:
    """Plain decodes of the libraries that are imported at once, then TensorFlow and the usual ones, then all others."""
    every = [each for library in libraries_with("decode") for each in library_variants("decode", library, {})]
    every.sort(key=_changes)
    resizers = tuple(libraries_with("resize"))
    ready = tuple(library for library in resizers if not _is_slow(library))
    first = tuple(each for each in every if _changes(each) == 0 and each.operation.library in ready)
    usual = tuple(each for each in every if _changes(each) <= USUAL_CHANGES and each not in first)
    others = tuple(each for each in every if _changes(each) > USUAL_CHANGES)
    return (
        Phase(f"{', '.join(ready)} with their defaults", first, ready),
        Phase("all libraries with usual decodes", usual, resizers),
        Phase("all other decodes", others, resizers),
    )


def _changes(decode: Stage) -> int:
    """How many options do not have their defaults."""
    return simplicity([decode])[1]


def _is_slow(library: str) -> bool:
    resize = library_variants("resize", library, {"size": TargetSize.exact(1, 1)})[0]
    return library_of(resize.name) is TENSORFLOW


class Decodings:
    """Decodes one after the other, told apart by their pixels."""

    def __init__(self, source: Source, step_cache: StepCache | None) -> None:
        self._source = source
        self._step_cache = step_cache
        self._known: dict[tuple[tuple[int, ...], str, bytes], Decoding] = {}

    def __iter__(self) -> Iterator[Decoding]:
        return iter(self._known.values())

    def meet(self, decode: Stage) -> tuple[Decoding, Image] | None:
        """The decoding that `decode` belongs to, and its picture where that is new; None where nothing is."""
        image = self.image(decode)
        if image is None:
            return None
        key = (image.shape, str(image.dtype), hashlib.sha256(image.data).digest())
        if key in self._known:
            self._known[key].members.append(decode)
            return None
        self._known[key] = Decoding([decode])
        return self._known[key], image

    def image(self, decode: Stage) -> Image | None:
        """What `decode` makes; None where it fails."""
        key = (self._source.sha256, str(decode))
        step = self._step_cache.get(key) if self._step_cache is not None else None
        try:
            step = step or carry_out(decode, self._source.data)
        except SamePixelsError:
            return None
        if self._step_cache is not None:
            self._step_cache.put(key, step)
        return step.image
