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
from ..pipeline import StepCache, carry_out
from ..recipe import Stage
from ..source import Source
from .variants import libraries_with, library_variants, simplicity

USUAL_CHANGES = 1
"""Decodes with at most so many options changed are met first."""


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
    """Usual decodes of libraries that are imported at once, those of TensorFlow, and all the others."""
    ready = [library for library in libraries_with("resize") if not _is_slow(library)]
    slow = [library for library in libraries_with("resize") if _is_slow(library)]
    usual_ready, rest_ready = _by_use(ready)
    usual_slow, rest_slow = _by_use(slow)
    return (
        Phase(f"the usual decodes of {', '.join(ready)}", usual_ready, tuple(ready)),
        Phase(f"the usual decodes and the resizes of {', '.join(slow)}", usual_slow, tuple(ready + slow)),
        Phase("all other decodes", (*rest_ready, *rest_slow), tuple(ready + slow)),
    )


def _is_slow(library: str) -> bool:
    name = next(iter(library_variants("decode", library, {})), None)
    return name is None or library_of(name.name) is TENSORFLOW


def _by_use(libraries: list[str]) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
    every = [each for library in libraries for each in library_variants("decode", library, {})]
    usual = [each for each in every if simplicity([each])[1] <= USUAL_CHANGES]
    return tuple(sorted(usual, key=lambda each: simplicity([each]))), tuple(each for each in every if each not in usual)


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
        step = self._step_cache.get(key) if self._step_cache else None
        try:
            step = step or carry_out(decode, self._source.data)
        except SamePixelsError:
            return None
        if self._step_cache:
            self._step_cache.put(key, step)
        return step.image
