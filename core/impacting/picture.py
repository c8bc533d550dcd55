"""What became of one picture: the difference of the tensors that went into the model, and of its answers."""

from dataclasses import dataclass

import numpy as np

from ..compare import ROUNDING_LEVELS, Verdict
from ..errors import SamePixelsError
from ..image import Image
from .answers import AnswerPair


@dataclass(frozen=True)
class TensorDifference:
    """The difference of the two tensors that went into the model, in levels (1/255 of white) of B - A."""

    verdict: Verdict
    max_abs_levels: float | None
    mean_abs_levels: float | None
    bias_levels: float | None


def tensor_difference(a: Image, b: Image, level: float) -> TensorDifference:
    """The figures of two tensors, of which a value grows by `level` for one level.

    `core.difference` says more and takes twice as long as making the tensors; over a set nobody reads it.
    """
    if a.shape != b.shape:
        return TensorDifference("incomparable", None, None, None)
    levels = (b.astype(np.float64) - a) / level
    if not np.isfinite(levels).all():
        return TensorDifference("different", None, None, None)
    sizes = np.abs(levels)
    largest = float(sizes.max())
    # Float arithmetic of a normalise stage turns a difference of exactly one level into a hair more or less.
    differs: Verdict = "rounding" if largest <= ROUNDING_LEVELS * (1 + 1e-5) else "different"
    return TensorDifference(differs if largest else "identical", largest, float(sizes.mean()), float(levels.mean()))


@dataclass(frozen=True)
class PictureImpact:
    """One picture of a set.

    Attributes:
        name: as it was given.
        sha256: of its bytes; empty where it could not be read.
        tensors: how far A's and B's tensors are apart; None where there are not two.
        answers: what the model says of both; None where it was not asked.
        label: the number of its true class, where that is known.
        problem: why there are no answers.
    """

    name: str
    sha256: str = ""
    tensors: TensorDifference | None = None
    answers: AnswerPair | None = None
    label: int | None = None
    problem: SamePixelsError | None = None

    @property
    def flipped(self) -> bool:
        """Whether the model's first choice is another one."""
        return bool(self.answers and self.answers.flipped)

    @property
    def broken(self) -> bool:
        """Whether A is right and B is wrong."""
        return self._is_right("a") and not self._is_right("b")

    @property
    def mended(self) -> bool:
        """Whether A is wrong and B is right."""
        return self._is_right("b") and not self._is_right("a")

    def is_among_first(self, side: str, count: int) -> bool:
        """Whether the true class is among the `count` likeliest of a side, up to five."""
        if self.answers is None or self.label is None:
            return False
        rank = self.answers.rank_of("a" if side == "a" else "b", self.label)
        return rank is not None and rank <= count

    def _is_right(self, side: str) -> bool:
        return self.is_among_first(side, 1)
