"""What is on the canvas is what is in the array."""

import hashlib

import numpy as np
import numpy.typing as npt
import pytest

from core.render import HeatmapSettings, heatmap
from tests.browser.viewer.conftest import Opener, Shown, rgba_digest
from tests.browser.viewer.pictures import PAIRS, Pair


def opaque(image: object) -> npt.NDArray[np.uint8]:
    assert isinstance(image, np.ndarray)
    assert image.dtype == np.uint8
    return image


@pytest.mark.parametrize("pair", ["noise", "photograph", "grey"])
def test_every_pixel_on_the_canvas_is_the_arrays(opened: Opener, pair: str) -> None:
    shown = opened(pair)
    for pane in ("a", "b"):
        image = opaque(getattr(PAIRS[pair](), pane))
        shown.press(pane, "1")
        assert shown.canvas_digest(pane, (image.shape[1], image.shape[0])) == rgba_digest(image), pane


def test_at_four_times_every_pixel_is_a_square_of_sixteen(opened: Opener) -> None:
    shown = opened("grey")
    shown.press("a", "1", "+", "+", "+")
    assert shown.evaluate("viewer.camera.scale") == 4
    assert shown.canvas_digest("a", (80, 60)) == rgba_digest(opaque(PAIRS["grey"]().a), scale=4)


@pytest.mark.parametrize("pair", ["noise", "grey", "alpha", "normalised"])
def test_the_browser_has_every_value(opened: Opener, pair: str) -> None:
    """Of alpha and float pictures, too, which no canvas can show exactly."""
    shown = opened(pair)
    image = PAIRS[pair]().a
    digest = shown.evaluate(
        """{
          const { a } = viewer.pictures;
          const channels = a.channelNames.map((_, channel) => channel);
          const values = new (a.isFloat ? Float32Array : Uint8Array)(a.width * a.height * channels.length);
          let at = 0;
          for (let y = 0; y < a.height; y++)
            for (let x = 0; x < a.width; x++)
              for (const channel of channels) values[at++] = a.value(x, y, channel);
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", values));
          return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
        }"""
    )
    assert digest == hashlib.sha256(image.tobytes()).hexdigest()


HEATMAPS = (
    HeatmapSettings("signed", gain=16),
    HeatmapSettings("absolute", gain=16),
    HeatmapSettings("absolute", gain=1.5),  # meets halves, which have to be rounded to even
    HeatmapSettings("signed", gain=0.5),
    HeatmapSettings("signed", gain=40, threshold_levels=2),
    HeatmapSettings("signed", gain=16, channel=1),
    HeatmapSettings("absolute", gain=8, colormap="viridis"),
    HeatmapSettings("signed", gain=8, colormap="PuOr_r"),
)


def choose(shown: Shown, settings: HeatmapSettings) -> None:
    changes = {
        "mode": "difference",
        "signed": settings.mode == "signed",
        "gain": settings.gain,
        "threshold": settings.threshold_levels,
        "channel": settings.channel_index,
        "signed_map": settings.colormap or "",
        "magnitude_map": settings.colormap or "",
    }
    shown.evaluate("viewer.change(argument)", changes)
    shown.press("1")


@pytest.mark.parametrize("pair", ["photograph", "noise", "alpha", "normalised", "not_numbers"])
def test_the_difference_has_the_exports_colours(opened: Opener, pair: str) -> None:
    shown = opened(pair)
    pictures = PAIRS[pair]()
    for settings in HEATMAPS:
        choose(shown, settings)
        expected = heatmap(pictures.a, pictures.b, settings, level=pictures.level).image
        assert shown.canvas_digest("difference", (expected.shape[1], expected.shape[0])) == rgba_digest(expected), (
            settings
        )


def test_a_smaller_view_keeps_the_largest_differences(opened: Opener) -> None:
    shown = opened("photograph")
    pictures: Pair = PAIRS["photograph"]()
    differences = opaque(pictures.b).astype(np.int64) - opaque(pictures.a).astype(np.int64)
    for halvings in (1, 2, 3):
        found = shown.evaluate("[...viewer.pyramid.levels[argument - 1].values]", halvings)
        expected = largest_of_blocks(differences, 2**halvings)
        np.testing.assert_array_equal(np.reshape(found, expected.shape), expected)


def largest_of_blocks(differences: npt.NDArray[np.int64], side: int) -> npt.NDArray[np.int64]:
    """For each channel the value largest in magnitude of each square; of two equal magnitudes the positive one."""
    height, width, channels = differences.shape
    padded = np.pad(differences, ((0, -height % side), (0, -width % side), (0, 0)))
    blocks = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side, channels)
    flat = blocks.transpose(0, 2, 4, 1, 3).reshape(blocks.shape[0], blocks.shape[2], channels, -1)
    chosen = (2 * np.abs(flat) + (flat > 0)).argmax(axis=-1)[..., None]
    largest: npt.NDArray[np.int64] = np.take_along_axis(flat, chosen, axis=-1)[..., 0]
    return largest
