"""A photograph changed in one known way each, and the sentence for it."""

import numpy as np
import pytest

from core.searching.respects import respect
from tests.core.making import make, photograph

MADE = make("opencv.imdecode | opencv.resize(INTER_AREA, 96x64)", photograph("china")).astype(np.float64)


def blurred(values: np.ndarray) -> np.ndarray:
    padded = np.pad(values, ((0, 0), (1, 1), (0, 0)), "edge")
    return padded[:, :-2] / 4 + padded[:, 1:-1] / 2 + padded[:, 2:] / 4


def edged(values: np.ndarray) -> np.ndarray:
    changed = values.copy()
    changed[0] += 40
    return changed


def wrapped(values: np.ndarray) -> np.ndarray:
    changed = values.copy()
    changed.reshape(-1)[::400] += 200
    return changed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (MADE - 2, "It is darker by 2.00 levels."),
        (MADE + 0.5, "It is brighter by 0.50 levels."),
        (0.7 * MADE + 0.3 * np.roll(MADE, 1, axis=1), "It is displaced by 0.3"),
        (blurred(MADE), "It is softer."),
        (2 * MADE - blurred(MADE), "It is sharper."),
        (edged(MADE), "It differs at the border alone."),
        (wrapped(MADE), "It differs in 0.25 % of the values alone."),
        (MADE + np.random.default_rng(0).normal(size=MADE.shape), "No single cause explains it."),
        (MADE, ""),
    ],
)
def test_the_cause_is_told(changed: np.ndarray, words: str) -> None:
    assert respect(MADE, changed - MADE).startswith(words)
    assert bool(respect(MADE, changed - MADE)) == bool(words)
