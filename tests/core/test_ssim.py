"""SSIM against scikit-image's, which is the reference for the option set that `core.ssim` names."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from skimage.metrics import structural_similarity

from core.errors import ImageContractError
from core.image import Image
from core.ssim import ssim, ssim_map

TOLERANCE = 1e-4


def reference(a: Image, b: Image, data_range: float = 255, **options: Any) -> Any:
    return structural_similarity(
        a.astype(np.float64),
        b.astype(np.float64),
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        channel_axis=2,
        data_range=data_range,
        **options,
    )


def pair(shape: tuple[int, int, int], noise_levels: float = 20) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """A picture with smooth and busy parts and its noisy copy."""
    generator = np.random.default_rng(1)
    y, x = np.mgrid[: shape[0], : shape[1]]
    picture = 128 + 100 * np.sin(x / 9 + y / 23)[..., None] * np.linspace(1, 0.5, shape[2])
    noisy = picture + generator.normal(0, noise_levels, shape) * (x > shape[1] / 2)[..., None]
    return np.rint(picture).astype(np.uint8), np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shape", [(11, 11, 1), (11, 400, 3), (300, 12, 2), (64, 64, 4), (139, 267, 3), (600, 700, 3)])
def test_the_mean_equals_scikit_image(shape: tuple[int, int, int]) -> None:
    """The sizes lie on both sides of a tile's and of what is shared out among threads."""
    a, b = pair(shape)
    assert ssim(a, b) == pytest.approx(reference(a, b), abs=TOLERANCE)


@pytest.mark.parametrize(("offset", "data_range"), [(0, 1), (-0.5, 1), (1000, 1), (0, 255), (0, 1e6)])
def test_float_images_of_any_range(offset: float, data_range: float) -> None:
    a, b = ((image / 255 * data_range + offset).astype(np.float32) for image in pair((80, 90, 3)))
    assert ssim(a, b, data_range=data_range) == pytest.approx(reference(a, b, data_range), abs=TOLERANCE)


def test_uint8_beside_float32() -> None:
    a, b = pair((80, 90, 3))
    assert ssim(a, b.astype(np.float32)) == pytest.approx(reference(a, b), abs=TOLERANCE)


@pytest.mark.parametrize("shape", [(11, 11, 1), (139, 267, 3)])
def test_the_map_equals_scikit_image_up_to_the_border(shape: tuple[int, int, int]) -> None:
    a, b = pair(shape)
    _, expected = reference(a, b, full=True)
    result = ssim_map(a, b)
    assert result is not None
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, expected.mean(axis=2), atol=TOLERANCE)


def test_equal_images_are_exactly_alike() -> None:
    a, _ = pair((200, 300, 3))
    assert ssim(a, a) == 1
    result = ssim_map(a, a)
    assert result is not None
    assert result.min() == result.max() == 1


def test_black_beside_white() -> None:
    """Of two flat pictures only the term of the means is left: C1 / (255^2 + C1) with C1 = 2.55^2."""
    black, white = np.zeros((20, 20, 3), np.uint8), np.full((20, 20, 3), 255, np.uint8)
    assert ssim(black, white) == pytest.approx(2.55**2 / (255**2 + 2.55**2), abs=1e-6)


def test_swapping_the_images_changes_nothing() -> None:
    a, b = pair((64, 64, 3))
    assert ssim(a, b) == ssim(b, a)


def test_one_bad_pixel_stays_visible_in_a_small_map() -> None:
    a, _ = pair((300, 400, 3))
    b = a.copy()
    b[222, 111] = 255 - b[222, 111]
    full, small = ssim_map(a, b), ssim_map(a, b, view_hw=(7, 9))
    assert full is not None
    assert small is not None
    assert small.shape == (7, 9)
    assert small.min() == full.min() == small[222 * 7 // 300, 111 * 9 // 400]


@pytest.mark.parametrize("view_hw", [(1, 1), (3, 300), (300, 1), (300, 400), (299, 399)])
def test_a_small_map_has_the_lowest_of_each_rectangle(view_hw: tuple[int, int]) -> None:
    a, b = pair((300, 400, 1))
    full, small = ssim_map(a, b), ssim_map(a, b, view_hw=view_hw)
    assert full is not None
    rows, columns = (np.arange(size) * view // size for size, view in zip((300, 400), view_hw, strict=True))
    expected = np.full(view_hw, np.inf, np.float32)
    np.minimum.at(expected, (rows[:, None], columns[None, :]), full)
    assert small is not None
    np.testing.assert_array_equal(small, expected)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_number_of_threads_changes_nothing_that_counts(threads: int) -> None:
    a, b = pair((500, 900, 3))
    assert ssim(a, b, threads=threads) == pytest.approx(ssim(a, b, threads=1), abs=1e-6)
    several, one = ssim_map(a, b, threads=threads), ssim_map(a, b, threads=1)
    assert several is not None
    assert one is not None
    np.testing.assert_allclose(several, one, atol=TOLERANCE)


@pytest.mark.parametrize("shape", [(10, 50, 3), (50, 10, 3), (1, 1, 1)])
def test_images_below_the_window_have_none(shape: tuple[int, int, int]) -> None:
    a = np.zeros(shape, np.uint8)
    assert ssim(a, a) is None
    assert ssim_map(a, a) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_has_none_and_stays_in_its_place(bad: float) -> None:
    a = np.zeros((40, 50, 1), np.float32)
    b = a.copy()
    b[20, 30] = bad
    assert ssim(a, b) is None
    result = ssim_map(a, b)
    assert result is not None
    np.testing.assert_array_equal(np.isnan(result[20, 30]), True)


def test_shapes_that_differ_are_refused() -> None:
    a = np.zeros((20, 20, 3), np.uint8)
    with pytest.raises(ImageContractError, match=r"\(20, 20, 3\).*\(20, 20, 1\)"):
        ssim(a, a[..., :1])
    with pytest.raises(ImageContractError):
        ssim_map(a, a[:15])
