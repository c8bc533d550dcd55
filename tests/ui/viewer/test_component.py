import base64

import numpy as np
import pytest

from core.image import Image, as_image
from core.render import HeatmapSettings, heatmap
from ui.viewer import component

SIZE_WH = (40, 30)


def zeros(*shape: int) -> Image:
    return as_image(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("value", [None, [], [1], [1, 2, 3], [-1, 0], [40, 0], [0, 30], ["1", "2"], [1.5, 2], "12", {}])
def test_a_pixel_outside_the_pictures_is_no_pixel(value: object) -> None:
    assert component._point(value, SIZE_WH) is None


def test_a_pixel_of_the_pictures() -> None:
    assert component._point([39, 29], SIZE_WH) == (39, 29)


@pytest.mark.parametrize("value", [None, [0, 0, 0, 5], [0, 0, 41, 1], [39, 29, 1, 2], [-1, 0, 5, 5], [0, 0, 5], "0055"])
def test_a_region_that_leaves_the_pictures_is_no_region(value: object) -> None:
    assert component._region(value, SIZE_WH) is None


def test_a_region_may_be_the_whole_picture() -> None:
    assert component._region([0, 0, 40, 30], SIZE_WH) == (0, 0, 40, 30)


def test_pictures_that_cannot_be_subtracted_are_named() -> None:
    assert "A is 4×3, B is 5×3" in component._incomparable(zeros(3, 4, 3), zeros(3, 5, 3))
    assert "A has 3 channel(s), B has 1" in component._incomparable(zeros(3, 4, 3), zeros(3, 4, 1))
    assert component._incomparable(zeros(3, 4, 3), zeros(3, 4, 3)) == ""


def test_the_maps_have_the_renderers_colours() -> None:
    """Index `zero` has the colour that a heatmap gives to no difference."""
    for mode in ("signed", "absolute"):
        for each in component._maps(mode):
            colours = np.frombuffer(base64.b64decode(each["colours"]), np.uint8).reshape(256, 3)
            nothing = heatmap(zeros(1, 1, 3), zeros(1, 1, 3), HeatmapSettings(mode, gain=1, colormap=each["name"]))
            np.testing.assert_array_equal(nothing.image[0, 0], colours[each["zero"]])
