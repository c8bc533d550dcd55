"""Every sum, count and place against fractions and plain numpy, above all where blocks end and grades change."""

from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.image import Image
from core.numeric.float_bins import BIN_COUNT, LARGEST, bin_values
from core.numeric.signed_floats import BLOCK, BLOCKS_AT_MOST, COLUMNS
from core.signed_counts import count_float_differences
from core.statistics import Maximum, Sums

CHANNELS = (1, 2, 3, 4)
WHITE = 255.0


def differences_of(a: Image, b: Image) -> npt.NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        differences = b.astype(np.float64) - a.astype(np.float64)
    return np.where(np.isfinite(differences), differences, 0)


def bins_of(differences: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """How many lie in each bin: those nearest to a number of nine significant bits, halves away from 0."""
    with np.errstate(over="ignore"):
        singles = differences.astype(np.float32).astype(np.float64)
    limited = np.clip(singles, bin_values()[0], bin_values()[-1])
    fraction, exponent = np.frexp(np.abs(limited))
    sizes = np.ldexp(np.floor(fraction * 512 + 0.5), exponent - 9)
    sizes[sizes < bin_values()[LARGEST + 1]] = 0
    return np.bincount(np.searchsorted(bin_values(), np.copysign(sizes, limited)), minlength=BIN_COUNT)


def exact(values: npt.NDArray[np.float64]) -> Fraction:
    return sum(map(Fraction, values[values != 0].tolist()), start=Fraction(0))


def assert_summed(sums: Sums, differences: npt.NDArray[np.float64]) -> None:
    unit = Fraction(2) ** sums.exponent
    assert sums.differing_values == np.count_nonzero(differences)
    assert sums.total * unit == exact(differences)
    assert sums.total_abs * unit == exact(abs(differences))
    assert sums.total_squared * unit**2 == exact(differences * differences)


def assert_counted(a: Image, b: Image) -> None:
    differences, channels = differences_of(a, b), a.shape[2]
    differing_pixels, maxima, counts = count_float_differences(frozen(a), frozen(b))
    assert differing_pixels == int((differences != 0).any(axis=2).sum())
    non_finite = (~(np.isfinite(a) & np.isfinite(b))).sum(axis=(0, 1))
    for channel in range(channels):
        of_channel = differences[..., channel]
        y, x = np.unravel_index(abs(of_channel).argmax(), of_channel.shape)
        assert maxima[channel] == Maximum(abs(of_channel).max(), int(x), int(y))
        sums = counts.sums[channel]
        assert (sums.values, sums.non_finite_values) == (of_channel.size - non_finite[channel], non_finite[channel])
        assert_summed(sums, of_channel)
        wanted = bins_of(of_channel.ravel())
        wanted[LARGEST] -= non_finite[channel]
        np.testing.assert_array_equal(counts.bins()[channel], wanted)


def frozen(image: Image) -> Image:
    """Of the type that images have, so that no loop is compiled for the tests alone."""
    view = image.view()
    view.flags.writeable = False
    return view


def floats(values: npt.ArrayLike, channels: int = 1) -> Image:
    """An image of one row."""
    return np.asarray(values, np.float32).reshape(1, -1, channels)


def noise(seed: int, shape: tuple[int, ...], spread: float = 60) -> Image:
    return np.random.default_rng(seed).normal(100, spread, shape).astype(np.float32)


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("blocks", [1, 2])
def test_sizes_around_whole_blocks(blocks: int, more: int, channels: int) -> None:
    pixels = blocks * BLOCK // channels + more
    a, b = noise(1, (1, pixels, channels)), noise(2, (1, pixels, channels))
    assert_counted(a, b)
    only_last = a.copy()
    only_last[0, -1, -1] = -WHITE
    assert_counted(a, only_last)


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (37, 41)])
def test_levels_against_floats_either_way(shape: tuple[int, int], channels: int) -> None:
    levels = np.random.default_rng(3).integers(0, 256, (*shape, channels), np.uint8)
    near = (levels + noise(4, levels.shape, 1) - 100).astype(np.float32)
    assert_counted(levels, near)
    assert_counted(near, levels)
    assert_counted(levels, levels.astype(np.float32))


@given(st.lists(st.integers(-140, 110), min_size=1, max_size=5), st.sampled_from(CHANNELS))
def test_blocks_of_any_scales(scales: list[int], channels: int) -> None:
    """Each block is of another grade, or of one met before."""
    pixels = BLOCK // channels
    scale = np.repeat(np.ldexp(1.0, scales), pixels).reshape(1, -1, 1)
    a, b = (noise(seed, (1, pixels * len(scales), channels), 8) * scale for seed in (5, 6))
    assert_counted(a.astype(np.float32), b.astype(np.float32))


@given(st.integers(0, 200), st.integers(1, 40))
def test_any_range_within_a_block(octaves: int, seed: int) -> None:
    """What lies far below the largest is left over, from 2^-50 times it on."""
    generator = np.random.default_rng(seed)
    a, b = (np.ldexp(generator.normal(size=200), generator.integers(-octaves, 1, 200)) for _ in range(2))
    assert_counted(floats(a, 2), floats(b, 2))


@pytest.mark.parametrize("bits", [26, 27, 42, 43, 44, 49, 50, 51, 52])
def test_small_numbers_that_leave_nothing_over_and_that_do(bits: int) -> None:
    small = np.ldexp([1, 3, 1 + 2**-23, 2 - 2**-23], -bits)
    assert_counted(floats([0, 0, 0, 0, 0.75]), floats([*small, 0]))
    assert_counted(floats([255, 1, 0, 0, 0]), floats([0, *small]))


def test_what_is_left_over_may_cancel_out() -> None:
    """2^7 + 2^-60 has two parts; the small ones come to 0, but not those of the squares."""
    tiny = 2.0**-60
    assert_counted(floats([128, tiny, 0, 0]), floats([0, 0, tiny, 128]))
    assert_counted(floats([1, 0, 0, 3 * tiny]), floats([0, tiny, 1, 0]))
    assert_counted(floats([-tiny, 5 * tiny, 100]), floats([100, 100, 0]))


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("channels", CHANNELS)
def test_pairs_that_are_not_finite_count_for_nothing(wrong: float, channels: int) -> None:
    a, b = noise(7, (3, BLOCK, channels)), noise(8, (3, BLOCK, channels))
    a[0, 5, 0] = b[0, 5, 0] = a[2, -1, -1] = wrong
    b[1, ::7] = -wrong
    assert_counted(a, b)
    assert_counted(np.full_like(a, wrong), b)


def test_the_largest_floats() -> None:
    """Their differences are no float32."""
    most = float(np.finfo(np.float32).max)
    assert_counted(floats([most, -most, most, 1]), floats([-most, most, most, 1]))
    assert_counted(floats([most, np.nan, 0]), floats([-most, 0, 2.0**-149]))


@pytest.mark.parametrize("least", [2.0**-149, 2.0**-100, 2.0**-80, 2.0**-80 * (1 + 2**-9), 2.0**-79])
@pytest.mark.parametrize("largest", [2.0**-148, 2.0**-78, 1, 2.0**47, 2.0**48, 2.0**90])
def test_sizes_beyond_the_bins_on_either_side(least: float, largest: float) -> None:
    values = [0, least, -least, largest, -largest, 0]
    assert_counted(floats(np.zeros(6)), floats(values))
    assert_counted(floats(np.zeros(6), 2), floats(values, 2))


def test_a_negative_zero_is_no_difference() -> None:
    assert_counted(floats([0.0, -0.0, 1]), floats([-0.0, 0.0, 1]))
    assert_counted(floats([0.0, -0.0, 1]), floats([-0.0, 0.0, 2]))


def test_blocks_without_a_difference_between_others() -> None:
    a = noise(9, (1, 4 * BLOCK // 4, 4))
    b = a.copy()
    b[0, 10, 1] += 3
    b[0, -10, 3] -= 2
    assert_counted(a, b)
    assert_counted(a, a.copy())


@pytest.mark.parametrize("channels", CHANNELS)
def test_the_first_of_equal_maxima_is_found(channels: int) -> None:
    a = np.zeros((3, BLOCK, channels), np.float32)
    b = a + np.float32(0.5)
    for channel in range(channels):
        b[1:, COLUMNS + channel :: 50, channel] = -3 - channel
    assert_counted(a, b)


def test_a_maximum_that_differs_from_another_beyond_float32() -> None:
    """1 and 1 + 2^-30 are one float32."""
    a, b = np.zeros((1, 2 * BLOCK, 1), np.float32), np.zeros((1, 2 * BLOCK, 1), np.float32)
    b[0, 3], b[0, BLOCK + 5] = 1, 1
    a[0, BLOCK + 5] = -(2.0**-30)
    assert_counted(a, b)


def test_more_blocks_than_columns_can_hold() -> None:
    a = np.full((1, (BLOCKS_AT_MOST + 3) * BLOCK, 1), 2.0**-23, np.float32)
    b = np.full_like(a, -WHITE)
    _, _, counts = count_float_differences(frozen(a), frozen(b))
    (sums,) = counts.sums
    unit, difference = Fraction(2) ** sums.exponent, Fraction(-255) - Fraction(2) ** -23
    assert sums.total * unit == a.size * difference
    assert sums.total_abs * unit == -a.size * difference
    assert sums.total_squared * unit**2 == a.size * Fraction(float(difference) ** 2)


def test_nothing_is_left_for_the_next_pair() -> None:
    a, b = noise(10, (30, 30, 3)), noise(11, (30, 30, 3))
    a[0, 0], b[3, 3] = 1e-30, np.nan
    for _ in range(2):
        assert_counted(a, b)
