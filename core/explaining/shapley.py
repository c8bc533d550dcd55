"""Shares of a whole among factors that act together: Shapley values (L. S. Shapley, 1953).

A factor's value is the mean, over all orders in which the factors can be exchanged, of what its exchange adds. The
values add up to the whole exactly. With more than `EXACT_UP_TO` factors some orders stand for all; the sum is exact
still.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import permutations

EXACT_UP_TO = 6
"""Factors for which all orders are gone through: 720 orders of at most 64 different sets."""

SAMPLED_ORDERS = 128
_SEED = 1953

Members = frozenset[int]


@dataclass(frozen=True)
class Value:
    """What one factor adds: the mean over the orders, the least and the most."""

    mean: float
    low: float
    high: float


def shapley_values(count: int, worth: Callable[[Members], float]) -> tuple[Value, ...]:
    """The value of each of `count` factors, where `worth` is what a set of exchanged factors makes, 0 for none.

    `worth` is asked for the sets of `needed_sets(count)`, perhaps more than once.
    """
    added: list[list[float]] = [[] for _ in range(count)]
    for order in _orders(count):
        for place, factor in enumerate(order):
            before = frozenset(order[:place])
            added[factor].append(worth(before | {factor}) - worth(before))
    return tuple(Value(math.fsum(each) / len(each), min(each), max(each)) for each in added)


def needed_sets(count: int) -> frozenset[Members]:
    """The sets whose worth the values of `count` factors are made of: all, or those that the sampled orders meet."""
    return frozenset(frozenset(order[:place]) for order in _orders(count) for place in range(count + 1))


@cache
def _orders(count: int) -> tuple[tuple[int, ...], ...]:
    """All orders, or a sample in which each stands with its reverse, so that it is the same seen from the other end."""
    if count <= EXACT_UP_TO:
        return tuple(permutations(range(count)))
    generator = random.Random(_SEED)  # noqa: S311 - orders to sample, no secret
    half = [tuple(generator.sample(range(count), count)) for _ in range(SAMPLED_ORDERS // 2)]
    return (*half, *(order[::-1] for order in half))
