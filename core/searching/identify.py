"""Which recipes made an array of a picture?

Cheap tests come first: how the array may hold a picture (`layouts`), which part of the source that shows (`regions`),
and how it is placed (`placements`). Then every group of decodes that makes the same pixels meets every resize in those
places, with every cast (`trials`). Trials are ranked by what a line through each channel's values leaves over
(`value_fit`), so that no normalisation has to be known. The nearest get the normalisation that fits (`value_chains`),
and are compared with the array in full, bit for bit.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import ArrayError
from ..image import Image
from ..pipeline import StepCache
from ..source import Source
from .candidates import LISTED, Candidate, Found, Shortlist
from .decodings import Decoding, Decodings, phases
from .hypotheses import Hypothesis, hypotheses
from .layouts import layouts
from .placements import Placement, unresized
from .targets import targets
from .trials import Try, cast, trials, ways
from .value_fit import CLIPPED_LEVELS, sample_rows

Verdict: TypeAlias = Literal["identical", "rounding", "none"]

LISTED_NEAREST = 5
NEAREST_WITHIN_LEVELS = 10.0
"""Where nothing fits, the nearest are told if they are as near as this on average."""

_BASE_PIXELS = 60_000
_GAIN = 2.0
"""By how much more than two decodes differ their resizes may: kernels with negative lobes amplify."""

_CAST_WITHIN_LEVELS = 1.0
"""Floats that are further off are not cast: no cast moves a value by more than a level, but for the few that wrap."""

_AGAIN_WITHIN_LEVELS = 0.05
"""Once the array has been made, a further decoding is searched through where the same ways come so near, and no resize
is tried where none comes so near."""

_MOST_MADE_BY = 4

_HOPELESS_LEVELS = 14.0
"""Where quick resizes come no nearer none will: unlike pictures are further off than they are counted."""

_FAR_TIMES, _FAR_LEVELS = 2.0, 2.0
"""A place is not searched where the quick resizes come so many times as near, and so many levels, in another one."""

_OWN_BASE_FROM_LEVELS = 4.0
"""A decoding so far from all that were searched through is searched through itself."""


@dataclass(frozen=True, eq=False)
class Identification:
    """What an array is.

    Attributes:
        verdict: `identical` where a recipe makes the array bit for bit, `rounding` where one comes within a level
            everywhere, `none` where no recipe does.
        candidates: the recipes, the best first; where the verdict is `none` the nearest, which did not make it.
        searched: how many pictures were compared with the array.
        complete: whether the search came to its end.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...]
    searched: int
    complete: bool = True


@dataclass(frozen=True, eq=False)
class Progress:
    """What the search does now, the part of it that is done (0 to 1), and the answer so far, once there is one."""

    text: str
    part: float
    so_far: Identification | None = None


def identify(
    source: Source,
    values: npt.NDArray[Any],
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    step_cache: StepCache | None = None,
) -> Identification:
    """The recipes that make `values` of `source`.

    `values` is a picture in any layout and normalisation, such as `core.array_file.read_array` gives. A first answer
    comes with the progress as soon as the likeliest place in a usual decode has been searched; `should_stop` is asked
    often, and what was found until then is given. Raises `ArrayError` where `values` cannot hold a picture.
    """
    _check(values)
    search = _Search(source, values, on_progress or _tell_nobody, should_stop or (lambda: False), step_cache)
    return search.carry_out()


def _tell_nobody(progress: Progress) -> None:
    del progress


def _check(values: npt.NDArray[Any]) -> None:
    if not layouts(values.shape) or values.size == 0:
        raise ArrayError(
            f"An array of shape {values.shape} holds no picture.",
            "Give height x width x channels or channels x height x width with 1 to 4 channels, or a batch of these.",
        )
    if values.dtype.kind not in "uif":
        raise ArrayError(f"An array of {values.dtype} holds no picture.", "Give whole numbers or floats.")
    wrong = values.size - int(np.count_nonzero(np.isfinite(values)))
    if wrong:
        raise ArrayError(
            f"{wrong} of {values.size} values are not finite.", "No recipe makes such: look for a division by 0."
        )


@dataclass(eq=False)
class _Base:
    """A decoding that was searched through: rows of its picture, and how near each way came."""

    rows: npt.NDArray[Any]
    shape: tuple[int, ...]
    scores: dict[tuple[int, Try], float]


class _Search:
    def __init__(
        self,
        source: Source,
        values: npt.NDArray[Any],
        tell: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        step_cache: StepCache | None,
    ) -> None:
        self._source, self._tell, self._should_stop = source, tell, should_stop
        self._decodings = Decodings(source, step_cache)
        every = [target for layout in layouts(values.shape) for target in targets(values, layout)]
        self._hypotheses = hypotheses(source, every)
        self._places: dict[tuple[int, tuple[int, ...]], dict[Placement, float]] = {}
        self._bases: list[_Base] = []
        self._shortlist = Shortlist()
        self._made_by: list[tuple[Hypothesis, Try]] = []
        self._searched = 0
        self._doing, self._part, self._has_answered = "", 0.0, False

    def carry_out(self) -> Identification:
        """All phases, or those until it is stopped."""
        every = phases()
        total, done = sum(len(phase.decodes) for phase in every), 0
        before: tuple[str, ...] = ()
        for phase in every:
            self._doing = f"Trying {phase.title}."
            self._say()
            added = tuple(library for library in phase.resizers if library not in before)
            if before and added:
                self._catch_up(added)
            before = phase.resizers
            for decode in phase.decodes:
                if self._should_stop():
                    return self._answer(complete=False)
                met = self._decodings.meet(decode)
                if met is not None:
                    self._search_through(*met, phase.resizers)
                done += 1
                self._part = done / total
                self._say()
            self._say(self._answer(complete=False))
        return self._answer(complete=True)

    def _say(self, so_far: Identification | None = None) -> None:
        self._tell(Progress(self._doing, self._part, so_far))
        self._has_answered |= so_far is not None

    def _catch_up(self, libraries: tuple[str, ...]) -> None:
        """The decodings met so far, with the resizes of further libraries."""
        for decoding in list(self._decodings):
            image = self._decodings.image(decoding.members[0])
            if image is not None and not self._should_stop():
                self._search_through(decoding, image, libraries)

    def _search_through(self, decoding: Decoding, image: Image, libraries: tuple[str, ...]) -> None:
        """All ways that may have made the array of this decoding's picture, with the resizes of some libraries."""
        rows = image[sample_rows(image.shape[0], image.shape[1], _BASE_PIXELS)]
        near, distance = self._nearest_base(rows, image)
        is_known = near is not None and distance == 0
        if not is_known and self._made_by and not self._is_made_again(decoding, image):
            return
        scores: dict[tuple[int, Try], float] = {}
        for number, hypothesis in enumerate(self._hypotheses):
            for placement in self._placed(number, hypothesis, image):
                if placement.size and scores.get((number, (unresized(), ())), math.inf) <= _AGAIN_WITHIN_LEVELS:
                    continue  # what is there without a resize would be there after many that do nothing
                for way in ways((placement,), libraries, image):
                    if self._should_stop():
                        return
                    if near is None or near.scores.get((number, way), 0.0) <= _GAIN * distance + 1.0:
                        scores[number, way] = self._try(hypothesis, decoding, image, way)
                self._say(None if self._has_answered else self._answer(complete=False))
        if near is not None and is_known:
            near.scores.update(scores)
        elif distance > _OWN_BASE_FROM_LEVELS:
            self._bases.append(_Base(rows, image.shape, scores))

    def _is_made_again(self, decoding: Decoding, image: Image) -> bool:
        """Whether a way that has made the array of another decoding's picture comes near with this one's too.

        It does where the picture hardly shows a difference between them, such as one of flat areas.
        """
        made = (self._try(hypothesis, decoding, image, way) for hypothesis, way in self._made_by)
        return min(made) <= _AGAIN_WITHIN_LEVELS

    def _nearest_base(self, rows: npt.NDArray[Any], image: Image) -> tuple[_Base | None, float]:
        """The nearest decoding searched through, and its mean distance in levels.

        If a way made the array of this picture, it makes of the other one what is about as far away as the two are, and
        a way that came no nearer there need not be tried here.
        """
        alike = [base for base in self._bases if base.shape == image.shape]
        distances = [float(np.abs(base.rows.astype(np.float32) - rows).mean()) for base in alike]
        if not distances:
            return None, math.inf
        nearest = int(np.argmin(distances))
        return alike[nearest], distances[nearest]

    def _placed(self, number: int, hypothesis: Hypothesis, image: Image) -> tuple[Placement, ...]:
        """Where the array may lie in pictures of this size; nowhere if it lies in those of another by far better."""
        if not hypothesis.suits(image):
            return ()
        key = (number, image.shape[:2])
        if key not in self._places:
            self._places[key] = hypothesis.placements(image)
        least = [min(found.values(), default=math.inf) for found in self._places.values()]
        bound = min(_HOPELESS_LEVELS, _FAR_TIMES * min(least) + _FAR_LEVELS)
        return tuple(each for each, rate in self._places[key].items() if rate <= bound)

    def _try(self, hypothesis: Hypothesis, decoding: Decoding, image: Image, way: Try) -> float:
        """The nearest that `way` comes, in levels; what is near enough is kept."""
        nearest = CLIPPED_LEVELS
        for trial in trials(image, way, hypothesis.target.wanted):
            found = self._compared(Found(hypothesis, decoding, trial), way)
            nearest = min(nearest, found.residual_levels)
            is_float = trial.image.dtype == np.float32
            if is_float and hypothesis.target.wanted.quantised and found.residual_levels <= _CAST_WITHIN_LEVELS:
                casts = [self._compared(Found(hypothesis, decoding, each), way) for each in cast(trial)]
                nearest = min(nearest, *(each.residual_levels for each in casts))
        return nearest

    def _compared(self, found: Found, way: Try) -> Found:
        self._searched += 1
        self._shortlist.add(found)
        if found.is_exact and len(self._made_by) < _MOST_MADE_BY and (found.hypothesis, way) not in self._made_by:
            self._made_by.append((found.hypothesis, way))
        return found

    def _answer(self, *, complete: bool) -> Identification:
        """The verdict and the candidates among what was kept."""
        found = sorted(self._shortlist.settled(), key=Candidate.order)
        identical = [each for each in found if each.verdict == "identical"]
        near = [each for each in found if each.verdict == "rounding"][:LISTED]
        if identical or near:
            verdict: Verdict = "identical" if identical else "rounding"
            return Identification(verdict, tuple(identical + near), self._searched, complete)
        nearest = [each for each in found if each.mean_abs <= NEAREST_WITHIN_LEVELS][:LISTED_NEAREST]
        return Identification("none", tuple(nearest), self._searched, complete)
