"""What came of a set in sentences: no more than its size allows."""

from collections.abc import Iterable

from ..models.imagenet import is_training_name
from ..models.model import Model
from ..words import percent
from .answers import OutputKind
from .intervals import CountShare
from .summary import FEW_LABELS, Accuracy, Summary


def share_words(share: CountShare) -> str:
    """A share with its interval: "2.5 % (25 of 1000; 95 % interval 1.7 to 3.7 %)"."""
    low, high = share.interval
    return (
        f"{percent(100 * share.value)} ({share.count:,} of {share.of:,}; "
        f"95 % interval {100 * low:.1f} to {100 * high:.1f} %)"
    )


def share_cell(share: CountShare | None) -> str:
    """The same for a table: "25 of 1000 (1.7 to 3.7 %)"."""
    if share is None:
        return "–"
    low, high = share.interval
    return f"{share.count:,} of {share.of:,} ({100 * low:.1f} to {100 * high:.1f} %)"


def impact_sentence(summary: Summary, kind: OutputKind | None) -> str:
    """The answer in a sentence or three, for people."""
    answered = summary.pictures - summary.unanswered
    if not answered or kind is None:
        return "The model was asked about no picture."
    if summary.identical_tensors.count == answered:
        return "A and B give the model the same tensors, so that it answers the same."
    parts = [_flips(summary, answered) if summary.flips else _shift(summary, kind)]
    if summary.accuracy:
        parts.append(_accuracy(summary.accuracy))
    return " ".join(parts)


def _flips(summary: Summary, answered: int) -> str:
    flips = summary.flips
    assert flips is not None
    shift = f"logits move by up to {_figure(summary.max_logit_shift)}"
    if answered == 1:
        return f"The first choice {'is another one' if flips.count else 'stays'}; {shift}."
    if not flips.count:
        return f"No first choice changes among {answered:,} pictures (95 % interval to {_high(flips)}); {shift}."
    return f"The first choice changes on {share_words(flips)}; {shift}."


def _shift(summary: Summary, kind: OutputKind) -> str:
    if summary.min_cosine is None:
        return f"The {kind} changes."
    return f"The {kind} turns to a cosine of {summary.min_cosine:.5f} at worst."


def _accuracy(accuracy: Accuracy) -> str:
    broken, mended = accuracy.broken.count, accuracy.mended.count
    split = f"{broken} broken, {mended} mended"
    if accuracy.labelled < FEW_LABELS:
        return f"Of {accuracy.labelled} labelled pictures {split}: too few to speak of accuracy."
    a, b = (percent(100 * share.value) for share in (accuracy.top1_a, accuracy.top1_b))
    verdict = "significant" if accuracy.is_significant else "not significant"
    return f"Accuracy {a} with A and {b} with B, {split}: {verdict} (McNemar's exact test, p = {_p(accuracy.p)})."


def _p(p: float) -> str:
    return f"{p:.2g}" if p >= 0.0001 else "under 0.0001"


def _high(share: CountShare) -> str:
    return f"{100 * share.interval[1]:.1f} %"


def _figure(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.2g}"


def optimism(model: Model, names: Iterable[str]) -> str:
    """A warning where a set looks like the one that the model has been trained on; else empty."""
    if not model.trained_on or not any(is_training_name(name) for name in names):
        return ""
    return (
        f"These files are called as {model.trained_on} is, which {model.name} has seen: "
        "its accuracy here is better than elsewhere, and only the changes mean something."
    )
