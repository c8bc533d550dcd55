"""Shares of a whole among factors that act together: Shapley values (L. S. Shapley, 1953).

A factor's value is the mean, over all orders in which the factors can be exchanged, of what its exchange adds. The values
add up to the whole exactly. With more than `EXACT_UP_TO` factors some orders stand for all; the sum is exact still.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import permutations

EXACT_UP_TO = 6
"""Factors for which all orders are gone through: 720 orders of at most 64 different sets."""

SAMPLED_ORDERS = 128
_SEED = 1953


@dataclass(frozen=True)
class Value:
    """What one factor adds: the mean over the orders, the least and the most."""

    mean: float
    low: float
    high: float


def shapley_values(count: int, worth: Callable[[frozenset[int]], float]) -> tuple[Value, ...]:
    """The value of each of `count` factors, where `worth` is what a set of exchanged factors makes, 0 for the empty one.

    `worth` is asked once for each set.
    """
    known = cache(worth)
    added: list[list[float]] = [[] for _ in range(count)]
    for order in _orders(count):
        exchanged: frozenset[int] = frozenset()
        for factor in order:
            following = exchanged | {factor}
            added[factor].append(known(following) - known(exchanged))
            exchanged = following
    return tuple(Value(sum(each) / len(each), min(each), max(each)) for each in added)


def _orders(count: int) -> Iterable[tuple[int, ...]]:
    if count <= EXACT_UP_TO:
        return permutations(range(count))
    generator = random.Random(_SEED)  # noqa: S311 - orders to sample, no secret
    return [tuple(generator.sample(range(count), count)) for _ in range(SAMPLED_ORDERS)]
