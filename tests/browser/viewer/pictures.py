"""Pairs of pictures that have what a test looks for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.image import Image, as_image


@dataclass(frozen=True, eq=False)
class Pair:
    a: Image
    b: Image
    level: float = 1.0
    gains: tuple[float, ...] = (16.0,)


def _noise(height: int, width: int, channels: int, seed: int) -> Image:
    """Every pixel is different from its neighbours, so that any resampling shows."""
    return as_image(np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8))


def _photograph(height: int, width: int) -> Image:
    """Smooth shapes with a little noise, as a camera's."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [np.sin(x / (40 + 17 * c)) * np.cos(y / (55 - 9 * c)) * 90 + 128 for c in range(3)]
    noise = np.random.default_rng(5).normal(0, 3, (height, width, 3))
    return as_image(np.clip(np.stack(waves, axis=2) + noise, 0, 255).astype(np.uint8))


def _nudged(image: Image, seed: int) -> Image:
    """`image` with small differences everywhere and one pixel, at x 123, y 45, that is far off."""
    steps = np.random.default_rng(seed).integers(-3, 4, image.shape)
    changed = np.clip(image.astype(np.int16) + steps, 0, 255).astype(np.uint8)
    changed[45, 123] = 255 - image[45, 123]
    return as_image(changed)


@cache
def photograph() -> Pair:
    a = _photograph(300, 400)
    return Pair(a, _nudged(a, 1))


@cache
def noise() -> Pair:
    return Pair(_noise(300, 400, 3, 1), _noise(300, 400, 3, 2), gains=(1,))


@cache
def large() -> Pair:
    a = _photograph(3000, 4000)
    return Pair(a, _nudged(a, 1))


@cache
def larger() -> Pair:
    a = _photograph(4000, 6000)
    return Pair(a, _nudged(a, 1))


@cache
def grey() -> Pair:
    a = _noise(60, 80, 1, 3)
    return Pair(a, _noise(60, 80, 1, 4), gains=(1,))


@cache
def alpha() -> Pair:
    a = _noise(60, 80, 4, 3)
    return Pair(a, _noise(60, 80, 4, 4), gains=(1,))


@cache
def normalised() -> Pair:
    a = (_photograph(120, 160) / np.float32(127.5) - np.float32(1)).astype(np.float32)
    b = (a + np.random.default_rng(7).normal(0, 0.01, a.shape)).astype(np.float32)
    return Pair(as_image(a), as_image(b), level=1 / 127.5)


@cache
def not_numbers() -> Pair:
    """A float image, and one that lacks a value at x 20, y 10 and has no bounds at x 30, y 10."""
    a = _photograph(60, 80).astype(np.float32)
    b = a + np.float32(0.5)
    b[10, 20, 0], b[10, 30, 2] = np.nan, -np.inf
    return Pair(as_image(a), as_image(b))


@cache
def large_floats() -> Pair:
    """The pair `large` as a normalise stage leaves it."""
    pair = large()
    a, b = (as_image(image / np.float32(127.5) - np.float32(1)) for image in (pair.a, pair.b))
    return Pair(a, b, level=1 / 127.5)


@cache
def different_sizes() -> Pair:
    return Pair(_photograph(300, 400), _photograph(224, 224))


PAIRS: dict[str, Callable[[], Pair]] = {
    made.__name__: made
    for made in (
        photograph,
        noise,
        large,
        larger,
        large_floats,
        grey,
        alpha,
        normalised,
        not_numbers,
        different_sizes,
    )
}
