"""One picture of an audit: read, run through all recipes, compared."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

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


def audit_picture(job: Job, index: int, entry: Entry) -> Audited:
    """All that an audit says of a picture; what is wrong with it is said in its rows, and nothing is raised for it."""
    start_s = time.perf_counter()
    audited = _audited(job, index, entry)
    seconds = time.perf_counter() - start_s
    for row in audited.rows:
        row["seconds"] = seconds
    return audited


def _audited(job: Job, index: int, entry: Entry) -> Audited:
    if entry.problem_kind is not None:
        problem = SamePixelsError(entry.problem or "", entry.remedy or "")
        return failed(job, index, entry, entry.problem_kind, problem)
    try:
        source = read_entry(entry, job.limits)
    except SamePixelsError as error:
        return failed(job, index, entry, kind_of(error), error)
    return _compared(job, index, entry, source)


def failed(job: Job, index: int, entry: Entry, kind: str, error: SamePixelsError) -> Audited:
    """A picture that could not be compared at all: a row with the error for each B."""
    return Audited([error_row(index, number, entry, kind, error) for number in range(len(job.bs))], [])


def _compared(job: Job, index: int, entry: Entry, source: Source) -> Audited:
    audited = Audited([], [])
    for number, comparison in enumerate(comparisons(job, source)):
        audited.rows.append(compared_row(index, number, entry, comparison, _ssim(job, comparison)))
        audited.differences.extend(_differences(number, comparison))
    return audited


def comparisons(job: Job, source: Source) -> Iterator[Comparison]:
    """A against each B, one after the other; stages that they share are carried out once."""
    steps = StepMemory() if _is_shared(job) else None
    a = run(source, job.a, steps)
    for recipe in job.bs:
        yield compare(
            a, run(source, recipe, steps), with_checkpoints=job.checkpoints == "all", how=_DIFFERENCES_IN_THIS_THREAD
        )


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
