"""An explanation, and a measured operator, as the JSON documents of `explain --json` and `measure --json`."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..compare import Incomparable, Outcome
from ..document import difference_document, unknown_difference
from ..document import document as comparison_document
from ..environment import Environment
from ..explain import Explanation
from ..image import CHANNEL_NAMES
from .advice import Advice
from .findings.finding import Finding
from .shares import Share

SCHEMA = "samepixels/explain/1"

Json = dict[str, Any]


def explanation_document(name: str, explanation: Explanation, environment: Environment | None = None) -> Json:
    """All of `explanation`: the comparison's own document, and beside it why it is so. `name` is the picture as given.

    `resize_shares` are shares of the squared error that the two resizes alone make.
    """
    comparison = explanation.comparison
    return {
        **comparison_document(name, comparison, environment=environment),
        "schema": SCHEMA,
        "explanation": explanation.sentence,
        "shares": shares_document(explanation.shares),
        "resize_shares": shares_document(explanation.resize),
        "findings": [_finding(each) for each in explanation.findings],
        "advice": explanation.advice and _advice(explanation.advice),
        "alternatives": [_advice(each) for each in explanation.alternatives],
    }


def shares_document(shares: Iterable[Share]) -> list[Json]:
    """Shares under the names that are fixed."""
    return [{"stage": each.stage, "share": each.share, "low": each.low, "high": each.high} for each in shares]


def _finding(finding: Finding) -> Json:
    return {
        "kind": finding.kind,
        "evidence": finding.evidence,
        "confidence": finding.confidence,
        **finding.figures,
    }


def _advice(advice: Advice) -> Json:
    return {
        "recipe": str(advice.recipe),
        "changes": list(advice.changes),
        "verdict": advice.after.verdict,
        "difference": _difference(advice.after),
        "before": {"verdict": advice.before.verdict, "difference": _difference(advice.before)},
        "code": advice.code,
    }


def _difference(outcome: Outcome) -> Json:
    if isinstance(outcome, Incomparable):
        return unknown_difference()
    names: Sequence[str] = CHANNEL_NAMES[outcome.difference.channels]
    return difference_document(outcome.statistics, outcome.level, tuple(names))
