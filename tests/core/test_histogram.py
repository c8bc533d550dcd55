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
    (figure,) = percentiles(np.arange(13.0), counts, [percent])
    assert figure == pytest.approx(np.percentile(values, percent), rel=1e-12)


def test_percentiles_of_nothing() -> None:
    assert list(percentiles(np.arange(3.0), np.zeros(3, np.int64), [50, 99])) == [0, 0]
