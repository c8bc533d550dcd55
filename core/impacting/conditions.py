"""When an impact counts as failed: conditions such as `flips > 1%` over the figures of a set.

    condition = figure operator number ["%"]

Conditions are separated by commas; the set is beyond the tolerance where any of them holds. Shares go from 0 to 1, so
that `flips > 0.01` and `flips > 1%` are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..tolerance import OPERATORS, Grammar, Judgement
from .summary import Summary


def _accuracy(name: str) -> Callable[[Summary], float | None]:
    return lambda summary: getattr(summary.accuracy, name).value if summary.accuracy else None


def _lost(summary: Summary) -> float | None:
    accuracy = summary.accuracy
    return accuracy.top1_a.value - accuracy.top1_b.value if accuracy else None


FIGURES: Mapping[str, Callable[[Summary], float | None]] = {
    "flips": lambda summary: summary.flips.value if summary.flips else None,
    "broken": _accuracy("broken"),
    "mended": _accuracy("mended"),
    "top1_a": _accuracy("top1_a"),
    "top1_b": _accuracy("top1_b"),
    "top1_lost": _lost,
    "mcnemar_p": lambda summary: summary.accuracy.p if summary.accuracy else None,
    "mean_logit_shift": lambda summary: summary.mean_logit_shift,
    "max_logit_shift": lambda summary: summary.max_logit_shift,
    "mean_kl": lambda summary: summary.mean_kl,
    "min_cosine": lambda summary: summary.min_cosine,
}
"""What can be limited: each figure of a summary, None where it is unknown."""

_GRAMMAR = Grammar(tuple(FIGURES), "flips > 1%")


@dataclass(frozen=True)
class ImpactCondition:
    """One condition on a figure of a set; `limit` is a share where the figure is one."""

    figure: str
    comparison: str
    limit: float

    def __str__(self) -> str:
        return f"{self.figure}{self.comparison}{self.limit:g}"

    def judge(self, summary: Summary) -> Judgement:
        """Whether the condition holds (`beyond`); `unknown` where the figure is."""
        value = FIGURES[self.figure](summary)
        if value is None:
            return "unknown"
        return "beyond" if OPERATORS[self.comparison](value, self.limit) else "within"


def parse_impact_conditions(text: str) -> tuple[ImpactCondition, ...]:
    """The conditions that `text` spells out; raises `ToleranceError` naming what is allowed."""
    return tuple(_parse(part) for part in text.split(","))


def _parse(text: str) -> ImpactCondition:
    figure, comparison, limit = _GRAMMAR.parts(text)
    number = limit.removesuffix("%")
    return ImpactCondition(figure, comparison, _GRAMMAR.number(number) / (1 if number == limit else 100))
