"""From trials that come near to candidates: with the normalisation that fits, compared with the array in full."""

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

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
from .value_chains import Chain, free_chains, known_chains, rest_levels, written_chains
from .value_fit import ValueFit, sample_rows, storage_noise_levels
from .variants import simplicity

CandidateVerdict: TypeAlias = Literal["identical", "rounding", "different"]

KEPT = 48
"""How many of the nearest trials are compared in full, besides all that leave nothing over."""

KEPT_EXACT = 400

LISTED = 20
"""How many candidates are listed that are not identical; those that are, all."""

RESPECTS = 5
"""Of so many of the nearest it is told in which respect they differ: that costs as much as to try them."""

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
        return _RANKS.index(self.verdict), self.mean_abs, self.max_abs, simplicity(self.recipe.stages)


class Found:
    """A trial of a decoding, and the lines of its values to the array's."""

    def __init__(self, hypothesis: Hypothesis, decoding: Decoding, trial: Trial) -> None:
        self.hypothesis, self.decoding, self.trial = hypothesis, decoding, trial
        self.fit: ValueFit = hypothesis.target.fit(trial.image, swapped=hypothesis.swapped)

    @property
    def residual_levels(self) -> float:
        """What the lines leave over."""
        return self.fit.residual_levels

    @property
    def short_trial(self) -> Trial | None:
        """The trial, where the array has so few digits that another normalisation than a known one may be meant."""
        return self.trial if self.hypothesis.target.picture.dtype == np.float16 else None

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
        chains: dict[tuple[Any, ...], Chain | None] = {}
        settled: list[_Settled] = []
        for kept in (self._exact, near):
            for found in kept:
                # The first is the nearest of its hypothesis: from it the normalisation shows best. Of those that leave
                # nothing over each decode has its own, since some decode to 256 levels more or less; and of float16,
                # which leaves nothing over of much that is not alike, each trial.
                origin = (found.hypothesis, *((found.decoding, found.short_trial) if kept is self._exact else ()))
                if origin not in chains:
                    chains[origin] = chain_of_found(found)
                chain = chains[origin]
                candidate = _candidate(found, chain) if chain is not None else None
                if chain is not None and candidate is not None:
                    settled.append(_Settled(found, chain, candidate))
            if any(each.candidate.verdict == "identical" for each in settled):
                break
        simplest = _without_idle_stages(settled)
        nearest = sorted(simplest, key=lambda each: each.candidate.order())
        exact = sum(each.candidate.verdict == "identical" for each in nearest)
        told = [_with_respect(each) for each in nearest[:RESPECTS]] + nearest[RESPECTS : exact + LISTED]
        return [each for settled in told for each in _of_every_decode(settled.candidate, settled.found.decoding)]


class _Settled(NamedTuple):
    """A candidate, and what it was made from."""

    found: Found
    chain: Chain
    candidate: Candidate


def _without_idle_stages(settled: list[_Settled]) -> list[_Settled]:
    """Those that no other makes as well with some of their stages left out."""
    known: dict[tuple[Any, ...], _Settled] = {}
    for each in settled:
        known.setdefault(_likeness(each.candidate, each.candidate.recipe.stages), each)
    return [
        each
        for each in known.values()
        if not any(_likeness(each.candidate, fewer) in known for fewer in _fewer(each.candidate.recipe.stages))
    ]


def _likeness(candidate: Candidate, stages: Stages) -> tuple[Any, ...]:
    return stages, candidate.layout, candidate.max_abs, candidate.mean_abs


def _fewer(stages: Stages) -> Iterator[Stages]:
    """What is left where one or more stages after the decode are left out."""
    decode, *others = stages
    for count in range(len(others)):
        for left in itertools.combinations(others, count):
            yield decode, *left


def _with_respect(settled: _Settled) -> _Settled:
    """With the respect in which it differs, if it does."""
    found, chain, candidate = settled
    if candidate.verdict != "different":
        return settled
    made = _made(found, chain)
    words = respect(made / np.abs(chain.scale), rest_levels(found.hypothesis.target.whole, made, chain))
    return settled._replace(candidate=replace(candidate, respect=words))


def _of_every_decode(candidate: Candidate, decoding: Decoding) -> Iterator[Candidate]:
    for decode in decoding.members:
        yield replace(candidate, recipe=Recipe((decode, *candidate.recipe.stages[1:])))


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
        is_unsure = found.short_trial is not None and not _makes_the_very_values(found, best[1])
        return (is_unsure and _written_chain(found)) or best[1]
    free = [
        (rest, chain)
        for chain in free_chains(found.fit, swapped=swapped)
        if (rest := _mean_rest(found, chain)) is not None
    ]
    if not free:
        return best[1] if best else None
    least = min(rest[0] for rest, _ in free)
    return next(chain for rest, chain in free if rest[0] <= 1.02 * least + 1e-9)


def _written_chain(found: Found) -> Chain | None:
    """The shortest `normalize.affine` that makes the very values, where one does: its numbers are near known ones."""
    chains = written_chains(found.fit, swapped=found.hypothesis.swapped)
    return next((chain for chain in chains if _makes_the_very_values(found, chain)), None)


def _makes_the_very_values(found: Found, chain: Chain) -> bool:
    """Whether the chain makes some rows of the array bit for bit."""
    rows = _some_rows(found, chain)
    return rows is not None and bool((rows[1].astype(rows[0].dtype) == rows[0]).all())


def _mean_rest(found: Found, chain: Chain) -> tuple[float] | None:
    """The mean of what is left in some rows; None where the chain cannot be carried out."""
    rows = _some_rows(found, chain)
    return rows and (float(np.minimum(np.abs(rest_levels(*rows, chain)), 16.0).mean()),)


def _some_rows(found: Found, chain: Chain) -> tuple[npt.NDArray[Any], Image] | None:
    """Rows of the array, and what the chain makes of the trial's; None where it cannot be carried out."""
    picture = found.hypothesis.target.picture
    rows = sample_rows(picture.shape[0], picture.shape[1], 40_000)
    try:
        return picture[rows], chain.carry(as_image(found.trial.image[rows].copy()))
    except SamePixelsError:
        return None


def _candidate(found: Found, chain: Chain) -> Candidate | None:
    """`found` after the stages of `chain`, with the first decode that makes it; None where they fail."""
    target = found.hypothesis.target
    try:
        made = _made(found, chain)
    except SamePixelsError:
        return None
    verdict, max_abs, mean_abs = _judged(target.whole, made, chain)
    before, after = _bars(found, chain)
    stages = (*found.trial.stages, *before, *chain.stages, *after)
    normalisation = [str(each) for each in chain.stages if each.operation.kind == "normalize"]
    return Candidate(
        recipe=Recipe((found.decoding.members[0], *stages)),
        verdict=verdict,
        max_abs=max_abs,
        mean_abs=mean_abs,
        layout=str(target.layout),
        channel_order=_channel_order(made.shape[2], swapped=chain.swapped),
        normalisation="".join(normalisation),
        scale=chain.scale,
        offset=chain.offset,
    )


def _made(found: Found, chain: Chain) -> Image:
    """The trial with its bars and the array's values."""
    before, after = _bars(found, chain)
    return _carried(chain.carry(_carried(found.trial.image, before)), after)


def _bars(found: Found, chain: Chain) -> tuple[Stages, Stages]:
    """The letterbox before the stages of `chain`, and after them."""
    frame = found.hypothesis.target.frame
    return frame.padded(chain) if frame else ((), ())


def _carried(image: Image, stages: Stages) -> Image:
    for each in stages:
        image = carry_out(each, image).image
    return image


def _judged(picture: npt.NDArray[Any], made: Image, chain: Chain) -> tuple[CandidateVerdict, float, float]:
    """The verdict on `made`, and the furthest and the mean in levels."""
    whole_numbers = picture.dtype.kind in "ui"
    with np.errstate(over="ignore", invalid="ignore"):
        stored = (np.rint(made) if whole_numbers else made).astype(picture.dtype)
    if np.array_equal(stored, picture) and (not whole_numbers or np.array_equal(stored, made)):
        return "identical", 0.0, 0.0
    absolute = np.abs(rest_levels(picture, made, chain))
    furthest = float(absolute.max())
    # Float arithmetic of a normalise stage turns a difference of exactly one level into a hair more or less.
    within = furthest <= ROUNDING_LEVELS * (1 + 1e-4)
    return "rounding" if within else "different", furthest, float(absolute.mean())


def _channel_order(channels: int, *, swapped: bool) -> str:
    order = {1: "grey", 2: "grey, alpha", 3: "RGB", 4: "RGBA"}[channels]
    return order.replace("RGB", "BGR") if swapped else order
