"""Counting differences alone gives the figures that counting everything gives."""

import numpy as np
import pytest

from core.difference import measure
from core.errors import ImageContractError
from core.image import Image

GENERATOR = np.random.default_rng(11)


def levels(*shape: int) -> Image:
    made: Image = GENERATOR.integers(0, 256, shape, np.uint8)
    return made


def floats(*shape: int) -> Image:
    made: Image = GENERATOR.normal(100, 60, shape).astype(np.float32)
    return made


def near(image: Image) -> Image:
    made: Image = np.clip(image + GENERATOR.integers(-3, 4, image.shape), 0, 255).astype(image.dtype)
    return made


def with_oddities(image: Image) -> Image:
    made = image.astype(np.float32)
    made[0, :4, 0] = [np.nan, np.inf, -np.inf, 3e38]
    made[1, :4, 0] = [1e-30, -1e-30, 2.0**-70, -3e38]
    return made


SMALL, LARGE = levels(9, 7, 3), levels(300, 500, 4)
PAIRS = {
    "levels": (levels(40, 30, 3), levels(40, 30, 3)),
    "nearly the same levels": (SMALL, near(SMALL)),
    "the same levels": (SMALL, SMALL.copy()),
    "a large picture with alpha": (LARGE, near(LARGE)),
    "grey": (levels(5, 6, 1), levels(5, 6, 1)),
    "floats": (floats(80, 70, 3), floats(80, 70, 3)),
    "levels against floats": (levels(80, 70, 3), floats(80, 70, 3)),
    "the same floats": (SMALL.astype(np.float32), SMALL),
    "oddities": (with_oddities(SMALL), with_oddities(near(SMALL))[::-1].copy()),
    "nothing finite": (np.full((2, 2, 1), np.nan, np.float32), np.zeros((2, 2, 1), np.float32)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_figures_are_the_same(name: str) -> None:
    a, b = PAIRS[name]
    whole, light = measure(a, b), measure(a, b, differences_only=True)
    assert light.statistics() == whole.statistics()
    assert (light.dtype, light.pixels, light.maxima) == (whole.dtype, whole.pixels, whole.maxima)
    for channel in (None, 0):
        for wanted, found in zip(whole.signed_histogram(channel), light.signed_histogram(channel), strict=True):
            np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("name", ["nearly the same levels", "floats", "oddities"])
def test_merging_is_adding_whichever_way(name: str) -> None:
    a, b = PAIRS[name]
    other = near(a) if a.dtype == np.uint8 else a + np.float32(0.25)
    first, second = measure(a, b, differences_only=True), measure(a, other, differences_only=True)
    merged = first.merge(second)
    absorbed = first.counts.copy().absorb(second.counts)  # type: ignore[arg-type,union-attr]
    assert merged.statistics() == second.merge(first).statistics()
    assert merged.statistics() == measure(a, b).merge(measure(a, other)).statistics()
    np.testing.assert_array_equal(absorbed.signed_histogram(0).counts, merged.signed_histogram(0).counts)


@pytest.mark.parametrize("name", ["levels", "floats"])
def test_what_was_not_counted_is_refused(name: str) -> None:
    difference = measure(*PAIRS[name], differences_only=True)
    assert difference.joint() is None
    for ask in (difference.histogram_a, difference.histogram_b):
        with pytest.raises(ImageContractError, match="Only the differences were counted"):
            ask()
    with pytest.raises(ImageContractError, match="Cannot merge"):
        difference.merge(measure(*PAIRS[name]))
