import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.histogram import Histogram, percentiles


def test_rebinning_keeps_every_count() -> None:
    fine = Histogram(np.array([0.0, 1, 2, 3, 4]), np.array([1, 2, 4, 8]))
    coarse = fine.rebinned(2)
    np.testing.assert_array_equal(coarse.edges, [0, 2, 4])
    np.testing.assert_array_equal(coarse.counts, [3, 12])
    np.testing.assert_array_equal(coarse.centres, [1, 3])


def test_wide_bins_go_where_their_centre_lies() -> None:
    uneven = Histogram(np.array([0.0, 1, 8]), np.array([5, 7]))
    np.testing.assert_array_equal(uneven.rebinned(4).counts, [5, 0, 7, 0])


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40), st.sampled_from([0, 1, 50, 95, 99, 100]))
def test_percentiles_are_numpys(values: list[int], percent: int) -> None:
    counts = np.bincount(values, minlength=13)
    (figure,), (figure_of_all,) = percentiles(np.arange(13.0), counts[np.newaxis], [percent])
    assert figure == figure_of_all == pytest.approx(np.percentile(values, percent), rel=1e-12)


def test_percentiles_of_nothing() -> None:
    assert percentiles(np.arange(3.0), np.zeros((1, 3), np.int64), [50, 99]) == [[0, 0], [0, 0]]


def test_percentiles_of_several_lists_and_of_all_together() -> None:
    first, second = [1, 1, 1, 5], [0, 2, 9]
    counts = np.stack([np.bincount(values, minlength=10) for values in (first, second)])
    found = percentiles(np.arange(10.0), counts, [50, 95])
    np.testing.assert_allclose(found, [np.percentile(values, [50, 95]) for values in (first, second, first + second)])
