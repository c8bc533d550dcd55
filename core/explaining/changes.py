"""What may be changed in B's recipe to bring it nearer to A's, and what each change costs.

A change costs 1 for an option of B's own operation, 2 for a stage that numpy alone carries out or another operation of
B's libraries (and 1 more for each of its options), 4 for an operation of another library. Of changes that come equally
near the cheapest is advised, so that B's libraries are kept where an option will do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from ..errors import RecipeError
from ..operations.catalogue import library_of, operations
from ..operations.declaration import Choice, Flag, Integer, Option, Value
from ..recipe import Recipe, Stage, stage
from .factors import Factor, factors

OPTION_COST = 1
OWN_OPERATION_COST = 2
OTHER_LIBRARY_COST = 4

Changes = dict[str, Value]


@dataclass(frozen=True)
class Change:
    """A recipe one step away from B's, and what the step costs."""

    recipe: Recipe
    cost: int


def own_changes(a: Recipe, b: Recipe) -> tuple[Change, ...]:
    """The changes of `b` that need no library which it has not: options, operations, and A's stages of numpy alone.

    Only stages that differ from `a`'s are changed.
    """
    found = [
        *_stage_changes(a, b),
        *_rounded(b),
        *(change for change in _exchanges(a, b) if change.cost < OTHER_LIBRARY_COST),
    ]
    return _cheapest(found)


def exchanges(a: Recipe, b: Recipe) -> tuple[Change, ...]:
    """The recipes in which one factor of `b` has been replaced by that of `a`, whatever library it needs."""
    return _cheapest(_exchanges(a, b))


def _cheapest(found: Iterable[Change]) -> tuple[Change, ...]:
    """Each recipe once, at its lowest cost."""
    by_cost = sorted(found, key=lambda change: change.cost)
    return tuple({change.recipe: change for change in reversed(by_cost)}.values())[::-1]


def changed_words(b: Recipe, advised: Recipe) -> tuple[str, ...]:
    """What has to be changed in `b` to have `advised`, a line for each factor."""
    return tuple(_words(each) for each in factors(b, advised) if each.differs)


def _words(factor: Factor) -> str:
    before, after = (" | ".join(map(str, stages)) for stages in (factor.a, factor.b))
    if not after:
        return f"Leave out {before}."
    return f"Write {after} instead of {before}." if before else f"Add {after}."


def _exchanges(a: Recipe, b: Recipe) -> Iterator[Change]:
    own = {library_of(each.name) for each in b.stages} | {None}
    found = factors(a, b)
    for number, slot in enumerate(found):
        if slot.differs:
            stages = [each for index, one in enumerate(found) for each in (one.a if index == number else one.b)]
            is_own = all(library_of(each.name) in own for each in slot.a if isinstance(each, Stage))
            yield from _recipe(stages, OWN_OPERATION_COST if is_own else OTHER_LIBRARY_COST)


def _recipe(stages: Iterable[object], cost: int) -> Iterator[Change]:
    try:
        yield Change(Recipe(tuple(each for each in stages if isinstance(each, Stage))), cost)
    except RecipeError:
        return


def _rounded(b: Recipe) -> Iterator[Change]:
    """`b` rounding and clipping to uint8 where its resize gives floats."""
    places = [index for index, each in enumerate(b.stages, start=1) if each.operation.kind == "resize"]
    if places and all(each.operation.kind != "cast" for each in b.stages):
        stages = (*b.stages[: places[-1]], stage("cast.uint8"), *b.stages[places[-1] :])
        yield from _recipe(stages, OWN_OPERATION_COST)


def _stage_changes(a: Recipe, b: Recipe) -> Iterator[Change]:
    for slot in factors(a, b):
        if slot.differs and slot.b:
            (own,), others = slot.b, slot.a
            assert isinstance(own, Stage)
            model = others[0] if others else None
            assert model is None or isinstance(model, Stage)
            place = b.stages.index(own)
            for changed, cost in (*_with_other_options(own, model), *_other_operations(own, model)):
                yield from _recipe((*b.stages[:place], changed, *b.stages[place + 1 :]), cost)


def _with_other_options(own: Stage, model: Stage | None) -> Iterator[tuple[Stage, int]]:
    """`own` with one option changed, and with two where it is a resize: a kernel and its antialiasing, say."""
    alternatives = [(option, _values(option, own, model)) for option in own.operation.options]
    most = 2 if own.operation.kind == "resize" else 1
    for count in range(1, most + 1):
        for chosen in combinations(alternatives, count):
            for values in product(*(each for _, each in chosen)):
                changes = {option.name: value for (option, _), value in zip(chosen, values, strict=True)}
                yield from _changed(own, changes, count * OPTION_COST)


def _changed(own: Stage, changes: Changes, cost: int) -> Iterator[tuple[Stage, int]]:
    """`own` with `changes`, unless one of them is without effect beside the others."""
    options = {**own.options, **changes}
    if all(own.operation.option(name).applies(options) for name in changes):
        try:
            yield own.replace(**changes), cost
        except RecipeError:
            return


def _values(option: Option, own: Stage, model: Stage | None) -> tuple[Value, ...]:
    """All that may be chosen instead; of numbers and sizes, which are many, the one that A has."""
    now = own.options[option.name]
    if isinstance(option, Flag):
        return (not now,)
    if isinstance(option, Choice | Integer) and option.choices:
        return tuple(choice for choice in option.choices if choice != now)
    theirs = model.options.get(option.name) if model else None
    return (theirs,) if theirs is not None and type(theirs) is type(now) and theirs != now else ()


def _other_operations(own: Stage, model: Stage | None) -> Iterator[tuple[Stage, int]]:
    """Other operations of the same kind and library with the options that they share, and one option of their own."""
    library = library_of(own.name)
    for other in operations(own.operation.kind):
        if library is None or other.name == own.name or library_of(other.name) is not library:
            continue
        shared: Changes = {}
        for option in other.options:
            if option.name in own.options:
                try:
                    shared[option.name] = option.check(own.options[option.name])
                except RecipeError:
                    continue
        try:
            plain = stage(other.name, shared)
        except RecipeError:
            continue
        yield plain, OWN_OPERATION_COST
        yield from ((each, cost + OWN_OPERATION_COST) for each, cost in _with_other_options(plain, model))
