"""Classes of what is near, and an order in which classes are blocks with their likes beside them."""

import numpy as np
import numpy.typing as npt

Distances = npt.NDArray[np.float64]
Class = tuple[int, ...]


def classes_within(distances: Distances, within: float) -> tuple[Class, ...]:
    """Members 0 … n - 1 in classes whose members are all `within` of each other; NaN is never near.

    `distances` is symmetric, float64 of shape (n, n). A member joins the first class that it is near enough to as a
    whole: complete linkage, so that no chain of small steps leads far away.
    """
    classes: list[list[int]] = []
    for member in range(len(distances)):
        home = next((each for each in classes if (distances[member, each] <= within).all()), None)
        if home is None:
            classes.append([member])
        else:
            home.append(member)
    return tuple(tuple(each) for each in classes)


def in_blocks(classes: tuple[Class, ...], distances: Distances) -> tuple[Class, ...]:
    """The same classes, each followed by the nearest of those that are left, by their first members.

    The first stays the first. An optimal order of leaves was rejected: it takes a clustering library, and moves
    everything when one operation is added.
    """
    left = list(classes)
    ordered = left[:1]
    left = left[1:]
    while left:
        here = ordered[-1][0]
        nearest = min(left, key=lambda each: _finite(distances[here, each[0]]))
        ordered.append(nearest)
        left.remove(nearest)
    return tuple(ordered)


def _finite(distance: float) -> float:
    return float("inf") if np.isnan(distance) else distance
