"""The smallest change of B that makes it equal A, or the nearest to it.

A greedy search: of all changes of the recipe (`core.explaining.changes`) the one that comes nearest is taken, the
cheapest of those that come about as near, until A is reached or nothing brings it nearer. At the end whatever turned
out to be unnecessary is taken back. First only B's own libraries are used. If they do not lead to A's pixels exactly,
A's operations are exchanged for B's as well: that is the advice where the first search leaves more than rounding, and
an alternative where it does not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..codegen import generate
from ..compare import Incomparable, Outcome, compare_images
from ..pipeline import StepCache, Trace, run
from ..progress import Progress, unheard
from ..recipe import Recipe, Stage
from .changes import Change, changed_words, exchanges, own_changes
from .distance import EQUAL, Distance, distance_of, is_worth_it
from .factors import factors
from .step_memory import StepMemory

MOST_RUNS = 300
"""Recipes that one search may try."""

MOST_STEPS = 6
_ABOUT_AS_NEAR = 1.02
_WORTH_ANOTHER_LIBRARY = 0.7


@dataclass(frozen=True, eq=False)
class Advice:
    """A recipe for B.

    Attributes:
        recipe: what B should do.
        changes: what is different in it, in words.
        before: B against A as it is.
        after: the advised recipe against A; its verdict says what remains.
        code: the recipe as a script.
    """

    recipe: Recipe
    changes: tuple[str, ...]
    before: Outcome
    after: Outcome
    code: str


def advise(
    a: Trace, b: Trace, step_cache: StepCache | None = None, on_progress: Progress = unheard
) -> tuple[Advice, ...]:
    """The advice, and after it an alternative that comes nearer by another library or keeps B's.

    Empty where B equals A, A failed, or nothing brings B nearer.
    """
    if a.image is None:
        return ()
    trial = _Trial(a, StepMemory() if step_cache is None else step_cache, on_progress)
    before = trial.outcome(b.recipe)
    if distance_of(before) == EQUAL:
        return ()
    own = _search(trial, b.recipe, partial(own_changes, a.recipe))
    other = own if trial.distance(own) == EQUAL else _search(trial, own, partial(exchanges, a.recipe))
    own, other = (_trimmed(trial, b.recipe, each) for each in (own, other))
    advised = [each for each in _in_order(trial, own, other) if is_worth_it(trial.distance(each), distance_of(before))]
    return tuple(
        Advice(each, changed_words(b.recipe, each), before, trial.outcome(each), generate(each)) for each in advised
    )


def _in_order(trial: "_Trial", own: Recipe, other: Recipe) -> tuple[Recipe, ...]:
    """B's own libraries first if they leave rounding at most, or not much more than another library does."""
    if own == other:
        return (own,)
    is_rounding = trial.outcome(own).verdict == "rounding"
    if is_rounding or not is_worth_it(trial.distance(other), trial.distance(own), _WORTH_ANOTHER_LIBRARY):
        return own, other
    return other, own


class _Trial:
    """Runs recipes against A's image, each once and `MOST_RUNS` at most."""

    def __init__(self, a: Trace, step_cache: StepCache, on_progress: Progress) -> None:
        self._a = a
        self._step_cache = step_cache
        self._on_progress = on_progress
        self._known: dict[Recipe, Outcome] = {}

    @property
    def exhausted(self) -> bool:
        """Whether no more recipes may be tried."""
        return len(self._known) >= MOST_RUNS

    def outcome(self, recipe: Recipe) -> Outcome:
        """What `recipe` comes to, beside A."""
        if recipe not in self._known:
            self._on_progress(len(self._known) / MOST_RUNS, f"trying {recipe}")
            self._known[recipe] = self._compared(recipe)
        return self._known[recipe]

    def distance(self, recipe: Recipe) -> Distance:
        """How far that is from A."""
        return distance_of(self.outcome(recipe))

    def _compared(self, recipe: Recipe) -> Outcome:
        made = run(self._a.source, recipe, self._step_cache)
        made.raise_lost()
        if made.image is None or self._a.image is None:
            reason = made.failure.error.message if made.failure else "A failed."
            return Incomparable(reason, "")
        return compare_images(self._a.image, made.image, min(self._a.steps[-1].level, made.steps[-1].level))


def _search(trial: _Trial, start: Recipe, changes_of: Callable[[Recipe], Iterable[Change]]) -> Recipe:
    """The recipe that greedy steps from `start` lead to."""
    current = start
    for _ in range(MOST_STEPS):
        if trial.distance(current) == EQUAL:
            break
        found = _best_step(trial, changes_of(current))
        if found is None or not is_worth_it(trial.distance(found), trial.distance(current)):
            break
        current = found
    return current


def _best_step(trial: _Trial, changes: Iterable[Change]) -> Recipe | None:
    """The change that comes nearest, the cheapest of those that come about as near."""
    tried: list[tuple[Distance, Change]] = []
    for change in changes:
        if trial.exhausted:
            break
        tried.append((trial.distance(change.recipe), change))
    if not tried:
        return None
    rank, nearest = min(distance for distance, _ in tried)
    about = [
        (change.cost, distance, change)
        for distance, change in tried
        if distance[0] == rank and distance[1] <= _ABOUT_AS_NEAR * nearest
    ]
    return min(about, key=lambda each: each[:2])[2].recipe


def _trimmed(trial: _Trial, b: Recipe, advised: Recipe) -> Recipe:
    """`advised` without the changes that do not bring it nearer: each factor and each option is put back if it can."""
    for change in (*exchanges(b, advised), *_options_back(b, advised)):
        if trial.distance(change.recipe) <= trial.distance(advised):
            return _trimmed(trial, b, change.recipe)
    return advised


def _options_back(b: Recipe, advised: Recipe) -> Iterator[Change]:
    """`advised` with one option as B has it, of an operation that both have."""
    for slot in factors(b, advised):
        if not (slot.a and slot.b):
            continue
        own, changed = slot.a[0], slot.b[0]
        if isinstance(own, Stage) and isinstance(changed, Stage) and own.name == changed.name and own != changed:
            place = advised.stages.index(changed)
            for name, value in own.options.items():
                back = changed.replace(**{name: value})
                if back not in (changed, own):
                    yield Change(Recipe((*advised.stages[:place], back, *advised.stages[place + 1 :])), 0)
