"""When a comparison counts as failed: conditions such as `max_abs > 1` over the figures of a comparison's document.

    condition = figure operator number | "verdict" ("==" | "!=") word

Conditions are separated by commas; the comparison is beyond the tolerance where any of them holds.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias, get_args

from .compare import Verdict
from .document import FIGURES
from .errors import ToleranceError

Judgement: TypeAlias = Literal["within", "beyond", "unknown"]

VERDICTS: tuple[str, ...] = get_args(Verdict)

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_CONDITION = re.compile(rf"\s*(\w+)\s*({'|'.join(OPERATORS)})\s*(\S+(?:\s*%)?)\s*")


@dataclass(frozen=True)
class Grammar:
    """What conditions may be about: the figures' names, and an example for messages."""

    figures: tuple[str, ...]
    example: str

    def parts(self, text: str) -> tuple[str, str, str]:
        """Figure, operator and limit of a condition; raises `ToleranceError` where it has none or an unknown figure."""
        match = _CONDITION.fullmatch(text)
        if match is None:
            raise ToleranceError(
                f"{text.strip()!r} is not a condition.",
                f"Write a figure, one of {' '.join(OPERATORS)}, and a limit, such as '{self.example}'. "
                f"Figures: {', '.join(self.figures)}.",
            )
        figure, comparison, limit = match.groups()
        if figure not in self.figures:
            near = get_close_matches(figure, self.figures, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise ToleranceError(f"There is no figure {figure!r}.", f"{hint}Figures: {', '.join(self.figures)}.")
        return figure, comparison, limit

    def number(self, limit: str) -> float:
        """A finite limit; raises `ToleranceError` for anything else."""
        try:
            number = float(limit)
        except ValueError:
            raise ToleranceError(f"{limit!r} is not a number.", f"Write a limit as in '{self.example}'.") from None
        if not math.isfinite(number):
            raise ToleranceError(f"There is no limit in {limit!r}.", "Give a finite number.")
        return number


_GRAMMAR = Grammar(("verdict", *FIGURES), "max_abs > 1")


@dataclass(frozen=True)
class Condition:
    """One condition: `limit` is a number, or a verdict where `figure` is "verdict"."""

    figure: str
    comparison: str
    limit: float | str

    def __str__(self) -> str:
        return f"{self.figure}{self.comparison}{self.limit if isinstance(self.limit, str) else format(self.limit, 'g')}"

    def judge(self, document: Mapping[str, Any]) -> Judgement:
        """Whether the condition holds (`beyond`) for a document of `core.document`; `unknown` where it says null."""
        value = _value(document, self.figure)
        if value is None:
            return "unknown"
        return "beyond" if OPERATORS[self.comparison](value, self.limit) else "within"


def _value(document: Mapping[str, Any], figure: str) -> float | str | None:
    if figure == "verdict":
        return str(document["verdict"])
    if figure == "psnr_db" and document["verdict"] == "identical":
        return math.inf
    value: float | None = document["difference"][figure]
    return value


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions that `text` spells out; raises `ToleranceError` naming what is allowed."""
    return tuple(_parse_condition(part) for part in text.split(","))


def _parse_condition(text: str) -> Condition:
    figure, comparison, limit = _GRAMMAR.parts(text)
    if figure == "verdict":
        return _verdict_condition(comparison, limit)
    return Condition(figure, comparison, _GRAMMAR.number(limit))


def _verdict_condition(comparison: str, limit: str) -> Condition:
    if comparison not in ("==", "!=") or limit not in VERDICTS:
        raise ToleranceError(
            f"'verdict{comparison}{limit}' is not a condition.",
            f"Write verdict== or verdict!= and one of {', '.join(VERDICTS)}.",
        )
    return Condition("verdict", comparison, limit)


def judge(conditions: tuple[Condition, ...], document: Mapping[str, Any]) -> Judgement:
    """`beyond` where any condition holds, else `unknown` where any could not be judged, else `within`."""
    judgements = {condition.judge(document) for condition in conditions}
    if "beyond" in judgements:
        return "beyond"
    return "unknown" if "unknown" in judgements else "within"


DEFAULT_CONDITIONS = (Condition("verdict", "==", "different"),)
"""Rounding is within the tolerance, more is not."""
