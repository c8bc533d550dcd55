"""Carrying out a recipe on a source, stage after stage."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from .errors import ProcessLostError, SamePixelsError, SpokenError, StageError
from .image import Image, as_image
from .limits import check_target, limits
from .operations.catalogue import library_of
from .operations.declaration import Operation, Value
from .operations.libraries import load
from .operations.notes import collected
from .operations.target_size import TargetSize
from .recipe import Recipe, Stage
from .source import Source


@dataclass(frozen=True, eq=False)
class Step:
    """What one stage made.

    `elapsed_s` is what it took when it was carried out, `reused` whether that was earlier. `level` is by how much a
    value grows for one level (1/255 of white): 1 until a normalise stage.
    """

    stage: Stage
    image: Image
    elapsed_s: float
    notes: tuple[str, ...] = ()
    level: float = 1.0
    reused: bool = False


@dataclass(frozen=True)
class Failure:
    """The stage that failed, and why."""

    stage: Stage
    error: SpokenError


@dataclass(frozen=True, eq=False)
class Trace:
    """What a recipe made of a source: a step for each stage up to the end or to the failure."""

    source: Source
    recipe: Recipe
    steps: tuple[Step, ...]
    failure: Failure | None = None

    @property
    def image(self) -> Image | None:
        """The last stage's image, or None when a stage failed."""
        return None if self.failure else self.steps[-1].image

    @property
    def is_lost(self) -> bool:
        """Whether it ends where a process was lost: it must not be kept then."""
        return self.failure is not None and isinstance(self.failure.error, ProcessLostError)

    def raise_lost(self) -> None:
        """Raises the `ProcessLostError` that it ends with, if it does: for those to whom a failure is an answer."""
        if self.failure is not None and self.is_lost:
            raise self.failure.error

    @property
    def elapsed_s(self) -> float:
        """The stages' own seconds, added up."""
        return sum(step.elapsed_s for step in self.steps)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The stages' remarks, each with its stage's name."""
        return tuple(f"{step.stage.name}: {text}" for step in self.steps for text in step.notes)


class StepCache(Protocol):
    """Where steps are kept between runs, under (sha256 of the source, text of the stages up to this one)."""

    def get(self, key: tuple[str, str]) -> Step | None:
        """The step kept under `key`, if it still is."""

    def put(self, key: tuple[str, str], step: Step) -> None:
        """Keeps `step`, as long as there is room."""


def run(
    source: Source,
    recipe: Recipe,
    step_cache: StepCache | None = None,
    on_stage: Callable[[Stage], None] | None = None,
) -> Trace:
    """What `recipe` makes of `source`.

    A stage that fails ends the trace and is its `failure`; nothing is raised. Steps found in `step_cache` are not
    carried out again, so that a changed resize decodes nothing. `on_stage` is called before each stage that is.
    """
    steps: list[Step] = []
    for count, stage in enumerate(recipe.stages, start=1):
        key = (source.sha256, recipe.prefix_text(count) if step_cache is not None else "")
        if step_cache is not None and (kept := step_cache.get(key)):
            steps.append(replace(kept, reused=True))
            continue
        if on_stage:
            on_stage(stage)
        try:
            step = carry_out(stage, steps[-1].image if steps else source.data, steps[-1].level if steps else 1.0)
        except SpokenError as error:
            return Trace(source, recipe, tuple(steps), Failure(stage, error))
        if step_cache is not None:
            step_cache.put(key, step)
        steps.append(step)
    return Trace(source, recipe, tuple(steps))


class Carrier(Protocol):
    """Who carries out stages: this process itself, or others that may die of them (`core.isolation.pool.Pool`)."""

    def carry_out(self, stage: Stage, given: bytes | Image, level: float) -> Step:
        """What `carry_out_here` gives; raises as it does, and `ProcessLostError` where the stage's process is lost."""


class _InCharge:
    """The process's one current carrier; None for itself."""

    carrier: Carrier | None = None


def put_in_charge(carrier: Carrier | None) -> Carrier | None:
    """Has `carrier` carry out all stages from now on, or this process with None; gives who was in charge before."""
    before, _InCharge.carrier = _InCharge.carrier, carrier
    return before


def carry_out(stage: Stage, given: bytes | Image, level: float = 1.0) -> Step:
    """The step that one stage makes of `given`: a file's bytes for a decode, else an image whose level is `level`.

    Raises `StageError` or `LibraryMissingError`, and `RecipeError` where its size is beyond the limits in force.
    """
    if not isinstance(given, bytes):
        _check_target(stage, given)
    carrier = _InCharge.carrier
    return carrier.carry_out(stage, given, level) if carrier else carry_out_here(stage, given, level)


def carry_out_here(stage: Stage, given: bytes | Image, level: float = 1.0) -> Step:
    """The same in this process and without a look at the size, whoever is in charge."""
    if library := library_of(stage.name):
        load(library)  # before the clock starts: TensorFlow's import of ten seconds is not the stage's time
    operation = stage.operation
    start_s = time.perf_counter()
    with collected() as notes:
        image = _call(operation, given, stage.options)
    elapsed_s = time.perf_counter() - start_s
    if operation.level is not None:
        level *= operation.level(**stage.options)
    return Step(stage, image, elapsed_s, tuple(notes), level)


def _check_target(stage: Stage, image: Image) -> None:
    """Before a library allocates anything: `shorter=` of a very long picture may ask for more than there is memory."""
    options = stage.options
    size = options.get("size")
    if isinstance(size, TargetSize):
        height, width, channels = image.shape
        rounding = str(options.get("side_rounding", "half_up"))
        target_wh = size.resolve((width, height), rounding)
        check_target(size, (width, height), target_wh, channels, limits())


def _call(operation: Operation, given: bytes | Image, options: Mapping[str, Value]) -> Image:
    """Runs the adapter; whatever a library raises becomes a `StageError` with its words."""
    try:
        result = operation.run(given, **options)
    except SamePixelsError:
        raise
    except MemoryError as error:
        raise StageError(f"{operation.name} ran out of memory.", "Choose a smaller size.") from error
    except Exception as error:
        words = " ".join(str(error).split())[:300] or type(error).__name__
        raise StageError(f"{operation.name} failed: {words}", "Choose another operation or other options.") from error
    return as_image(result)  # type: ignore[arg-type]
