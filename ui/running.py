"""Carrying out both recipes side by side, with a word about what one waits for."""

import time
from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeAlias, TypeVar

from core.compare import Comparison, compare
from core.pipeline import Trace, run
from core.recipe import Recipe, Stage
from core.source import Source
from ui.cached import COMPARISONS, STEPS
from ui.configuration import configuration
from ui.warming import WARMING
from ui.work_queue import Ticket, WorkQueue

PATIENCE_S = 0.4
"""What is done sooner than this needs no word about it."""
POLL_S = 0.25
"""How often there is another word, which counts whole seconds; the end is noticed at once."""

Say: TypeAlias = Callable[[str], object]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Waiting:
    """A side whose library is still being imported; the other side's trace, if it has no need of it."""

    a: Trace | None
    b: Trace | None


@cache
def _queue() -> WorkQueue:
    return WorkQueue(configuration().workers, "recipe")


def compare_recipes(source: Source, a: Recipe, b: Recipe, say: Say) -> Comparison | Waiting:
    """A against B on `source`; `say` gets a line whenever there is something to wait for."""
    key = (source.sha256, str(a), str(b))
    if kept := COMPARISONS.get(key):
        return kept
    trace_a, trace_b = _run_both(source, a, b, say)
    if trace_a is None or trace_b is None:
        return Waiting(trace_a, trace_b)
    comparison = _awaited(_queue().submit(partial(compare, trace_a, trace_b)), say, lambda: "Comparing …")
    if not comparison.is_lost:
        COMPARISONS.put(key, comparison)
    return comparison


def _run_both(source: Source, a: Recipe, b: Recipe, say: Say) -> tuple[Trace | None, Trace | None]:
    under_way: dict[str, Stage] = {}

    def start(side: str, recipe: Recipe) -> Ticket[Trace] | None:
        if WARMING.is_awaited_by(recipe):
            return None
        tell = partial(under_way.__setitem__, side)
        return _queue().submit(partial(run, source, recipe, STEPS, tell))

    def progress() -> str:
        return " · ".join(f"{side}: {stage.name} …" for side, stage in sorted(under_way.items()))

    tickets = [start("A", a), start("B", b)]
    try:
        trace_a, trace_b = (_awaited(ticket, say, progress) if ticket else None for ticket in tickets)
    finally:
        # A person who changes something meanwhile leaves this script run; what has not begun yet need not begin.
        for ticket in tickets:
            if ticket:
                ticket.cancel()
    return trace_a, trace_b


def _awaited(ticket: Ticket[Result], say: Say, progress: Callable[[], str]) -> Result:
    start_s = time.monotonic()
    wait([ticket.future], PATIENCE_S)
    while not ticket.future.done():
        say(f"{ticket.waiting_words or progress()} {time.monotonic() - start_s:.0f} s")
        wait([ticket.future], POLL_S)
    return ticket.future.result()
