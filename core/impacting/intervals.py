"""How sure one may be of counts: Wilson's interval for a share, and McNemar's exact test for a change."""

import math
from dataclasses import dataclass

_Z_95 = 1.959963984540054
"""The standard normal distribution's 97.5 % quantile."""


@dataclass(frozen=True)
class CountShare:
    """`count` of `of`, with the 95 % interval of the share behind it."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share from 0 to 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (E. B. Wilson, 1927) at 95 %; (0, 1) of nothing."""
        return wilson(self.count, self.of)


def wilson(count: int, of: int, z: float = _Z_95) -> tuple[float, float]:
    """Wilson's score interval for `count` of `of`: it stays within 0 to 1 and is honest for few and for none."""
    if not of:
        return 0.0, 1.0
    share, weight = count / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / of + weight / (4 * of))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return low, 1.0 if count == of else min(1.0, middle + half)


def mcnemar(broken: int, mended: int) -> float:
    """The exact two-sided p of McNemar's test (Q. McNemar, 1947).

    If A and B were equally often right, each picture that only one of them gets right would be a toss of a coin: the p
    is the probability of a split at least as uneven as `broken` to `mended`.
    """
    tosses = broken + mended
    tail = sum(math.comb(tosses, heads) for heads in range(min(broken, mended) + 1))
    both_tails: float = 2 * tail / 2**tosses
    return min(1.0, both_tails)
