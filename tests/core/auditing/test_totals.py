"""Merged counts: the figures of all pictures are those of one picture made of all of them."""

from itertools import permutations

import numpy as np
import pytest

from core.auditing.picture import Key
from core.auditing.totals import Totals
from core.difference import measure
from core.image import Image

GENERATOR = np.random.default_rng(5)
LEVELS = Key(0, "final", 3, "uint8", 1.0)
FLOATS = Key(0, "after resize", 3, "float32", 1.0)


def pairs(dtype: type, count: int = 3) -> list[tuple[Image, Image]]:
    made: list[tuple[Image, Image]] = []
    for _ in range(count):
        a: Image = GENERATOR.integers(0, 250, (7, 5, 3)).astype(dtype)
        made.append((a, (a + GENERATOR.integers(0, 5, a.shape)).astype(dtype)))
    return made


@pytest.mark.parametrize(("key", "dtype"), [(LEVELS, np.uint8), (FLOATS, np.float32)])
def test_totals_are_the_figures_of_all_pixels_together_in_any_order(key: Key, dtype: type) -> None:
    made = pairs(dtype)
    whole = measure(np.concatenate([a for a, _ in made]), np.concatenate([b for _, b in made])).statistics()
    for order in permutations(made):
        totals = Totals()
        for a, b in order:
            totals.add(key, measure(a, b, differences_only=True))
        ((found_key, pictures, difference),) = totals
        assert (found_key, pictures) == (key, 3)
        found = difference.statistics()
        for name in ("max_abs", "mean_abs", "bias", "rmse", "p50", "p99", "differing_values_pct", "values"):
            assert getattr(found, name) == getattr(whole, name), name


def test_totals_come_back_from_their_bytes_exactly() -> None:
    totals = Totals()
    for key, dtype in ((LEVELS, np.uint8), (FLOATS, np.float32)):
        for a, b in pairs(dtype):
            totals.add(key, measure(a, b, differences_only=True))
    found = Totals.from_bytes(totals.to_bytes())
    for (key, count, difference), (found_key, found_count, again) in zip(totals, found, strict=True):
        assert (found_key, found_count) == (key, count)
        assert again.statistics() == difference.statistics()
        np.testing.assert_array_equal(again.signed_histogram().counts, difference.signed_histogram().counts)


def test_totals_of_parts_add_up() -> None:
    made = pairs(np.uint8, 4)
    together, parts = Totals(), [Totals(), Totals()]
    for number, (a, b) in enumerate(made):
        together.add(LEVELS, measure(a, b, differences_only=True))
        parts[number % 2].add(LEVELS, measure(a, b, differences_only=True))
    merged = Totals()
    for part in parts:
        merged.merge(Totals.from_bytes(part.to_bytes()))
    assert merged.to_bytes() == together.to_bytes()
