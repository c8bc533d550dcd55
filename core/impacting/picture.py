"""What became of one picture: the difference of the tensors that went into the model, and of its answers."""

from dataclasses import dataclass

from ..compare import Incomparable, Outcome, Verdict
from ..errors import SamePixelsError
from .answers import AnswerPair


@dataclass(frozen=True)
class TensorDifference:
    """The difference of the two tensors that went into the model, in levels (1/255 of white) of B - A."""

    verdict: Verdict
    max_abs_levels: float | None
    mean_abs_levels: float | None
    bias_levels: float | None


def tensor_difference(outcome: Outcome) -> TensorDifference:
    """The figures alone: the counts behind them are larger than the picture."""
    if isinstance(outcome, Incomparable):
        return TensorDifference(outcome.verdict, None, None, None)
    figures, level = outcome.statistics, outcome.level
    return TensorDifference(outcome.verdict, figures.max_abs / level, figures.mean_abs / level, figures.bias / level)


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
