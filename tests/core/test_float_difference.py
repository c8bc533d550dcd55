"""Differences of which at least one image is `float32`: exact sums, bins at every scale, values that are not finite."""

from fractions import Fraction
from functools import reduce

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.difference import Difference, measure
from core.errors import ImageContractError
from core.float_counts import FloatCounts
from core.image import Image
from core.statistics import Statistics, Sums

Values = npt.NDArray[np.float32]

BIN_ERROR = 1 / 512
"""What `core.numeric.float_bins` promises for figures that are read from bins."""


def row(*values: float) -> Values:
    return np.array(values, np.float32).reshape(1, -1, 1)


def noise(seed: int, scale: float, shape: tuple[int, ...] = (40, 50, 3)) -> Values:
    return np.random.default_rng(seed).normal(0, scale, shape).astype(np.float32)


def counts_of(difference: Difference) -> FloatCounts:
    assert isinstance(difference.counts, FloatCounts)
    return difference.counts


def test_figures() -> None:
    figures = measure(row(1, 2, 3, 4), row(1, 2.5, 3, 2)).statistics()
    assert (figures.max_abs, figures.max_at) == (2, (3, 0, 0))
    assert (figures.mean_abs, figures.bias) == (2.5 / 4, -1.5 / 4)
    assert figures.rmse == pytest.approx(np.sqrt(4.25 / 4), rel=1e-15)
    assert (figures.differing_values_pct, figures.differing_pixels_pct) == (50, 50)
    assert figures.p50 == 0.25


def test_identical_images() -> None:
    figures = measure(noise(1, 50), noise(1, 50)).statistics()
    assert (figures.max_abs, figures.rmse, figures.p99, figures.differing_values) == (0, 0, 0, 0)
    assert figures.psnr_db is None


def test_uint8_beside_float32() -> None:
    levels, values = np.array([[[0], [255]]], np.uint8), row(0.25, 254)
    assert measure(levels, values).statistics().bias == (0.25 - 1) / 2
    assert measure(values, levels).statistics().bias == (1 - 0.25) / 2


def test_there_is_no_joint_count() -> None:
    assert measure(row(1), row(2)).joint() is None


def test_shapes_that_differ_are_refused_with_both() -> None:
    with pytest.raises(ImageContractError, match=r"\(1, 2, 1\).*\(1, 3, 1\)"):
        measure(row(1, 2), row(1, 2, 3))


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1, 255, 1e4, 1e9])
def test_figures_equal_plain_numpy_at_every_scale(scale: float) -> None:
    a, b = noise(2, scale), noise(3, scale)
    figures = measure(a, b).statistics(peak=scale)
    d = b.astype(np.float64) - a.astype(np.float64)
    np.testing.assert_allclose(
        [figures.max_abs, figures.mean_abs, figures.bias, figures.rmse],
        [np.abs(d).max(), np.abs(d).mean(), d.mean(), np.sqrt((d**2).mean())],
        rtol=1e-10,
    )
    np.testing.assert_allclose(
        [figures.p50, figures.p95, figures.p99], np.percentile(np.abs(d), [50, 95, 99]), rtol=2 * BIN_ERROR
    )
    y, x, channel = np.unravel_index(np.abs(d).argmax(), d.shape)
    np.testing.assert_array_equal(figures.max_at, [x, y, channel])


def test_whole_numbers_have_exact_percentiles() -> None:
    """A recipe may leave levels as floats: their figures are then those of the levels."""
    generator = np.random.default_rng(4)
    a, b = generator.integers(0, 256, (2, 30, 40, 3), np.uint8)
    levels, values = measure(a, b).statistics(), measure(a.astype(np.float32), b.astype(np.float32)).statistics()
    assert values == levels


def test_float_differences_beyond_float32() -> None:
    """The extremes of float32 differ by more than a float32 holds."""
    most = float(np.finfo(np.float32).max)
    figures = measure(row(-most, 0), row(most, 0)).statistics()
    assert figures.max_abs == 2 * most
    assert figures.mean_abs == most
    assert figures.rmse == pytest.approx(2 * most / np.sqrt(2), rel=1e-15)


def test_the_smallest_float_counts_as_a_difference() -> None:
    least = float(np.finfo(np.float32).smallest_subnormal)
    figures = measure(row(0, 1), row(least, 1)).statistics()
    assert (figures.max_abs, figures.bias, figures.differing_values) == (least, least / 2, 1)
    assert figures.p99 == 0


def test_sums_lose_nothing() -> None:
    """In float64, 1 + 1e16 - 1e16 is 0 or 1 depending on the order, and float32 stops counting ones at 2^24."""
    b = np.ones((1, 3, 1), np.float32)
    b[0, 1:, 0] = 1e16, -1e16
    assert measure(np.zeros_like(b), b).statistics().bias == pytest.approx(1 / 3, rel=1e-15)
    ones = np.ones((4097, 4096, 1), np.float32)
    assert measure(np.zeros_like(ones), ones).statistics().bias == 1


def test_values_that_are_not_finite_are_counted_and_left_out() -> None:
    a = row(1, np.nan, np.inf, 0, np.nan, 5)
    b = row(3, 0, np.inf, -np.inf, np.nan, 5)
    difference = measure(a, b)
    figures = difference.statistics()
    assert (figures.non_finite_values, figures.values) == (4, 2)
    assert (figures.max_abs, figures.mean_abs, figures.bias, figures.max_at) == (2, 1, 1, (0, 0, 0))
    assert figures.differing_values_pct == 50
    assert difference.signed_histogram().counts.sum() == 2
    assert difference.histogram_a().counts.sum() == 2
    assert difference.histogram_b().counts.sum() == 2


def test_nothing_finite_leaves_zeros() -> None:
    figures = measure(row(np.nan, np.inf), row(0, 0)).statistics()
    assert (figures.values, figures.non_finite_values) == (0, 2)
    assert (figures.max_abs, figures.mean_abs, figures.rmse, figures.p99, figures.psnr_db) == (0, 0, 0, 0, None)
    assert measure(row(np.nan), row(0)).signed_histogram().counts.sum() == 0


def all_figures(statistics: Statistics) -> list[float]:
    return [value for value in statistics if isinstance(value, float)]


SHAPE = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 4))
ANY_FLOAT = st.floats(width=32)
FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


def pairs_of(
    shape: tuple[int, ...], elements: st.SearchStrategy[float] = ANY_FLOAT
) -> st.SearchStrategy[tuple[Values, Values]]:
    return st.tuples(*[hnp.arrays(np.float32, shape, elements=elements)] * 2)


def pairs(elements: st.SearchStrategy[float]) -> st.SearchStrategy[tuple[Values, Values]]:
    return SHAPE.flatmap(lambda shape: pairs_of(shape, elements))


@given(pairs(ANY_FLOAT))
def test_no_figure_is_ever_infinite_or_not_a_number(pair: tuple[Values, Values]) -> None:
    figures = measure(*pair).statistics()
    for part in (figures, *figures.channels):
        assert np.isfinite(all_figures(figures)).all()
        assert part.values + part.non_finite_values == (np.size(pair[0]) if part is figures else pair[0][..., 0].size)


@given(pairs(FINITE))
def test_sums_are_those_of_fractions(pair: tuple[Values, Values]) -> None:
    """Each difference, and its square, is rounded to a float64 once; nothing more is lost."""
    d = (pair[1].astype(np.float64) - pair[0].astype(np.float64)).ravel()
    for differences_only in (False, True):
        together = reduce(Sums.merge, measure(*pair, differences_only=differences_only).counts.sums)
        unit = Fraction(2) ** together.exponent
        assert together.total * unit == sum(map(Fraction, d))
        assert together.total_abs * unit == sum(map(Fraction, np.abs(d)))
        assert together.total_squared * unit**2 == sum(map(Fraction, d * d))


@given(pairs(ANY_FLOAT))
def test_counting_the_differences_alone_gives_the_same_figures(pair: tuple[Values, Values]) -> None:
    whole, light = measure(*pair), measure(*pair, differences_only=True)
    assert light.statistics() == whole.statistics()
    np.testing.assert_array_equal(light.signed_histogram().counts, whole.signed_histogram().counts)


@given(pairs(ANY_FLOAT))
def test_swapping_the_images_mirrors_the_difference(pair: tuple[Values, Values]) -> None:
    a, b = pair
    forth, back = measure(a, b), measure(b, a)
    assert forth.statistics().bias == -back.statistics().bias
    assert forth.maxima == back.maxima
    np.testing.assert_array_equal(forth.signed_histogram().counts, back.signed_histogram().counts[::-1])
    np.testing.assert_array_equal(forth.signed_histogram().edges, -back.signed_histogram().edges[::-1])
    np.testing.assert_array_equal(forth.histogram_a().counts, back.histogram_b().counts)


def assert_same(first: Difference, second: Difference) -> None:
    assert first.statistics() == second.statistics()
    assert counts_of(first).sums == counts_of(second).sums
    np.testing.assert_array_equal(counts_of(first).bins, counts_of(second).bins)


@settings(max_examples=20)
@given(SHAPE.flatmap(lambda shape: st.lists(pairs_of(shape), min_size=3, max_size=3)))
def test_merging_is_the_same_in_any_order(parts: list[tuple[Values, Values]]) -> None:
    first, second, third = (measure(*part) for part in parts)
    assert_same(first.merge(second).merge(third), first.merge(second.merge(third)))
    assert_same(first.merge(second).merge(third), third.merge(first).merge(second))


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    a, b = noise(5, 60, (701, 601, 3)), noise(6, 60, (701, 601, 3))
    assert_same(measure(a, b, threads=threads), measure(a, b, threads=1))


@pytest.mark.parametrize("shape", [(1, 1, 4), (1, 70_000, 1), (70_000, 1, 2), (16_385, 2, 3)])
def test_shapes_at_the_limits(shape: tuple[int, int, int]) -> None:
    a, b = noise(7, 10, shape), noise(8, 10, shape)
    figures = measure(a, b).statistics()
    d = b.astype(np.float64) - a
    y, x, channel = np.unravel_index(np.abs(d).argmax(), shape)
    np.testing.assert_array_equal(figures.max_at, [x, y, channel])
    assert figures.bias == pytest.approx(d.mean(), rel=1e-9)


def test_stacked_images_equal_merged_ones() -> None:
    a, b = noise(9, 1), noise(10, 1)
    merged = measure(a[:11], b[:11]).merge(measure(a[11:], b[11:]))
    assert counts_of(merged).sums == counts_of(measure(a, b)).sums
    np.testing.assert_array_equal(counts_of(merged).bins, counts_of(measure(a, b)).bins)


def test_an_image_histogram_holds_the_values() -> None:
    histogram = measure(row(0, 1, 1, 200), row(0, 0, 0, 0)).histogram_a()
    occupied = np.flatnonzero(histogram.counts)
    np.testing.assert_allclose(histogram.centres[occupied], [0, 1, 200], rtol=1e-3, atol=1e-12)
    np.testing.assert_array_equal(histogram.counts[occupied], [1, 2, 1])


@pytest.mark.parametrize("levels", [np.zeros((1, 1, 1), np.uint8)])
def test_counts_of_levels_and_of_floats_do_not_merge(levels: Image) -> None:
    with pytest.raises(ImageContractError, match="uint8 images with one of float32"):
        measure(levels, levels).merge(measure(row(0), row(0)))
