import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numeric.float_bins import BIN_COUNT, bin_edges, bin_values, count_bins


def bin_of(value: float) -> int:
    values = np.array([value], np.float32)
    counts = np.zeros((1, BIN_COUNT), np.int64)
    count_bins(values, values, counts, (0,))
    (index,) = np.flatnonzero(counts)
    return int(index)


def test_bins_ascend_and_are_symmetrical() -> None:
    values, edges = bin_values(), bin_edges()
    assert (np.diff(values) > 0).all()
    assert ((edges[:-1] < values) & (values < edges[1:])).all()
    np.testing.assert_array_equal(values, -values[::-1])


@pytest.mark.parametrize("number", [0, 1, -1, 2, 255, -255, 511, 512, 0.5, 127.25])
def test_numbers_of_nine_bits_have_their_own_bin(number: float) -> None:
    assert bin_values()[bin_of(number)] == number


@given(st.floats(2.0**-79, 2.0**47, width=32), st.sampled_from([1, -1]))
def test_a_bin_is_within_a_512th_of_what_it_counts(size: float, sign: int) -> None:
    index = bin_of(sign * size)
    assert bin_values()[index] == pytest.approx(sign * size, rel=1 / 512)
    assert bin_edges()[index] <= sign * size <= bin_edges()[index + 1]


@pytest.mark.parametrize(("value", "index"), [(1e-30, BIN_COUNT // 2), (3e38, BIN_COUNT - 1), (-3e38, 0)])
def test_what_is_too_small_or_too_large(value: float, index: int) -> None:
    assert bin_of(value) == index
