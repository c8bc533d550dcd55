from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.samples import load_sample
from core.testing import assert_same_pixels
from tests.core.auditing.corpora import A, B, jpeg

ARRAY = np.arange(24 * 30 * 3, dtype=np.uint8).reshape(24, 30, 3)


def changed(x: int, y: int, channel: int, by: int) -> np.ndarray:
    other = ARRAY.copy()
    other[y, x, channel] += by
    return other


def test_arrays_that_are_the_same_pass_whatever_their_dtype() -> None:
    assert_same_pixels(ARRAY, ARRAY.copy())
    assert_same_pixels(ARRAY, ARRAY.astype(np.float64))
    assert_same_pixels(ARRAY[:, :, 0], ARRAY[:, :, 0])
    assert_same_pixels(ARRAY, changed(3, 4, 1, 2), limits="max_abs <= 2, differing_pixels_pct < 1")


def test_the_message_has_the_verdict_the_limits_the_worst_pixel_and_a_picture(tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_same_pixels(ARRAY, changed(3, 4, 1, 7), limits=["max_abs <= 1", "mean_abs < 9"], pictures=tmp_path)
    value = int(ARRAY[4, 3, 1])
    (picture,) = tmp_path.iterdir()
    assert str(caught.value).splitlines() == [
        "A and B do not see the same pixels (different).",
        "max_abs <= 1, but it is 7",
        f"The largest difference is at x 3, y 4, green: {value} in A and {value + 7} in B.",
        f"A, B and B − A: {picture}",
    ]
    with Image.open(picture) as opened:
        assert opened.size == (3 * 384 + 2 * 12, 2 * 384 + 12)


def test_recipes_on_a_picture_say_where_to_look(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(jpeg(0))
    assert_same_pixels(A, A, image=path)
    for image in (path, str(path), jpeg(0), load_sample("hopper"), "sample:hopper"):
        with pytest.raises(AssertionError, match="the resize makes the difference"):
            assert_same_pixels(A, B, image=image, limits="ssim >= 1", pictures=tmp_path / "failures")


def test_what_cannot_be_compared() -> None:
    with pytest.raises(AssertionError, match="cannot be compared: A is 30x24 red, green, blue and B is 29x24"):
        assert_same_pixels(ARRAY, ARRAY[:, 1:])
    with pytest.raises(TypeError, match="two arrays, or two recipes and an image"):
        assert_same_pixels(ARRAY, A)
