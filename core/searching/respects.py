"""In which respect an array differs from the nearest recipe's, in a sentence: what explains the most of the rest.

The rest is explained by least squares with one cause at a time: another brightness, a displacement (the picture's
gradients), another sharpness (its Laplacian). Causes of few values, at the border or anywhere, are told by where the
rest is.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from .value_fit import Values

TOLD_FROM = 0.25
"""A cause is told from this share of the squared rest on."""

_FEW_PCT = 5.0
_CONCENTRATED = 0.8


def respect(made: npt.NDArray[Any], rest: Values) -> str:
    """A sentence for `rest`, what the array has more than `made`; both H x W x C in levels."""
    power = float((rest**2).mean())
    if power == 0 or min(rest.shape[:2]) < 5:
        return ""
    causes = [*_linear_causes(made.astype(np.float64), rest, power), *_placed_causes(rest)]
    share, words = max(causes, default=(0.0, ""), key=lambda cause: cause[0])
    return words if share >= TOLD_FROM else "No single cause explains it."


def _linear_causes(made: Values, rest: Values, power: float) -> list[tuple[float, str]]:
    inner, wanted = made[1:-1, 1:-1], rest[1:-1, 1:-1]
    x = (made[1:-1, 2:] - made[1:-1, :-2]) / 2
    y = (made[2:, 1:-1] - made[:-2, 1:-1]) / 2
    laplacian = made[1:-1, 2:] + made[1:-1, :-2] + made[2:, 1:-1] + made[:-2, 1:-1] - 4 * inner
    total = float((rest**2).sum())

    def explained(model: Values) -> float:
        flat = wanted.ravel()
        return float((flat**2).sum() - ((flat - model) ** 2).sum()) / total

    bias = float(rest.mean())
    causes = [(bias**2 / power, f"It is {'brighter' if bias > 0 else 'darker'} by {abs(bias):.2f} levels.")]
    design = np.stack([x.ravel(), y.ravel()], axis=1)
    moved, *_ = np.linalg.lstsq(design, wanted.ravel(), rcond=None)
    causes.append(
        (explained(design @ moved), f"It is displaced by {-moved[0]:.2f} px in x and {-moved[1]:.2f} px in y.")
    )
    amount = float((laplacian * wanted).sum() / max(float((laplacian**2).sum()), 1e-12))
    causes.append((explained(amount * laplacian.ravel()), "It is softer." if amount > 0 else "It is sharper."))
    return causes


def _placed_causes(rest: Values) -> list[tuple[float, str]]:
    square = rest**2
    total = float(square.sum())
    border = total - float(square[2:-2, 2:-2].sum())
    area = 1 - (rest.shape[0] - 4) * (rest.shape[1] - 4) / (rest.shape[0] * rest.shape[1])
    causes = []
    if border / total >= _CONCENTRATED and area < 0.5:
        causes.append((border / total, "It differs at the border alone."))
    few = max(1, int(square.size * _FEW_PCT / 100))
    largest = float(np.partition(square.ravel(), -few)[-few:].sum()) / total
    differing_pct = 100 * float(np.mean(np.abs(rest) > 0.5))
    if largest >= 0.99 and differing_pct <= _FEW_PCT:
        causes.append((largest, f"It differs in {max(differing_pct, 0.01):.2g} % of the values alone."))
    return causes
