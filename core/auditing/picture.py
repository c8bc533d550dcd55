"""One picture of an audit: read, run through all recipes, compared."""

import math
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple, TypeAlias

from ..compare import Comparison, Incomparable, Measuring, compare
from ..difference import Difference
from ..errors import SamePixelsError
from ..pipeline import Step, run
from ..source import Source
from ..ssim import ssim
from ..statistics import PEAK
from .entries import Entry
from .job import Job
from .reading import read_entry
from .rows import Row, compared_row, error_row, kind_of

FINAL = "final"
_DIFFERENCES_IN_THIS_THREAD = Measuring(threads=1, differences_only=True)


class Key(NamedTuple):
    """What differences are added up by: one B, stage, number of channels, dtype and level.

    `stage` is `final`, or a checkpoint's name such as "after decode"; `dtype` is uint8 or float32.
    """

    recipe_b: int
    stage: str
    channels: int
    dtype: str
    level: float


class Audited(NamedTuple):
    """What came of one picture: a row for each B, and the differences to add up."""

    rows: list[Row]
    differences: list[tuple[Key, Difference]]


Steps: TypeAlias = Generator[int, None, Audited]
"""A picture's steps up to what came of it. Between them, when others may have their turn, it yields its pixels."""


def to_the_end(steps: Steps) -> Audited:
    """All steps at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            audited: Audited = end.value
            return audited


class StepMemory:
    """The steps of one picture, since the recipes often begin alike."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], Step] = {}

    def get(self, key: tuple[str, str]) -> Step | None:
        """The step kept under `key`, if there is one."""
        return self._steps.get(key)

    def put(self, key: tuple[str, str], step: Step) -> None:
        """Keeps `step`."""
        self._steps[key] = step


def audit_picture(job: Job, index: int, entry: Entry) -> Steps:
    """All that an audit says of a picture; what is wrong with it is said in its rows, and nothing is raised for it."""
    if entry.problem_kind is not None:
        problem = SamePixelsError(entry.problem or "", entry.remedy or "")
        return failed(job, index, entry, entry.problem_kind, problem)
    try:
        source = read_entry(entry, job.limits)
    except SamePixelsError as error:
        return failed(job, index, entry, kind_of(error), error)
    audited = Audited([], [])

    def take(number: int, comparison: Comparison) -> None:
        audited.rows.append(compared_row(index, number, entry, comparison, _ssim(job, comparison)))
        audited.differences.extend(_differences(number, comparison))

    yield from comparisons(job, source, take)
    return audited


def failed(job: Job, index: int, entry: Entry, kind: str, error: SamePixelsError) -> Audited:
    """A picture that could not be compared at all: a row with the error for each B."""
    return Audited([error_row(index, number, entry, kind, error) for number in range(len(job.bs))], [])


def comparisons(job: Job, source: Source, take: Callable[[int, Comparison], None]) -> Generator[int, None, None]:
    """Gives `take` A against each B, with B's number. Stages that recipes share are carried out once."""
    pixels = math.prod(source.header.size_wh or (0, 0))
    steps = StepMemory() if _is_shared(job) else None
    yield pixels
    a = run(source, job.a, steps)
    for number, recipe in enumerate(job.bs):
        yield pixels
        b = run(source, recipe, steps)
        yield pixels
        comparison = compare(a, b, with_checkpoints=job.checkpoints == "all", how=_DIFFERENCES_IN_THIS_THREAD)
        yield pixels
        take(number, comparison)


def _is_shared(job: Job) -> bool:
    firsts = [recipe.stages[0] for recipe in (job.a, *job.bs)]
    return len(set(firsts)) < len(firsts)


def _ssim(job: Job, comparison: Comparison) -> float | None:
    a, b, final = comparison.a.image, comparison.b.image, comparison.final
    if not job.with_ssim or a is None or b is None or isinstance(final, Incomparable):
        return None
    return ssim(a, b, data_range=PEAK * final.level, threads=1)


def _differences(number: int, comparison: Comparison) -> Iterator[tuple[Key, Difference]]:
    """Of each pair of stages and of the end; what is measured at the end already is not counted twice."""
    met: Counter[str] = Counter()
    for name, outcome in (*((each.name, each.outcome) for each in comparison.checkpoints), (FINAL, comparison.final)):
        met[name] += 1
        stage = name if met[name] == 1 else f"{name} ({met[name]})"
        is_end = outcome is comparison.final
        if not isinstance(outcome, Incomparable) and (stage == FINAL or not is_end):
            difference = outcome.difference
            yield Key(number, stage, difference.channels, difference.dtype, outcome.level), difference
