"""Differences of `uint8` images: figures to check by hand, laws, and plain float64 numpy as an oracle."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from skimage.metrics import peak_signal_noise_ratio

from core.difference import Difference, measure
from core.errors import ImageContractError
from core.level_counts import LevelCounts
from core.statistics import Maximum, Statistics

Levels = npt.NDArray[np.uint8]


def image(rows: list[list[list[int]]]) -> Levels:
    return np.array(rows, np.uint8)


def noise(seed: int, height: int, width: int, channels: int) -> Levels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)


# One row of four pixels; red differs by 0, +1, 0, -3 and blue by +2 once.
A = image([[[10, 0, 7], [20, 0, 7], [30, 0, 7], [40, 0, 7]]])
B = image([[[10, 0, 7], [21, 0, 7], [30, 0, 9], [37, 0, 7]]])


def test_figures_over_all_channels() -> None:
    figures = measure(A, B).statistics()
    assert figures.max_abs == 3
    assert figures.max_at == (3, 0, 0)
    assert figures.values == 12
    assert figures.differing_values == 3
    assert figures.differing_values_pct == 25
    assert figures.differing_pixels_pct == 75
    assert figures.mean_abs == 6 / 12
    assert figures.bias == 0
    assert figures.rmse == pytest.approx(np.sqrt(14 / 12), rel=1e-15)
    assert figures.psnr_db == pytest.approx(10 * np.log10(255**2 * 12 / 14), rel=1e-15)
    assert figures.p50 == 0
    assert figures.p99 == pytest.approx(2.89, rel=1e-15)
    assert figures.non_finite_values == 0


def test_figures_of_each_channel() -> None:
    red, green, blue = measure(A, B).statistics().channels
    assert (red.max_abs, red.max_at, red.mean_abs, red.bias) == (3, (3, 0, 0), 1, -0.5)
    assert (green.max_abs, green.max_at, green.psnr_db) == (0, (0, 0, 1), None)
    assert (blue.max_abs, blue.max_at, blue.bias, blue.differing_pixels_pct) == (2, (2, 0, 2), 0.5, 25)


def test_identical_images() -> None:
    figures = measure(A, A.copy()).statistics()
    assert (figures.max_abs, figures.mean_abs, figures.bias, figures.rmse, figures.p99) == (0, 0, 0, 0, 0)
    assert (figures.differing_values_pct, figures.differing_pixels_pct) == (0, 0)
    assert figures.psnr_db is None


def test_nothing_wraps_around() -> None:
    """`uint8` arithmetic makes 1 of 0 - 255 and 255 of 255 - 0."""
    black, white = np.zeros((2, 3, 1), np.uint8), np.full((2, 3, 1), 255, np.uint8)
    figures = measure(white, black).statistics()
    assert (figures.max_abs, figures.mean_abs, figures.bias, figures.rmse) == (255, 255, -255, 255)
    assert figures.psnr_db == 0
    assert measure(black, white).statistics().bias == 255


def test_the_first_maximum_in_raster_order_wins_within_a_pixel_a_row_and_an_image() -> None:
    a = np.zeros((3, 4, 3), np.uint8)
    b = a.copy()
    b[2, 0, 0] = b[1, 3, 2] = b[1, 3, 1] = b[1, 3, 0] = 9
    b[0, 0, 2] = 8
    figures = measure(a, b).statistics()
    assert figures.max_at == (3, 1, 0)
    assert [channel.max_at for channel in figures.channels] == [(3, 1, 0), (3, 1, 1), (3, 1, 2)]


def test_channels_keep_their_order() -> None:
    a = np.zeros((2, 2, 4), np.uint8)
    b = a + np.array([1, 2, 3, 4], np.uint8)
    assert [channel.bias for channel in measure(a, b).statistics().channels] == [1, 2, 3, 4]


def test_joint_counts_are_indexed_a_then_b() -> None:
    joint = measure(A, B).joint(0)
    assert joint is not None
    assert joint.dtype == np.int64
    assert [tuple(place) for place in np.argwhere(joint)] == [(10, 10), (20, 21), (30, 30), (40, 37)]
    whole = measure(A, B).joint()
    assert whole is not None
    assert (whole[0, 0], whole[7, 7], whole[7, 9], whole.sum()) == (4, 3, 1, 12)


def test_histograms() -> None:
    difference = measure(A, B)
    signed = difference.signed_histogram()
    np.testing.assert_array_equal(signed.centres, np.arange(-255, 256))
    assert {int(level): int(count) for level, count in zip(signed.centres, signed.counts, strict=True) if count} == {
        -3: 1,
        0: 9,
        1: 1,
        2: 1,
    }
    np.testing.assert_array_equal(difference.histogram_a(2).centres, np.arange(256))
    assert difference.histogram_a(2).counts[7] == 4
    assert list(difference.histogram_b(2).counts[[7, 9]]) == [3, 1]
    assert difference.histogram_b().counts.sum() == 12


def test_shapes_that_differ_are_refused_with_both() -> None:
    with pytest.raises(ImageContractError, match=r"\(2, 3, 3\).*\(3, 2, 3\)"):
        measure(noise(0, 2, 3, 3), noise(0, 3, 2, 3))


def test_the_callers_arrays_stay_writeable() -> None:
    a = noise(0, 2, 3, 3)
    measure(a, a.copy())
    assert a.flags.writeable


def counts_of(difference: Difference) -> npt.NDArray[np.int64]:
    assert isinstance(difference.counts, LevelCounts)
    return difference.counts.channel_joints


def assert_same(first: Difference, second: Difference) -> None:
    np.testing.assert_array_equal(counts_of(first), counts_of(second))
    assert first.pixels == second.pixels
    assert first.differing_pixels == second.differing_pixels
    assert first.statistics() == second.statistics()


SHAPES = hnp.array_shapes(min_dims=3, max_dims=3, min_side=1, max_side=9).filter(lambda shape: shape[2] <= 4)
PAIRS = SHAPES.flatmap(lambda shape: st.tuples(*[hnp.arrays(np.uint8, shape)] * 2))


def assert_figures(figures: Statistics, d: npt.NDArray[np.float64]) -> None:
    """`figures` against what plain numpy makes of d = b - a in float64."""
    np.testing.assert_allclose(
        [figures.max_abs, figures.mean_abs, figures.bias, figures.rmse, figures.differing_values_pct],
        [np.abs(d).max(), np.abs(d).mean(), d.mean(), np.sqrt((d**2).mean()), 100 * np.mean(d != 0)],
        rtol=1e-12,
        atol=1e-12,
    )
    np.testing.assert_allclose(
        [figures.p50, figures.p95, figures.p99], np.percentile(np.abs(d), [50, 95, 99]), rtol=1e-12
    )


def first_maximum(d: npt.NDArray[np.float64]) -> tuple[int, ...]:
    y, x, channel = np.unravel_index(np.abs(d).argmax(), d.shape)
    return int(x), int(y), int(channel)


@given(PAIRS)
def test_figures_equal_plain_numpy(pair: tuple[Levels, Levels]) -> None:
    a, b = pair
    figures = measure(a, b).statistics()
    d = b.astype(np.float64) - a.astype(np.float64)
    assert_figures(figures, d)
    for channel, own in enumerate(figures.channels):
        assert_figures(own, d[..., channel])
    assert figures.max_at == first_maximum(d)
    assert figures.differing_pixels_pct == pytest.approx(100 * (d != 0).any(axis=2).mean())


@given(PAIRS)
def test_histograms_equal_plain_numpy(pair: tuple[Levels, Levels]) -> None:
    a, b = pair
    difference = measure(a, b)
    joint = np.zeros((256, 256), np.int64)
    np.add.at(joint, (a, b), 1)
    np.testing.assert_array_equal(difference.joint(), joint)
    np.testing.assert_array_equal(difference.histogram_a().counts, np.bincount(a.ravel(), minlength=256))
    np.testing.assert_array_equal(difference.histogram_b().counts, np.bincount(b.ravel(), minlength=256))
    d = b.astype(np.int64) - a
    np.testing.assert_array_equal(difference.signed_histogram().counts, np.bincount(d.ravel() + 255, minlength=511))


def stacks(sizes: tuple[int, ...]) -> st.SearchStrategy[tuple[tuple[Levels, Levels], ...]]:
    """Three pairs of images of one width and number of channels, which may be stacked."""
    *heights, width, channels = sizes
    shapes = [(height, width, 1 + channels % 4) for height in heights]
    return st.tuples(*(st.tuples(*[hnp.arrays(np.uint8, shape)] * 2) for shape in shapes))


@given(PAIRS)
def test_swapping_the_images_mirrors_the_difference(pair: tuple[Levels, Levels]) -> None:
    a, b = pair
    forth, back = measure(a, b), measure(b, a)
    assert forth.statistics().bias == -back.statistics().bias
    assert forth.statistics().rmse == back.statistics().rmse
    assert forth.statistics().max_at == back.statistics().max_at
    np.testing.assert_array_equal(forth.signed_histogram().counts, back.signed_histogram().counts[::-1])
    np.testing.assert_array_equal(forth.joint(), np.transpose(back.joint()))  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.tuples(*[st.integers(1, 9)] * 5).flatmap(stacks))
def test_merged_parts_equal_the_whole_in_any_order(parts: tuple[tuple[Levels, Levels], ...]) -> None:
    """But for the places of maxima, which a part counts from its own top."""
    a, b = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    one, two, three = (measure(*part) for part in parts)
    assert_same(one.merge(two).merge(three), one.merge(two.merge(three)))
    assert_same(one.merge(two).merge(three), three.merge(one).merge(two))
    whole = measure(a, b)
    merged = one.merge(two).merge(three)
    np.testing.assert_array_equal(counts_of(merged), counts_of(whole))
    assert (merged.pixels, merged.differing_pixels) == (whole.pixels, whole.differing_pixels)
    assert merged.statistics().rmse == whole.statistics().rmse


def test_images_of_any_size_merge() -> None:
    small, large = measure(noise(1, 3, 5, 3), noise(2, 3, 5, 3)), measure(noise(3, 40, 7, 3), noise(4, 40, 7, 3))
    merged = small.merge(large)
    assert merged.pixels == 15 + 280
    total = small.statistics().mean_abs * 15 + large.statistics().mean_abs * 280
    assert merged.statistics().mean_abs == pytest.approx(total / 295)


def test_a_merge_keeps_the_place_of_the_larger_maximum() -> None:
    dark = np.zeros((2, 2, 1), np.uint8)
    by_5_at_the_end, by_7_at_the_start = dark.copy(), dark.copy()
    by_5_at_the_end[1, 1], by_7_at_the_start[0, 1] = 5, 7
    five, seven = measure(dark, by_5_at_the_end), measure(dark, by_7_at_the_start)
    assert five.merge(seven).maxima == seven.merge(five).maxima == (Maximum(7, 1, 0),)


def test_unequal_channels_do_not_merge() -> None:
    with pytest.raises(ImageContractError, match="3 channels with one of 1"):
        measure(A, B).merge(measure(A[..., :1], B[..., :1]))


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    """The size is odd and large enough for several threads; the same maximum stands in every strip."""
    a = noise(5, 1201, 601, 3)
    b = np.minimum(a, 250) + np.random.default_rng(6).integers(0, 5, a.shape, np.uint8)
    assert_same(measure(a, b, threads=threads), measure(a, b, threads=1))


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 1, 4), (1, 300_000, 3), (300_000, 1, 2), (2049, 2, 4)])
def test_shapes_at_the_limits(shape: tuple[int, int, int]) -> None:
    a, b = noise(7, *shape), noise(8, *shape)
    figures = measure(a, b).statistics()
    d = b.astype(np.float64) - a
    assert_figures(figures, d)
    assert figures.max_at == first_maximum(d)


def test_arrays_that_are_not_contiguous() -> None:
    a, b = noise(9, 20, 30, 3), noise(10, 20, 30, 3)
    assert_same(measure(a[::2, :, ::-1], b[::2, :, ::-1]), measure(a[::2, :, ::-1].copy(), b[::2, :, ::-1].copy()))


def test_counts_above_the_whole_numbers_of_float32() -> None:
    """float32 counters, such as `cv2.calcHist`'s, stop at 2^24 = 16,777,216."""
    a = np.zeros((4097, 4096, 1), np.uint8)
    figures = measure(a, a + np.uint8(1)).statistics()
    assert figures.differing_values == 4097 * 4096 == 16_781_312
    assert (figures.bias, figures.rmse, figures.p50) == (1, 1, 1)


def test_counts_above_32_bits() -> None:
    """2^40 pixels of difference 255, as 1024 merges of a difference with itself would give them."""
    joint = np.zeros((1, 256, 256), np.int64)
    joint[0, 0, 255] = joint[0, 255, 0] = 1 << 39
    figures = Difference(1 << 40, 1 << 40, (Maximum(255, 0, 0),), LevelCounts(joint)).statistics()
    assert (figures.mean_abs, figures.bias, figures.rmse) == (255, 0, 255)
    assert figures.values == 1 << 40


def test_psnr_equals_scikit_image() -> None:
    a, b = noise(11, 32, 48, 3), noise(12, 32, 48, 3)
    oracle = peak_signal_noise_ratio(a, b, data_range=255)
    np.testing.assert_allclose(measure(a, b).statistics().psnr_db, oracle, rtol=1e-12)  # type: ignore[arg-type]


def test_psnr_takes_another_peak() -> None:
    psnr_db = measure(A, B).statistics(peak=1.0).psnr_db
    assert psnr_db == pytest.approx(10 * np.log10(12 / 14))
