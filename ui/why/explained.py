"""The explanation of a comparison, from the cache or by a job; and the resizes of both sides, measured."""

from collections.abc import Hashable
from dataclasses import dataclass

from core.compare import Comparison
from core.errors import SamePixelsError
from core.explain import Explanation, explain_traces
from core.explaining.resize_shares import measured
from core.operator import Operator
from core.pipeline import Trace
from core.progress import Progress
from ui import jobs
from ui.cached import STEPS, ByteBoundedCache, comparison_bytes, outcome_bytes
from ui.configuration import configuration

JOB = "explanation"


@dataclass(frozen=True, eq=False)
class Explained:
    """Why B differs from A, and what either side's resize does; None for a side without one."""

    explanation: Explanation
    operator_a: Operator | None
    operator_b: Operator | None


def _explained_bytes(explained: Explained) -> int:
    explanation = explained.explanation
    advised = (explanation.advice, *explanation.alternatives)
    outcomes = (outcome for advice in advised if advice for outcome in (advice.before, advice.after))
    return comparison_bytes(explanation.comparison) + sum(map(outcome_bytes, outcomes))


EXPLANATIONS: ByteBoundedCache[Explained] = ByteBoundedCache(configuration().explanation_cache_bytes, _explained_bytes)
"""(sha256, recipe A, recipe B) -> Explained."""


def explained(comparison: Comparison) -> Explained | None:
    """Why B differs from A; None while that is being found out, and what is drawn then says so."""
    key = (comparison.a.source.sha256, str(comparison.a.recipe), str(comparison.b.recipe))
    kept = EXPLANATIONS.get(key)
    if kept is None:
        jobs.follow(JOB, key, lambda tell: _explain(key, comparison, tell))
    return kept


def _explain(key: Hashable, comparison: Comparison, tell: Progress) -> Explained:
    explanation = explain_traces(comparison.a, comparison.b, step_cache=STEPS, on_progress=tell)
    tell(None, "measuring the resizes")
    found = Explained(explanation, _operator(comparison.a), _operator(comparison.b))
    EXPLANATIONS.put(key, found)
    return found


def _operator(trace: Trace) -> Operator | None:
    """The last resize of a trace as it is for the size of picture that it got; None where it cannot be measured."""
    for before, step in reversed(list(zip(trace.steps, trace.steps[1:], strict=False))):
        if step.stage.operation.kind == "resize":
            height, width = before.image.shape[:2]
            try:
                return measured(step.stage, (width, height))
            except SamePixelsError:
                return None
    return None
