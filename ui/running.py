"""Carrying out both recipes side by side, with a word about what one waits for."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

from core.compare import Comparison, compare
from core.pipeline import Trace, run
from core.recipe import Recipe, Stage
from core.source import Source
from ui.cached import COMPARISONS, STEPS
from ui.configuration import configuration
from ui.warming import WARMING

PATIENCE_S = 0.4
"""What is done sooner than this needs no word about it."""
POLL_S = 0.1

Say: TypeAlias = Callable[[str], object]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Waiting:
    """A side whose library is still being imported; the other side's trace, if it has no need of it."""

    a: Trace | None
    b: Trace | None


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(configuration().workers, thread_name_prefix="recipe")


def compare_recipes(source: Source, a: Recipe, b: Recipe, say: Say) -> Comparison | Waiting:
    """A against B on `source`; `say` gets a line whenever there is something to wait for."""
    key = (source.sha256, str(a), str(b))
    if kept := COMPARISONS.get(key):
        return kept
    trace_a, trace_b = _run_both(source, a, b, say)
    if trace_a is None or trace_b is None:
        return Waiting(trace_a, trace_b)
    comparison = _awaited(_executor().submit(compare, trace_a, trace_b), say, lambda: "Comparing …")
    COMPARISONS.put(key, comparison)
    return comparison


def _run_both(source: Source, a: Recipe, b: Recipe, say: Say) -> tuple[Trace | None, Trace | None]:
    under_way: dict[str, Stage] = {}

    def start(side: str, recipe: Recipe) -> Future[Trace] | None:
        if WARMING.is_awaited_by(recipe):
            return None
        return _executor().submit(run, source, recipe, STEPS, lambda stage: under_way.__setitem__(side, stage))

    def progress() -> str:
        return " · ".join(f"{side}: {stage.name} …" for side, stage in sorted(under_way.items()))

    futures = [start("A", a), start("B", b)]
    try:
        trace_a, trace_b = (_awaited(future, say, progress) if future else None for future in futures)
    finally:
        # A person who changes something meanwhile leaves this script run; what has not begun yet need not begin.
        for future in futures:
            if future:
                future.cancel()
    return trace_a, trace_b


def _awaited(future: Future[Result], say: Say, progress: Callable[[], str]) -> Result:
    start_s = time.monotonic()
    wait([future], PATIENCE_S)
    while not future.done():
        say(f"{progress()} {time.monotonic() - start_s:.0f} s")
        wait([future], POLL_S)
    return future.result()
