"""Which pair of images the panels show."""

from dataclasses import dataclass

from core.compare import Comparison, Outcome
from core.image import Image
from core.pipeline import Step, Trace

END = "end"


@dataclass(frozen=True, eq=False)
class Pair:
    """A's and B's image at one place of the pipelines; None where a side has failed before it."""

    name: str
    at: str
    a: Step | None
    b: Step | None
    outcome: Outcome

    @property
    def image_a(self) -> Image | None:
        """A's image there."""
        return self.a.image if self.a else None

    @property
    def image_b(self) -> Image | None:
        """B's image there."""
        return self.b.image if self.b else None


def pairs(comparison: Comparison) -> tuple[Pair, ...]:
    """The pairs after stages of one kind, in order, and the end; of two of a kind the later stands for both."""
    found = {
        checkpoint.a.stage.operation.kind: Pair(
            checkpoint.name, checkpoint.a.stage.operation.kind, checkpoint.a, checkpoint.b, checkpoint.outcome
        )
        for checkpoint in comparison.checkpoints
    }
    end = Pair("at the end", END, _last(comparison.a), _last(comparison.b), comparison.final)
    return (*found.values(), end)


def chosen(comparison: Comparison, at: str) -> Pair:
    """The pair at `at`, or the end where these recipes have no such place."""
    by_place = {pair.at: pair for pair in pairs(comparison)}
    return by_place.get(at, by_place[END])


def _last(trace: Trace) -> Step | None:
    return None if trace.failure else trace.steps[-1]
