"""The nearest recipe in another library.

A recipe's decode and resizes are exchanged for the other library's, stage after stage. All of its decodes are tried on
the picture. Its resizes are ordered by their measured matrices, which cost little at a small size and tell kernels
apart that one picture may not; the nearest are confirmed by pixels, with the casts that make them compute in the dtype
that is wanted. A few of the nearest beginnings go on, since the best decode need not make the best end. Crops, casts
and normalisations need no library and stay as they are. Decodes of another size are left out: shrinking in the decoder
may come nearer on one picture, but is no way to write another library's resize.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from ..codegen import generate
from ..compare import ROUNDING_LEVELS, Outcome, Verdict, compare_images
from ..errors import RecipeError, SamePixelsError, StageError
from ..image import Image
from ..measuring.axis_model import furthest
from ..operations.catalogue import library_of
from ..operations.declaration import Value
from ..operations.libraries import load
from ..operations.target_size import Fit, TargetSize
from ..operator import Operator, measure_stage
from ..pipeline import Step, carry_out, run
from ..progress import Progress, unheard
from ..recipe import Recipe, Stage, parse_stage
from ..source import Source
from .bridges import Stages, casts_after, casts_before
from .emulation import Emulation, emulate
from .variants import libraries_with, library_variants, simplicity

MEASURED_SIZE_WH = (90, 71)
"""Resizes are told apart at this size, to about the picture's own ratio: a hundred take a few seconds."""

MEASURED_RATIO = (1 / 8, 3.0)
"""The ratio is kept between these: below, nothing new shows, and above it only costs."""

CONFIRMED = 12
"""How many of the nearest resizes are confirmed by pixels."""

BEGINNINGS = 4
"""How many beginnings that make different pictures go on to the next stage."""


@dataclass(frozen=True, eq=False)
class Translation:
    """The nearest recipe that was found, and what remains of the difference on the picture.

    Attributes:
        recipe: the translation.
        outcome: the original's picture against the translation's.
        searched: how many ways to do a stage were tried.
        kept: stages of other libraries that stay, since the library has nothing for them.
        emulation: where the verdict is `different`: the original's resize in numpy, or why there is none.
    """

    recipe: Recipe
    outcome: Outcome
    searched: int
    kept: Stages = ()
    emulation: Emulation | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether it is identical, differs by rounding, or by more."""
        return self.outcome.verdict

    @property
    def code(self) -> str:
        """The translation as a script that needs its libraries alone."""
        return generate(self.recipe)


@dataclass(frozen=True, eq=False)
class _Path:
    """A beginning of the translation, and what it has made so far."""

    stages: Stages
    made: bytes | Image
    remains: tuple[int, float] | None = None


@dataclass(frozen=True, eq=False)
class _Aim:
    """The original's step, and whether any dtype will do, since a normalisation makes floats of it."""

    step: Step
    any_dtype: bool


def translate(source: Source, recipe: Recipe, library: str, on_progress: Progress = unheard) -> Translation:
    """The recipe nearest to `recipe` on `source` whose decode and resizes are those of `library`.

    `library` is the part of operations' names before the dot. What it cannot do stays as it is (`tensorflow_v1` has no
    decoder). Raises `RecipeError` for an unknown library, `LibraryMissingError` for one that is not installed, and
    `StageError` where the recipe fails on the picture.
    """
    _require(library)
    trace = run(source, recipe)
    trace.raise_lost()
    if trace.failure is not None or trace.image is None:
        assert trace.failure is not None
        error = trace.failure.error
        raise StageError(f"{trace.failure.stage} fails on {source.name}: {error.message}", error.remedy)
    paths, searched = [_Path((), source.data)], 0
    kept: list[Stage] = []
    given: bytes | Image = source.data
    for number, step in enumerate(trace.steps, start=1):
        on_progress((number - 1) / len(trace.steps), f"{step.stage.operation.kind}: searching {library}")
        becomes_float = any(later.stage.operation.kind == "normalize" for later in trace.steps[number:])
        aim = _Aim(step, any_dtype=becomes_float and number > 1)
        found, tried = _translated(paths, aim, given, library)
        if not found:
            found, kept = _carried(paths, aim), [*kept, step.stage]
        paths, given, searched = found, step.image, searched + tried
    best = paths[0]
    assert not isinstance(best.made, bytes)
    outcome = compare_images(trace.image, best.made, trace.steps[-1].level)
    emulation = emulate(trace) if outcome.verdict == "different" else None
    return Translation(Recipe(best.stages), outcome, searched, _of_other_libraries(kept, library), emulation)


def _require(library: str) -> None:
    known = tuple(dict.fromkeys((*libraries_with("decode"), *libraries_with("resize"))))
    if library not in known:
        raise RecipeError(f"There is no library {library!r}.", f"Choose one of {', '.join(known)}.")
    behind = library_of(library_variants("resize", library, {"size": TargetSize.exact(1, 1)})[0].name)
    assert behind is not None
    load(behind)


def _of_other_libraries(kept: Iterable[Stage], library: str) -> Stages:
    return tuple(each for each in kept if library_of(each.name) is not None and each.operation.library != library)


def _translated(paths: list[_Path], aim: _Aim, given: bytes | Image, library: str) -> tuple[list[_Path], int]:
    """The nearest ways on from `paths`, and how many were tried; none where the stage stays as it is."""
    original = aim.step.stage.operation
    if original.kind not in ("decode", "resize") or original.library == library:
        return [], 0
    if original.kind == "decode":
        ways = library_variants("decode", library, {})
        tried = [_gone_on(path, (way,)) for path in paths for way in ways]
        return _nearest(filter(None, tried), aim), len(tried)
    assert not isinstance(given, bytes)
    near = _near_resizes(aim.step, given, library)
    made = [each for path in paths for resize in near for each in _resized(path, resize, aim)]
    return _nearest(made, aim), len(made)


def _carried(paths: list[_Path], aim: _Aim) -> list[_Path]:
    """The stage itself, carried out on each path."""
    return _nearest(filter(None, (_gone_on(path, (aim.step.stage,)) for path in paths)), aim)


def _resized(path: _Path, resize: Stage, aim: _Aim) -> Iterator[_Path]:
    """`path` gone on by a resize, in the dtypes in which it may compute, and cast to the one that is wanted."""
    assert not isinstance(path.made, bytes)
    for before in casts_before(path.made):
        resized = _gone_on(path, (*before, resize))
        if resized is not None:
            assert not isinstance(resized.made, bytes)
            if aim.any_dtype:
                yield resized
            tails = casts_after(resized.made, aim.step.image.dtype)
            yield from filter(None, (_gone_on(resized, tail) for tail in tails))


def _gone_on(path: _Path, way: Stages) -> _Path | None:
    """`path` gone on by `way`; None where that fails."""
    made = path.made
    try:
        for each in way:
            made = carry_out(each, made).image
    except SamePixelsError:
        return None
    return _Path((*path.stages, *way), made)


def _nearest(paths: Iterable[_Path], aim: _Aim) -> list[_Path]:
    """The nearest `BEGINNINGS` at different distances, of the original's shape and, unless any will do, its dtype."""
    alike = [replace(path, remains=remains) for path in paths if (remains := _remains(path, aim))]
    nearest: dict[tuple[int, float], _Path] = {}
    for path in sorted(alike, key=_order):
        assert path.remains is not None
        nearest.setdefault(path.remains, path)
    return list(nearest.values())[:BEGINNINGS]


def _order(path: _Path) -> tuple[tuple[int, float], tuple[int, int]]:
    assert path.remains is not None
    return path.remains, simplicity(path.stages)


def _remains(path: _Path, aim: _Aim) -> tuple[int, float] | None:
    made, wanted = path.made, aim.step.image
    if isinstance(made, bytes) or made.shape != wanted.shape or not (aim.any_dtype or made.dtype == wanted.dtype):
        return None
    return remaining(wanted, made, aim.step.level)


def remaining(wanted: Image, made: Image, level: float) -> tuple[int, float]:
    """What a search makes small: the verdict (identical 0, rounding 1, different 2), then the root mean square.

    The verdicts are those of `core.compare`, without its counts, which cost ten times as much.
    """
    difference = np.subtract(made, wanted, dtype=np.float32)
    furthest_value = float(np.abs(difference).max())
    verdict = 0 if furthest_value == 0 else 1 if furthest_value <= ROUNDING_LEVELS * level * (1 + 1e-5) else 2
    return verdict, float(np.sqrt(np.mean(np.square(difference, dtype=np.float64))))


def _near_resizes(step: Step, given: Image, library: str) -> tuple[Stage, ...]:
    """The library's resizes whose matrices are nearest to the original's."""
    size = _given_size(step)
    small = TargetSize.exact(*_small_size_wh(given, step.image))
    wanted = _measured(str(_made_small(step.stage, small)))
    ways = library_variants("resize", library, size)
    distances = {each: _distance(wanted, _measured(str(_made_small(each, small)))) for each in ways}
    return tuple(sorted(ways, key=lambda each: (distances[each], simplicity((each,)))))[:CONFIRMED]


def _given_size(step: Step) -> dict[str, Value]:
    """The options that say how large: shorter= and longer= stay, any other is the size that came out."""
    options = step.stage.options
    size = options["size"]
    assert isinstance(size, TargetSize)
    if size.fit is not Fit.EXACT:
        return {"size": size, "side_rounding": options["side_rounding"]}
    height, width = step.image.shape[:2]
    return {"size": TargetSize.exact(width, height)}


def _made_small(resize: Stage, size: TargetSize) -> Stage:
    bounded = {"preserve_aspect_ratio": False} if "preserve_aspect_ratio" in resize.options else {}
    return resize.replace(size=size, **bounded)


def _small_size_wh(given: Image, made: Image) -> tuple[int, int]:
    low, high = MEASURED_RATIO
    ratios = (min(max(made.shape[axis] / given.shape[axis], low), high) for axis in (1, 0))
    width, height = (max(1, round(side * ratio)) for side, ratio in zip(MEASURED_SIZE_WH, ratios, strict=True))
    return width, height


@cache
def _measured(text: str) -> Operator | None:
    """The operator of a stage at the small size; None where it fails."""
    try:
        return measure_stage(parse_stage(text), MEASURED_SIZE_WH)
    except SamePixelsError:
        return None


def _distance(a: Operator | None, b: Operator | None) -> float:
    if a is None or b is None:
        return float("inf")
    return max(furthest(a.x, b.x), furthest(a.y, b.y))
