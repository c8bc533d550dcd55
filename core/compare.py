"""Comparing two traces: an `Outcome` after each pair of stages that do the same kind of thing, and at the end.

"Cannot compare" is an outcome with a reason and a remedy, not an error.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from .difference import Difference, measure
from .image import CHANNEL_NAMES, Image
from .pipeline import Step, Trace
from .statistics import PEAK, Statistics

Verdict: TypeAlias = Literal["identical", "rounding", "different", "incomparable"]

ROUNDING_LEVELS = 1.0
"""Up to this many levels a difference is what rounding alone can make."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Two images of one shape. `level` is how much of a value makes one level (1/255 of white)."""

    difference: Difference
    level: float = 1.0

    @cached_property
    def statistics(self) -> Statistics:
        """The figures, worked out when they are first asked for."""
        return self.difference.statistics(peak=PEAK * self.level)


@dataclass(frozen=True, eq=False)
class Same(Measured):
    """No value differs."""

    verdict: Literal["identical"] = "identical"


class Different(Measured):
    """Some value differs: by `ROUNDING_LEVELS` at most (`rounding`) or by more (`different`)."""

    @property
    def verdict(self) -> Literal["rounding", "different"]:
        """`rounding` when the largest difference is no more than `ROUNDING_LEVELS`."""
        # Float arithmetic of a normalise stage turns a difference of exactly one level into a hair more or less.
        within = self.statistics.max_abs <= ROUNDING_LEVELS * self.level * (1 + 1e-5)
        return "rounding" if within and self.statistics.non_finite_values == 0 else "different"


@dataclass(frozen=True)
class Incomparable:
    """There are no two images of the same shape: `reason` and `remedy` in words."""

    reason: str
    remedy: str
    verdict: Literal["incomparable"] = "incomparable"


Outcome: TypeAlias = Same | Different | Incomparable


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A stage of A beside a stage of B of the same kind: `name` is "after decode", "after resize" and so on."""

    name: str
    a: Step
    b: Step
    outcome: Outcome


@dataclass(frozen=True, eq=False)
class Comparison:
    """All of A against B. `checkpoints` are in order; the last pair of stages is not among them but is `final`."""

    a: Trace
    b: Trace
    checkpoints: tuple[Checkpoint, ...]
    final: Outcome

    @property
    def is_lost(self) -> bool:
        """Whether a side lost its process: nothing of it may be kept then, and another try may go well."""
        return self.a.is_lost or self.b.is_lost


@dataclass(frozen=True)
class Measuring:
    """How images are measured: see `core.difference.measure`."""

    threads: int | None = None
    differences_only: bool = False


def compare(a: Trace, b: Trace, *, with_checkpoints: bool = True, how: Measuring | None = None) -> Comparison:
    """A against B: at every pair of stages of one kind, in an order common to both, and at the end.

    Without `with_checkpoints` only the end is looked at. `how` None measures all there is to know.
    """
    measured: dict[tuple[int, int], Outcome] = {}

    def outcome(step_a: Step, step_b: Step) -> Outcome:
        key = (id(step_a.image), id(step_b.image))
        if key not in measured:
            measured[key] = compare_images(step_a.image, step_b.image, min(step_a.level, step_b.level), how)
        return measured[key]

    checkpoints = tuple(
        Checkpoint(f"after {step_a.stage.operation.kind}", step_a, step_b, outcome(step_a, step_b))
        for step_a, step_b in (_pairs(a, b) if with_checkpoints else ())
    )
    return Comparison(a, b, checkpoints, _failed(a, b) or outcome(a.steps[-1], b.steps[-1]))


def _pairs(a: Trace, b: Trace) -> list[tuple[Step, Step]]:
    """Steps of one kind side by side, as many as keep both orders: a crop before the resize meets no crop after it."""
    kinds_a, kinds_b = (tuple(step.stage.operation.kind for step in trace.steps) for trace in (a, b))
    return [(a.steps[i], b.steps[j]) for i, j in _matching(kinds_a, kinds_b)]


@lru_cache(maxsize=1024)
def _matching(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Which places of two lists go together. An audit asks the same for each picture."""
    blocks = SequenceMatcher(a=a, b=b, autojunk=False).get_matching_blocks()
    return tuple((block.a + i, block.b + i) for block in blocks for i in range(block.size))


def _failed(a: Trace, b: Trace) -> Incomparable | None:
    failures = [(name, trace.failure) for name, trace in (("A", a), ("B", b)) if trace.failure]
    if not failures:
        return None
    reasons = [f"{name} stopped at {failure.stage.name}: {failure.error.message}" for name, failure in failures]
    return Incomparable(" ".join(reasons), " ".join(failure.error.remedy for _, failure in failures))


def compare_images(a: Image, b: Image, level: float = 1.0, how: Measuring | None = None) -> Outcome:
    """The outcome for two images; `level` is how much of a value makes one level."""
    if a.shape != b.shape:
        return _shapes_differ(a.shape, b.shape)
    difference = measure(a, b, threads=how.threads, differences_only=how.differences_only) if how else measure(a, b)
    return Same(difference, level) if difference.is_none else Different(difference, level)


def _shapes_differ(shape_a: tuple[int, ...], shape_b: tuple[int, ...]) -> Incomparable:
    reason = f"A is {_shape_text(shape_a)} and B is {_shape_text(shape_b)}."
    if shape_a[:2] == shape_b[:2]:
        return Incomparable(
            reason, "Give both the same channels: channels=3 in TensorFlow, IMREAD_COLOR in OpenCV, mode=RGB in Pillow."
        )
    if shape_a[:2] == shape_b[1::-1]:
        return Incomparable(
            reason,
            "One side is turned by the EXIF orientation: apply it in both "
            "(pillow.open(exif_transpose=true)) or in neither (ignore_orientation=true in OpenCV).",
        )
    return Incomparable(reason, f"Resize both to one size, {shape_a[1]}x{shape_a[0]} say.")


def _shape_text(shape: tuple[int, ...]) -> str:
    height, width, channels = shape
    return f"{width}x{height} {', '.join(CHANNEL_NAMES[channels])}"
