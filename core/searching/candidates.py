"""From trials that come near to candidates: with the normalisation that fits, compared with the array in full."""

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..compare import ROUNDING_LEVELS
from ..errors import SamePixelsError
from ..image import Image, as_image
from ..pipeline import carry_out
from ..recipe import Recipe
from .bridges import Stages
from .decodings import Decoding
from .hypotheses import Hypothesis
from .respects import respect
from .trials import Trial
from .value_chains import Chain, free_chains, known_chains, rest_levels
from .value_fit import ValueFit, Values, sample_rows, storage_noise_levels
from .variants import simplicity

CandidateVerdict: TypeAlias = Literal["identical", "rounding", "different"]

KEPT = 48
"""How many of the nearest trials are compared in full, besides all that leave nothing over."""

KEPT_EXACT = 400

_EXACT_LEVELS = 1e-3
_KNOWN_WITHIN = 2.5
"""A known normalisation is taken where it leaves over at most so many times what a free line does, which may swallow a
cast's bias. Where the line leaves nothing, the known one must not either."""

_RANKS = ("identical", "rounding", "different")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A recipe, and how near it comes.

    Attributes:
        recipe: the whole recipe.
        verdict: `identical` where it makes the array bit for bit in the array's dtype, `rounding` where it comes within
            a level everywhere.
        max_abs: the furthest of a value, in levels.
        mean_abs: the mean over all values, in levels.
        layout: the array's axes.
        channel_order: of the array: RGB, BGR, grey and so on.
        normalisation: the stage that makes the array's values of levels; empty where they are levels.
        scale: by how much a value grows for one level, for each of the array's channels.
        offset: the value of level 0, for each of the array's channels.
        respect: what explains the most of the difference, in words; empty where there is none.
    """

    recipe: Recipe
    verdict: CandidateVerdict
    max_abs: float
    mean_abs: float
    layout: str
    channel_order: str
    normalisation: str
    scale: tuple[float, ...]
    offset: tuple[float, ...]
    respect: str = ""

    def order(self) -> tuple[Any, ...]:
        """Sorts the best first, then the simplest."""
        return _RANKS.index(self.verdict), self.max_abs, self.mean_abs, simplicity(self.recipe.stages)


class Found:
    """A trial of a decoding, and the lines of its values to the array's."""

    def __init__(self, hypothesis: Hypothesis, decoding: Decoding, trial: Trial) -> None:
        self.hypothesis, self.decoding, self.trial = hypothesis, decoding, trial
        self.fit: ValueFit = hypothesis.target.fit(trial.image, swapped=hypothesis.swapped)

    @property
    def residual_levels(self) -> float:
        """What the lines leave over."""
        return self.fit.residual_levels

    @cached_property
    def is_exact(self) -> bool:
        """Whether nothing is left over but what the array's dtype cannot hold."""
        picture = self.hypothesis.target.picture
        noise = storage_noise_levels(picture.dtype, self.fit, float(np.abs(picture).max()))
        return self.residual_levels <= _EXACT_LEVELS + noise


class Shortlist:
    """All trials that leave nothing over, and the nearest `KEPT` of the others."""

    def __init__(self) -> None:
        self._exact: list[Found] = []
        self._near: list[tuple[float, int, Found]] = []
        self._counter = itertools.count()

    def add(self, found: Found) -> None:
        """Keeps `found` if it is near enough."""
        if found.is_exact and len(self._exact) < KEPT_EXACT:
            self._exact.append(found)
            return
        entry = (-found.residual_levels, next(self._counter), found)
        if len(self._near) < KEPT:
            heapq.heappush(self._near, entry)
        else:
            heapq.heappushpop(self._near, entry)

    def settled(self) -> list[Candidate]:
        """The candidates that the kept trials are, one for each decode that makes the same.

        Where some are identical the others are not looked at: they take longer than all the rest.
        """
        near = [found for *_, found in sorted(self._near, reverse=True, key=lambda entry: entry[:2])]
        chains: dict[Hypothesis, Chain | None] = {}
        settled: list[Candidate] = []
        for kept in (self._exact, near):
            for found in kept:
                if found.hypothesis not in chains:
                    # The first is the nearest of its hypothesis: from it the normalisation shows best.
                    chains[found.hypothesis] = chain_of_found(found)
                chain = chains[found.hypothesis]
                if chain is not None:
                    settled += _candidates(found, chain)
            if any(each.verdict == "identical" for each in settled):
                break
        return settled


def chain_of_found(found: Found) -> Chain | None:
    """The channel order and normalisation that bring the trial nearest: a known one, else `normalize.affine`."""
    target, swapped = found.hypothesis.target, found.hypothesis.swapped
    known = [
        (rest, chain)
        for chain in known_chains(found.fit, swapped=swapped)
        if (rest := _mean_rest(found, chain)) is not None
    ]
    best = min(known, key=lambda each: each[0], default=None)
    noise = storage_noise_levels(target.picture.dtype, found.fit, float(np.abs(target.picture).max()))
    if best is not None and best[0][0] <= _KNOWN_WITHIN * found.residual_levels + noise + _EXACT_LEVELS:
        return best[1]
    free = [
        (rest, chain)
        for chain in free_chains(found.fit, swapped=swapped)
        if (rest := _mean_rest(found, chain)) is not None
    ]
    if not free:
        return best[1] if best else None
    least = min(rest[0] for rest, _ in free)
    return next(chain for rest, chain in free if rest[0] <= 1.02 * least + 1e-9)


def _mean_rest(found: Found, chain: Chain) -> tuple[float] | None:
    """The mean of what is left in some rows; None where the chain cannot be carried out."""
    picture = found.hypothesis.target.picture
    rows = sample_rows(picture.shape[0], picture.shape[1], 40_000)
    try:
        made = chain.carry(as_image(found.trial.image[rows].copy()))
    except SamePixelsError:
        return None
    return (float(np.minimum(np.abs(rest_levels(picture[rows], made, chain)), 16.0).mean()),)


def _candidates(found: Found, chain: Chain) -> Iterator[Candidate]:
    target = found.hypothesis.target
    before, after = target.frame.padded(chain) if target.frame else ((), ())
    try:
        levels = _carried(found.trial.image, before)
        made = _carried(chain.carry(levels), after)
    except SamePixelsError:
        return
    verdict, max_abs, mean_abs, rest = _judged(target.whole, made, chain)
    stages = (*found.trial.stages, *before, *chain.stages, *after)
    normalisation = [str(each) for each in chain.stages if each.operation.kind == "normalize"]
    words = respect(made / np.abs(chain.scale), rest) if verdict == "different" else ""
    for decode in found.decoding.members:
        yield Candidate(
            recipe=Recipe((decode, *stages)),
            verdict=verdict,
            max_abs=max_abs,
            mean_abs=mean_abs,
            layout=str(target.layout),
            channel_order=_channel_order(made.shape[2], swapped=chain.swapped),
            normalisation="".join(normalisation),
            scale=chain.scale,
            offset=chain.offset,
            respect=words,
        )


def _carried(image: Image, stages: Stages) -> Image:
    for each in stages:
        image = carry_out(each, image).image
    return image


def _judged(picture: npt.NDArray[Any], made: Image, chain: Chain) -> tuple[CandidateVerdict, float, float, Values]:
    """The verdict on `made`, the furthest and the mean in levels, and the rest itself."""
    whole_numbers = picture.dtype.kind in "ui"
    with np.errstate(over="ignore", invalid="ignore"):
        stored = (np.rint(made) if whole_numbers else made).astype(picture.dtype)
    rest = rest_levels(picture, made, chain)
    if np.array_equal(stored, picture) and (not whole_numbers or np.array_equal(stored, made)):
        return "identical", 0.0, 0.0, rest
    absolute = np.abs(rest)
    furthest = float(absolute.max())
    # Float arithmetic of a normalise stage turns a difference of exactly one level into a hair more or less.
    within = furthest <= ROUNDING_LEVELS * (1 + 1e-4)
    return "rounding" if within else "different", furthest, float(absolute.mean()), rest


def _channel_order(channels: int, *, swapped: bool) -> str:
    order = {1: "grey", 2: "grey, alpha", 3: "RGB", 4: "RGBA"}[channels]
    return order.replace("RGB", "BGR") if swapped else order
