"""Every count and place against plain numpy, above all where blocks, columns and bytes end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.image import Image
from core.numeric.signed_counts import BLOCK, BLOCKS_HELD, COLUMNS, NEAR
from core.signed_counts import count_level_differences
from core.statistics import Maximum

CHANNELS = (1, 2, 3, 4)


def pair_of(differences: np.ndarray) -> tuple[Image, Image]:
    """Two images with these differences, whatever their levels are."""
    a = np.random.default_rng(4).integers(0, 256, differences.shape)
    a = np.clip(a, np.maximum(0, -differences), np.minimum(255, 255 - differences))
    return a.astype(np.uint8), (a + differences).astype(np.uint8)


def assert_counted(differences: np.ndarray) -> None:
    differing_pixels, maxima, counts = count_level_differences(*pair_of(differences))
    assert differing_pixels == int((differences != 0).any(axis=2).sum())
    sizes = abs(differences)
    for channel in range(differences.shape[2]):
        y, x = np.unravel_index(sizes[..., channel].argmax(), sizes.shape[:2])
        assert maxima[channel] == Maximum(sizes[..., channel].max(), int(x), int(y))
        wanted = np.bincount(differences[..., channel].ravel() + 255, minlength=511)
        np.testing.assert_array_equal(counts.channel_counts[channel], wanted)


def no_differences(pixels: int, channels: int) -> np.ndarray:
    return np.zeros((1, pixels, channels), np.int64)


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("largest", [1, 7, 8, NEAR - 1, NEAR, NEAR + 1, 127, 128, 254, 255])
def test_all_differences_up_to_the_largest(largest: int, channels: int) -> None:
    """-d and 256 - d are the same byte; each block has both ends."""
    differences = np.random.default_rng(largest).integers(-largest, largest + 1, (37, 61, channels))
    differences[::2, 0], differences[1::2, 0] = largest, -largest
    assert_counted(differences)


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("blocks", [1, 2])
def test_sizes_around_whole_blocks(blocks: int, more: int, channels: int) -> None:
    pixels = blocks * BLOCK // channels + more
    differences = no_differences(pixels, channels)
    differences[0, -1, -1] = -3
    assert_counted(differences)
    assert_counted(np.random.default_rng(pixels).integers(-2, 3, differences.shape))


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 1, 3), (5, 7, 3), (7, 5, 4), (1, 2, 2), (331, 1, 3)])
@pytest.mark.parametrize("difference", [0, 1, -NEAR, NEAR + 1, -255])
def test_small_images_of_one_difference(shape: tuple[int, int, int], difference: int) -> None:
    assert_counted(np.full(shape, difference))


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("blocks", [BLOCKS_HELD, BLOCKS_HELD + 1, 2 * BLOCKS_HELD + 1])
def test_counts_of_columns_do_not_overflow(blocks: int, channels: int) -> None:
    """All values of all blocks fall into the same counts, which are bytes."""
    assert_counted(np.full((blocks, BLOCK // channels, channels), -NEAR))


def test_near_far_and_equal_blocks_in_turn() -> None:
    blocks = 2 * BLOCKS_HELD + 2
    largest = np.resize([0, 1, NEAR, 255, 0, NEAR + 1], blocks)[:, np.newaxis, np.newaxis]
    differences = np.random.default_rng(1).integers(-largest, largest + 1, (blocks, BLOCK // 3, 3))
    assert_counted(differences)


def test_a_pixel_differs_by_any_of_its_channels() -> None:
    """Each pixel by another one, and none by its neighbour's."""
    differences = no_differences(3000, 3)
    for channel in range(3):
        differences[0, channel :: 3 + channel, channel] = channel + 1
    differences[0, 100:200] = 0
    assert_counted(differences)


FIRST, SECOND_ROW, NEXT_BLOCK = 5, COLUMNS // 3 + 2, BLOCK // 3 + 1


@pytest.mark.parametrize(
    ("placed", "first"),
    [
        ({SECOND_ROW: 4, FIRST: 4}, FIRST),  # an earlier column of a later row
        ({NEXT_BLOCK: -4, SECOND_ROW: 4}, SECOND_ROW),
        ({NEXT_BLOCK: 5, SECOND_ROW: -4}, NEXT_BLOCK),
        ({NEXT_BLOCK: 3, SECOND_ROW: -4}, SECOND_ROW),
        ({NEXT_BLOCK: NEAR, SECOND_ROW: -255, FIRST: 254}, SECOND_ROW),
    ],
)
def test_the_first_of_equal_maxima_is_found(placed: dict[int, int], first: int) -> None:
    differences = no_differences(2 * BLOCK // 3, 3)
    for pixel, difference in placed.items():
        differences[0, pixel, 1] = difference
    differences[0, :, 2] = 1
    _, maxima, _ = count_level_differences(*pair_of(differences))
    assert [(place.x, place.y) for place in maxima] == [(0, 0), (first, 0), (0, 0)]
    assert_counted(differences)


@given(st.data())
def test_any_images(data: st.DataObject) -> None:
    """Sparse and dense differences of any size, in images of up to three blocks."""
    channels = data.draw(st.sampled_from(CHANNELS))
    height, width = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    largest, share = data.draw(st.integers(0, 255)), data.draw(st.sampled_from([0.001, 0.1, 1]))
    differences = generator.integers(-largest, largest + 1, (height, width, channels))
    assert_counted(np.where(generator.random(differences.shape) < share, differences, 0))
