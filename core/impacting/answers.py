"""Two answers of a model to one picture, side by side: numpy alone.

An answer is a row of numbers. Of a classifier they are logits or probabilities, of an embedding a direction; anything
else is compared as an array.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

OutputKind: TypeAlias = Literal["probabilities", "logits", "embedding", "array"]
Floats: TypeAlias = npt.NDArray[np.float64]

TOP = 5
_TOLERANCE = 1e-3
LEAST_PROBABILITY = 1e-7
"""A probability that a model rounds to 0 counts as this where its logarithm is taken."""


@dataclass(frozen=True)
class Guess:
    """A class with its probability from 0 to 1, and its logit: the model's own, or the probability's logarithm."""

    index: int
    name: str
    probability: float
    logit: float


@dataclass(frozen=True)
class AnswerPair:
    """What a model says of A's tensor and of B's.

    Attributes:
        kind: what the numbers are.
        top_a: the five likeliest classes of A, the first first; empty for what is no classifier.
        top_b: those of B.
        logit_shift: the largest |B - A| over all logits; None for what is no classifier.
        probability_shift: the largest |B - A| over all probabilities.
        kl: the divergence of B's probabilities from A's, sum p_A log(p_A / p_B), in nats.
        cosine: of the two rows; 1 where they point alike, None where one is zero.
        max_abs: the largest |B - A| of the numbers as they are.
        mean_abs: the mean of |B - A|.
    """

    kind: OutputKind
    top_a: tuple[Guess, ...]
    top_b: tuple[Guess, ...]
    logit_shift: float | None
    probability_shift: float | None
    kl: float | None
    cosine: float | None
    max_abs: float
    mean_abs: float

    @property
    def flipped(self) -> bool | None:
        """Whether the likeliest class is another one; None for what is no classifier."""
        return self.top_a[0].index != self.top_b[0].index if self.top_a else None

    def rank_of(self, side: Literal["a", "b"], label: int) -> int | None:
        """The place of class `label` among a side's five likeliest, from 1; None where it is not among them."""
        top = self.top_a if side == "a" else self.top_b
        return next((place for place, guess in enumerate(top, start=1) if guess.index == label), None)


def rows_of(answers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """`answers` float32[n, …] without axes of 1 behind the first: a classifier's n x 1 x 1 x k becomes n x k."""
    shape = tuple(side for side in answers.shape[1:] if side != 1)
    return answers.reshape(len(answers), *(shape or (1,)))


def output_kind(rows: npt.NDArray[np.float32]) -> OutputKind:
    """What `rows` float32[n, …] are, told by their numbers.

    Rows that add up to 1 and have no negative number are probabilities, rows of length 1 embeddings, other rows logits.
    One number a picture, or more than one axis of them, is an array.
    """
    if rows.ndim != 2 or rows.shape[1] < 2:
        return "array"
    exact = rows.astype(np.float64)
    if exact.min() >= -_TOLERANCE and np.abs(exact.sum(axis=1) - 1).max() < 10 * _TOLERANCE:
        return "probabilities"
    if np.abs(np.linalg.norm(exact, axis=1) - 1).max() < _TOLERANCE:
        return "embedding"
    return "logits"


def logits_and_probabilities(row: npt.NDArray[np.float32], kind: OutputKind) -> tuple[Floats, Floats]:
    """Both of float64[k] for a classifier's row: softmax one way, logarithm the other."""
    exact = row.astype(np.float64)
    if kind == "probabilities":
        return np.log(np.maximum(exact, LEAST_PROBABILITY)), exact
    powers = np.exp(exact - exact.max())
    return exact, powers / powers.sum()


def compare_answers(
    a: npt.NDArray[np.float32], b: npt.NDArray[np.float32], kind: OutputKind, class_names: Sequence[str] = ()
) -> AnswerPair:
    """The answers `a` and `b`, float32 of one shape, to A's and B's tensor of a picture."""
    shift = np.abs(b.astype(np.float64) - a)
    plain = _cosine(a, b), float(shift.max()), float(shift.mean())
    if kind not in ("probabilities", "logits"):
        return AnswerPair(kind, (), (), None, None, None, *plain)
    (logits_a, shares_a), (logits_b, shares_b) = (logits_and_probabilities(row, kind) for row in (a, b))
    return AnswerPair(
        kind,
        top_guesses(logits_a, shares_a, class_names),
        top_guesses(logits_b, shares_b, class_names),
        float(np.abs(logits_b - logits_a).max()),
        float(np.abs(shares_b - shares_a).max()),
        _divergence(shares_a, shares_b),
        *plain,
    )


def top_guesses(logits: Floats, probabilities: Floats, class_names: Sequence[str] = ()) -> tuple[Guess, ...]:
    """The five likeliest classes; of equal ones the first comes first, as with `argmax`."""
    order = np.argsort(-probabilities, kind="stable")[:TOP]
    return tuple(
        Guess(int(index), class_name(int(index), class_names), float(probabilities[index]), float(logits[index]))
        for index in order
    )


def class_name(index: int, class_names: Sequence[str]) -> str:
    """The name of a class, or its number where it has none."""
    return class_names[index] if index < len(class_names) else f"class {index}"


def _divergence(a: Floats, b: Floats) -> float:
    floored = np.maximum(b, LEAST_PROBABILITY)
    known = a > 0
    # Rounding can leave a hair less than nothing, which the divergence never is.
    return max(0.0, float((a[known] * np.log(a[known] / floored[known])).sum()))


def _cosine(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float | None:
    one, other = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else None
