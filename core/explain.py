"""Why two recipes differ on a picture: whose fault it is, what the pixels show, and what to write instead.

`explain` gives an `Explanation`: the stages' shares of the squared error, inside the resize the same by property,
findings from the pixels alone, and the smallest change of B that brings it to A's pixels or near them.
"""

from dataclasses import dataclass

from .compare import Comparison, compare
from .errors import SamePixelsError
from .explaining.advice import Advice, advise
from .explaining.findings.finding import Finding
from .explaining.findings.table import findings
from .explaining.resize_shares import resize_pair, resize_shares
from .explaining.shares import Share, stage_shares
from .explaining.step_memory import StepMemory
from .explaining.words import shares_sentence
from .pipeline import StepCache, Trace, run
from .progress import Progress, unheard
from .recipe import Recipe
from .source import Source

__all__ = ["Advice", "Explanation", "Finding", "Share", "explain", "explain_traces"]


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why B differs from A.

    Attributes:
        comparison: A against B.
        shares: each stage's share of the squared error, adding up to 1; empty where there is nothing to share.
        resize: the same inside the resize stage, by property, of the squared error of the two resizes alone.
        findings: what the final pixels show without any recipe.
        advice: the recipe that B should have, None where none is nearer.
        alternatives: others that come nearer by another library, or keep B's.
        sentence: the shares in words.
    """

    comparison: Comparison
    shares: tuple[Share, ...]
    resize: tuple[Share, ...]
    findings: tuple[Finding, ...]
    advice: Advice | None
    alternatives: tuple[Advice, ...]
    sentence: str


def explain(
    source: Source,
    a: Recipe,
    b: Recipe,
    *,
    step_cache: StepCache | None = None,
    on_progress: Progress = unheard,
) -> Explanation:
    """Why `b` makes other pixels of `source` than `a`.

    A stage that fails is part of the explanation and raises nothing. Without a `step_cache` one of some decodes is kept
    while it lasts.
    """
    cache = StepMemory() if step_cache is None else step_cache
    trace_a, trace_b = (run(source, recipe, cache, lambda stage: on_progress(0, stage.name)) for recipe in (a, b))
    return explain_traces(trace_a, trace_b, step_cache=cache, on_progress=on_progress)


def explain_traces(
    a: Trace, b: Trace, *, step_cache: StepCache | None = None, on_progress: Progress = unheard
) -> Explanation:
    """The same for recipes that have been carried out, on one source."""
    comparison = compare(a, b)
    on_progress(0.1, "shares of the stages")
    shares = stage_shares(a, b, step_cache)
    on_progress(0.2, "shares inside the resize")
    resize = _resize(a, b)
    on_progress(0.3, "what the pixels show")
    found = _findings(comparison)
    advised = advise(a, b, step_cache, lambda share, text: on_progress(share and 0.4 + 0.6 * share, text))
    return Explanation(
        comparison=comparison,
        shares=shares,
        resize=resize,
        findings=found,
        advice=advised[0] if advised else None,
        alternatives=advised[1:],
        sentence=shares_sentence(comparison, shares, resize),
    )


def _resize(a: Trace, b: Trace) -> tuple[Share, ...]:
    pair = resize_pair(a, b)
    if pair is None or pair.a == pair.b:
        return ()
    try:
        return resize_shares(pair)
    except SamePixelsError:  # a resize that cannot be measured, or that refuses the other side's picture
        return ()


def _findings(comparison: Comparison) -> tuple[Finding, ...]:
    a, b = comparison.a, comparison.b
    if a.image is None or b.image is None:
        return ()
    return findings(a.image, b.image, level=a.steps[-1].level)
