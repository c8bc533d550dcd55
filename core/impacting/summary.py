"""A set of pictures in figures: flips, accuracy where labels are known, and how far the answers moved."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .intervals import CountShare, mcnemar
from .picture import PictureImpact

FEW_LABELS = 100
"""With fewer labelled pictures nothing is claimed about accuracy: its interval is 10 points and more to either side."""

SIGNIFICANT_P = 0.05


@dataclass(frozen=True)
class Accuracy:
    """What the labels say: how often A and B are right, and the pictures on which only one of them is.

    `p` is that of McNemar's exact test.
    """

    top1_a: CountShare
    top1_b: CountShare
    top5_a: CountShare
    top5_b: CountShare
    broken: CountShare
    mended: CountShare
    p: float

    @property
    def is_significant(self) -> bool:
        """Whether chance alone makes such a split in fewer than 1 of 20 sets."""
        return self.p < SIGNIFICANT_P

    @property
    def labelled(self) -> int:
        """How many pictures have a label and answers."""
        return self.top1_a.of


@dataclass(frozen=True)
class Summary:
    """All pictures together.

    `flips` and the shifts of logits are None for what is no classifier, `accuracy` where no picture has a label.
    """

    pictures: int
    unanswered: int
    identical_tensors: CountShare
    flips: CountShare | None
    accuracy: Accuracy | None
    mean_logit_shift: float | None
    max_logit_shift: float | None
    mean_kl: float | None
    min_cosine: float | None
    mean_tensor_levels: float | None


def summarise(pictures: Sequence[PictureImpact]) -> Summary:
    """The figures of a set; pictures without answers are counted and in no share."""
    answered = [each for each in pictures if each.answers]
    answers = [each.answers for each in answered if each.answers]
    classified = [each for each in answered if each.answers and each.answers.flipped is not None]
    shifts = [each.logit_shift for each in answers if each.logit_shift is not None]
    tensors = [each.tensors.mean_abs_levels for each in answered if each.tensors]
    identical = sum(each.tensors is not None and each.tensors.verdict == "identical" for each in answered)
    return Summary(
        pictures=len(pictures),
        unanswered=len(pictures) - len(answered),
        identical_tensors=CountShare(identical, len(answered)),
        flips=CountShare(sum(each.flipped for each in classified), len(classified)) if classified else None,
        accuracy=_accuracy([each for each in classified if each.label is not None]),
        mean_logit_shift=_mean(shifts),
        max_logit_shift=max(shifts, default=None),
        mean_kl=_mean(each.kl for each in answers),
        min_cosine=min((each.cosine for each in answers if each.cosine is not None), default=None),
        mean_tensor_levels=_mean(tensors),
    )


def _accuracy(labelled: Sequence[PictureImpact]) -> Accuracy | None:
    if not labelled:
        return None

    def share(count: int) -> CountShare:
        return CountShare(count, len(labelled))

    def right(side: str, first: int) -> CountShare:
        return share(sum(each.is_among_first(side, first) for each in labelled))

    broken, mended = (sum(getattr(each, name) for each in labelled) for name in ("broken", "mended"))
    return Accuracy(
        right("a", 1),
        right("b", 1),
        right("a", 5),
        right("b", 5),
        share(broken),
        share(mended),
        mcnemar(broken, mended),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def flipped_first(pictures: Iterable[PictureImpact]) -> list[PictureImpact]:
    """The pictures in the order in which one wants to see them: broken, flipped, then by how far the answers moved."""
    return sorted(pictures, key=lambda each: (each.answers is None, not each.broken, not each.flipped, -_moved(each)))


def _moved(picture: PictureImpact) -> float:
    if picture.answers is None:
        return 0.0
    shift = picture.answers.logit_shift
    return picture.answers.max_abs if shift is None else shift
