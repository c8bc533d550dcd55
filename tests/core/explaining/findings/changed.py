"""Pictures changed in one known way each, with what is to be found in them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow

from core.explaining.orientation import TURNS
from core.image import Image, as_image
from core.operations.normalize import CLIP_MEAN, CLIP_STD, TORCH_MEAN, TORCH_STD, caffe, tf
from tests.core import encoded
from tests.core.making import make

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Case:
    """`change` makes B of A: `kinds` have to be found, `may` may be, such as the rounding to whole numbers."""

    name: str
    change: Callable[[Image], Array]
    kinds: frozenset[str]
    may: frozenset[str] = frozenset()


def to_uint8(values: Array) -> npt.NDArray[np.uint8]:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def noise(shape: tuple[int, ...], sigma: float) -> Array:
    return np.random.default_rng(7).normal(0, sigma, shape)


def some(shape: tuple[int, ...], share: float) -> npt.NDArray[np.bool_]:
    return np.asarray(np.random.default_rng(8).random(shape) < share)


def one_lower(image: Image, share: float) -> Array:
    return np.where(some(image.shape, share) & (image > 0), image - 1, image).astype(np.uint8)


def sharpened(image: Image, amount: float) -> Array:
    return image + amount * (image - cv2.GaussianBlur(image.astype(np.float32), (5, 5), 1.2))


def shifted(image: Image, x_px: float, y_px: float) -> Array:
    """By the Fourier transform's shift theorem, which is exact, in uint8 again; mirrored, so that its ends meet."""
    mirrored = np.concatenate([image, image[::-1]])
    mirrored = np.concatenate([mirrored, mirrored[:, ::-1]], axis=1)
    frequency_y, frequency_x = (np.fft.fftfreq(length) for length in mirrored.shape[:2])
    turn = np.exp(-2j * np.pi * (frequency_x * x_px + frequency_y[:, np.newaxis] * y_px))
    spectrum = np.fft.fft2(mirrored, axes=(0, 1)) * turn[..., np.newaxis]
    return to_uint8(np.fft.ifft2(spectrum, axes=(0, 1)).real[: image.shape[0], : image.shape[1]])


def recompressed(image: Image, quality: int, subsampling: int = 0) -> Array:
    data = encoded.by_pillow(Pillow.fromarray(image), "JPEG", quality=quality, subsampling=subsampling)
    return np.asarray(make("opencv.imdecode", data))


def grey(image: Image) -> Array:
    repeated: Array = np.repeat(make("channels.gray(cvtColor)", image), 3, axis=2)
    return repeated


def standardized(image: Image, mean: tuple[float, ...], std: tuple[float, ...]) -> Array:
    return np.asarray((image / 255 - np.array(mean)) / np.array(std), np.float32)


def turned(image: Image, orientation: int) -> Array:
    return TURNS[orientation](image)


def brighter(image: Image, levels: float) -> Array:
    return to_uint8(image + levels)


def brighter_and_noisy(image: Image, levels: float) -> Array:
    return (image + noise(image.shape, 1.5) + levels).astype(np.float32)


def noisy(image: Image, sigma: float) -> Array:
    return to_uint8(image + noise(image.shape, sigma))


def scaled_to(image: Image, size_wh: tuple[int, int]) -> Array:
    """The middle of `image` of this size, scaled to the size of the whole."""
    height, width = image.shape[:2]
    left, top = (width - size_wh[0]) // 2, (height - size_wh[1]) // 2
    part = image[top : top + size_wh[1], left : left + size_wh[0]]
    return cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)


def with_bars(image: Image, rows: int) -> Array:
    """`image` squashed to so many rows, between two grey bars."""
    height, width = image.shape[:2]
    framed = np.full_like(image, 114)
    top = (height - rows) // 2
    framed[top : top + rows] = cv2.resize(image, (width, rows), interpolation=cv2.INTER_AREA)
    return framed


def case(name: str, change: Callable[[Image], Array], *kinds: str, may: tuple[str, ...] = ()) -> Case:
    return Case(name, change, frozenset(kinds), frozenset(may))


SHIFTS = ((0.1, 0.0), (0.28, 0.28), (0.5, -0.5), (0.0, 0.75), (1.0, 0.0), (3.3, -2.6), (10.0, 5.0))
BIASES = (0.5, 3.0, -8.0, -20.0)
SCALED_UP = ((300, 300), (350, 262), (400, 150))
QUALITIES = (95, 90, 70)
SIGMAS = (1.0, 2.0, 8.0)

CONTROLS = (
    case("unchanged", lambda image: image.copy(), "identical"),
    case("blurred", lambda image: to_uint8(cv2.GaussianBlur(image.astype(np.float32), (5, 5), 0.7))),
    case("sharpened", lambda image: to_uint8(sharpened(image, 0.5))),
)
"""Unchanged, or in ways that have no name here: nothing may be found."""

CASES = (
    case(
        "floats that round to A", lambda i: (i + noise(i.shape, 0.15).clip(-0.49, 0.49)).astype(np.float32), "rounding"
    ),
    case("one lower on 11 %", lambda image: one_lower(image, 0.11), "rounding"),
    case("one lower on half", lambda image: one_lower(image, 0.5), "rounding", "bias"),
    case("BGR", lambda image: image[:, :, ::-1], "channels_swapped"),
    *(case(f"turn {o}", partial(turned, orientation=o), "rotated") for o in range(2, 9)),
    *(
        case(
            f"brighter by {by}",
            partial(brighter_and_noisy, levels=by),
            "bias",
            "noise",
        )
        for by in (-0.7, 0.5)
    ),
    *(case(f"brighter by {by}, clipped", partial(brighter, levels=by), "bias") for by in BIASES[1:]),
    case("x / 255", lambda image: (image / 255).astype(np.float32), "value_range"),
    case("normalize.tf", tf, "value_range"),
    case("normalize.caffe", caffe, "value_range", "channels_swapped"),
    case("normalize.torch", lambda image: standardized(image, TORCH_MEAN, TORCH_STD), "value_range"),
    case("normalize.clip", lambda image: standardized(image, CLIP_MEAN, CLIP_STD), "value_range"),
    case("low contrast", lambda image: to_uint8(image * 0.8 + 10), "value_range", may=("rounding",)),
    case("high contrast", lambda image: to_uint8(image * 1.15), "value_range", may=("rounding",)),
    case("wrapped overshoot", lambda i: np.rint(sharpened(i, 0.6)).astype(np.int64).astype(np.uint8), "wrapped"),
    case("wrapped brightness", lambda image: image + np.uint8(40), "wrapped", "bias"),
    case("4:2:0", lambda image: recompressed(image, 100, subsampling=2), "chroma"),
    case("no colour", grey, "chroma", may=("rounding",)),
    *(case(f"JPEG at {quality}", partial(recompressed, quality=quality), "blocks") for quality in QUALITIES),
    *(case(f"noise of {sigma}", partial(noisy, sigma=sigma), "noise") for sigma in SIGMAS),
    case("smaller", lambda image: cv2.resize(image, (224, 168), interpolation=cv2.INTER_AREA), "resized"),
    case("squashed", lambda image: cv2.resize(image, (224, 224), interpolation=cv2.INTER_AREA), "resized"),
    case("larger", lambda image: cv2.resize(image, (500, 375)), "resized"),
    *(case(f"{by} scaled up", partial(scaled_to, size_wh=by), "resized") for by in SCALED_UP),
    case("with bars", partial(with_bars, rows=226), "resized"),
    case(
        "turned, BGR and normalised",
        lambda image: tf(as_image(TURNS[6](image[:, :, ::-1]).copy())),
        "rotated",
        "channels_swapped",
        "value_range",
    ),
    case(
        "shifted and brighter", lambda image: to_uint8(shifted(image, 0.6, -0.4).astype(float) + 4), "displaced", "bias"
    ),
)
