"""How far an outcome is from equality, to rank recipes by."""

from typing import TypeAlias

from ..compare import Incomparable, Outcome

WORTH_A_STEP = 0.95
"""A change has to bring B nearer by this factor, or to a better verdict."""

Distance: TypeAlias = tuple[int, float]
"""The verdict's rank, since `rounding` goes before whatever is more, and the root of the mean square in levels."""

EQUAL: Distance = (0, 0.0)


def distance_of(outcome: Outcome) -> Distance:
    """How far from A; infinite where it cannot be compared."""
    if isinstance(outcome, Incomparable) or outcome.statistics.non_finite_values:
        return 2, float("inf")
    rank = ("identical", "rounding", "different").index(outcome.verdict)
    return rank, outcome.statistics.rmse / outcome.level


def is_worth_it(found: Distance, instead_of: Distance, factor: float = WORTH_A_STEP) -> bool:
    """Whether it has a better verdict, or the same at less than `factor` of the distance."""
    return found[0] < instead_of[0] or (found[0] == instead_of[0] and found[1] < factor * instead_of[1])
