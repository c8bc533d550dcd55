"""Intervals and the exact test, against published values and by hand."""

import pytest

from core.impacting.intervals import CountShare, mcnemar, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_the_published_one(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_all_and_nothing() -> None:
    assert wilson(20, 20) == pytest.approx((1 - 0.1611, 1.0), abs=5e-5)
    assert CountShare(0, 0).interval == (0.0, 1.0)
    assert CountShare(0, 0).value == 0
    assert CountShare(1, 4).value == 0.25


@pytest.mark.parametrize(
    ("broken", "mended", "p"),
    # Of 6 tosses: 2 * (1 + 6) / 64; of 10: 2 * (1 + 10 + 45) / 1024; an even split is what chance does.
    [(1, 5, 14 / 64), (2, 8, 112 / 1024), (0, 6, 2 / 64), (3, 3, 1.0), (0, 0, 1.0), (5, 1, 14 / 64)],
)
def test_mcnemars_test_counts_tosses(broken: int, mended: int, p: float) -> None:
    assert mcnemar(broken, mended) == pytest.approx(p)


def test_thousands_of_tosses_are_no_problem() -> None:
    assert mcnemar(2000, 3000) < 1e-40
