import io

import numpy as np
import pytest
from PIL import Image as PillowImage

from core.colormaps import Mode, colormap, colormap_names
from core.difference import measure
from core.errors import ImageContractError, SamePixelsError
from core.image import Image
from core.render import Channel, HeatmapSettings, automatic_gain, heatmap

# d = b - a is [[0, 1], [-2, 255]] in the first channel, zero in the others.
A = np.zeros((2, 2, 3), np.uint8) + np.array([[[0], [10]], [[20], [0]]], np.uint8)
B = A.copy()
B[:, :, 0] = [[0, 11], [18, 255]]

INFERNO = colormap("absolute", "inferno").colours
COOLWARM = colormap("signed", "coolwarm").colours


def pair_of_levels(differences: list[int]) -> tuple[Image, Image]:
    """A grey line whose b - a are these."""
    signed = np.array(differences, np.int16).reshape(1, -1, 1)
    return np.maximum(-signed, 0).astype(np.uint8), np.maximum(signed, 0).astype(np.uint8)


def test_an_absolute_heatmap_can_be_looked_up() -> None:
    """At a gain of 16 the indices are 16 |d|, up to 255."""
    drawn = heatmap(A, B, HeatmapSettings("absolute", gain=16))
    np.testing.assert_array_equal(drawn.indices, [[0, 16], [32, 255]])
    np.testing.assert_array_equal(drawn.image, INFERNO[[[0, 16], [32, 255]]])
    assert drawn.levels_at_full_colour == 255 / 16


def test_a_signed_heatmap_can_be_looked_up() -> None:
    """At a gain of 51, 5 levels are full: 1 level is 127 / 5 = 25.4 steps, 2 levels are 50.8."""
    drawn = heatmap(A, B, HeatmapSettings("signed", gain=51))
    np.testing.assert_array_equal(drawn.indices, [[128, 128 + 25], [128 - 51, 255]])
    np.testing.assert_array_equal(drawn.image, COOLWARM[[[128, 153], [77, 255]]])


@pytest.mark.parametrize("name", colormap_names("signed"))
def test_no_difference_is_the_neutral_colour(name: str) -> None:
    drawn = heatmap(A, A, HeatmapSettings("signed", gain=255, colormap=name))
    np.testing.assert_array_equal(drawn.image, np.broadcast_to(colormap("signed", name).colours[128], A.shape))


def test_opposite_differences_are_equally_far_from_neutral() -> None:
    levels = list(range(1, 256))
    a, b = pair_of_levels([*levels, *(-level for level in levels)])
    for gain in (0.5, 1, 16, 255):
        steps = heatmap(a, b, HeatmapSettings("signed", gain=gain)).indices.astype(int) - 128
        np.testing.assert_array_equal(steps[0, :255], -steps[0, 255:])


@pytest.mark.parametrize("mode", ["absolute", "signed"])
def test_what_is_below_the_threshold_is_hidden(mode: Mode) -> None:
    """2 levels are not below a threshold of 2."""
    a, b = pair_of_levels([0, 1, 2, -1, -2])
    drawn = heatmap(a, b, HeatmapSettings(mode, gain=100, threshold_levels=2)).indices
    hidden = drawn == heatmap(a, a, HeatmapSettings(mode, gain=100)).indices
    np.testing.assert_array_equal(hidden, [[True, True, False, True, False]])


def test_a_channel_or_the_largest_of_them() -> None:
    a, b = np.zeros((2, 1, 1, 3), np.uint8)
    b[0, 0] = 3, 7, 5
    channels: list[Channel] = [0, 1, 2, "max"]
    indices = [heatmap(a, b, HeatmapSettings("absolute", 1, channel=each)).indices.item() for each in channels]
    assert indices == [3, 7, 5, 7]


def test_a_view_keeps_the_worst_pixel() -> None:
    a = np.zeros((300, 400, 3), np.uint8)
    b = a.copy()
    b[299, 399, 2] = 40
    view = heatmap(a, b, HeatmapSettings("absolute", 1), max_side=40)
    assert view.indices.shape == (30, 40)
    assert view.indices[29, 39] == 40
    assert np.count_nonzero(view.indices) == 1


def test_a_view_is_never_larger_than_the_picture() -> None:
    assert heatmap(A, B, HeatmapSettings(), max_side=100).indices.shape == (2, 2)


def test_a_thin_picture_keeps_a_pixel_of_its_shorter_side() -> None:
    a = np.zeros((1, 1000, 1), np.uint8)
    assert heatmap(a, a, HeatmapSettings(), max_side=10).indices.shape == (1, 10)


@pytest.mark.parametrize("mode", ["absolute", "signed"])
@pytest.mark.parametrize("gain", [0.7, 1, 3, 16, 255])
def test_floats_have_the_colours_of_the_same_levels(mode: Mode, gain: float) -> None:
    a, b = pair_of_levels(list(range(-255, 256)))
    settings = HeatmapSettings(mode, gain, threshold_levels=3)
    expected = heatmap(a, b, settings).indices
    as_floats = heatmap(a.astype(np.float32), b.astype(np.float32), settings).indices
    np.testing.assert_array_equal(as_floats, expected)


def test_levels_of_a_normalised_picture() -> None:
    """Divided by 255, a level is 1 / 255."""
    a, b = (image.astype(np.float32) / np.float32(255) for image in pair_of_levels([0, 10, -20]))
    drawn = heatmap(a, b, HeatmapSettings("absolute", gain=2), level=1 / 255)
    np.testing.assert_array_equal(drawn.indices, [[0, 20, 40]])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_has_the_full_colour(bad: float) -> None:
    a, b = np.zeros((1, 1, 1), np.float32), np.full((1, 1, 1), bad, np.float32)
    assert heatmap(a, b, HeatmapSettings("absolute")).indices.item() == 255
    assert heatmap(a, b, HeatmapSettings("signed")).indices.item() == 255


@pytest.mark.parametrize(
    ("differences", "levels"),
    [
        ([0] * 10, 1),
        ([1] * 10, 1),
        ([14] * 10, 14),
        ([-255] * 10, 255),
        ([5] * 999 + [200], 5),  # one of a thousand is left out
        ([5] * 998 + [200] * 2, 200),
    ],
)
def test_the_automatic_gain_in_levels(differences: list[int], levels: int) -> None:
    a, b = pair_of_levels(differences)
    assert automatic_gain(measure(a, b)) == 255 / levels
    drawn = heatmap(a, b, HeatmapSettings())
    assert drawn.levels_at_full_colour == pytest.approx(levels)
    as_floats = measure(a.astype(np.float32) / np.float32(255), b.astype(np.float32) / np.float32(255))
    assert automatic_gain(as_floats, 1 / 255) == 255 / levels


def test_the_automatic_gain_of_floats_is_of_a_whole_level() -> None:
    a, b = np.zeros((1, 4, 1), np.float32), np.full((1, 4, 1), 3.2, np.float32)
    assert automatic_gain(measure(a, b)) == 255 / 4


def test_the_automatic_gain_of_one_channel() -> None:
    a, b = np.zeros((2, 8, 8, 3), np.uint8)
    b[:, :, 1] = 30
    assert [255 / automatic_gain(measure(a, b), channel=each) for each in (0, 1)] == pytest.approx([1, 30])


def test_the_png_holds_the_image() -> None:
    drawn = heatmap(A, B, HeatmapSettings())
    with PillowImage.open(io.BytesIO(drawn.png())) as opened:
        np.testing.assert_array_equal(np.asarray(opened.convert("RGB")), drawn.image)


def test_shapes_have_to_be_equal() -> None:
    with pytest.raises(ImageContractError, match=r"\(2, 2, 3\)"):
        heatmap(A, B[:1], HeatmapSettings())


def test_a_channel_has_to_exist() -> None:
    with pytest.raises(SamePixelsError, match="no channel 3 in an image of 3"):
        heatmap(A, B, HeatmapSettings(channel=3))


@pytest.mark.parametrize("gain", [0, -1, float("nan"), float("inf")])
def test_a_gain_is_above_zero(gain: float) -> None:
    with pytest.raises(SamePixelsError, match="gain cannot be"):
        HeatmapSettings(gain=gain)


@pytest.mark.parametrize("threshold", [-1, float("nan"), float("inf")])
def test_a_threshold_is_not_negative(threshold: float) -> None:
    with pytest.raises(SamePixelsError, match="threshold cannot be"):
        HeatmapSettings(threshold_levels=threshold)


def test_the_colour_map_fits_the_mode() -> None:
    with pytest.raises(SamePixelsError, match="no colour map 'viridis' for signed"):
        HeatmapSettings("signed", colormap="viridis")
