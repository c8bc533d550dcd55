"""The checked-in patterns are what tools/draw_samples.py draws."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.samples import load_sample, samples
from tools.draw_samples import PATTERNS, SAMPLES, encoded, siemens_star, zone_plate

LOSSLESS = [name for name in PATTERNS if name.endswith(".png")]
# 4:2:0 averages the colour of neighbouring stripes, by 22 levels in the mean, but keeps their luma.
JPEGS = ["arrows-orientation-6.jpg", "chroma-edges-420.jpg"]
LUMA_TOLERANCE_LEVELS = 0.5


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_patterns_have_the_drawn_pixels(name: str) -> None:
    kept = Image.open(BytesIO((SAMPLES / name).read_bytes()))
    drawn = Image.open(BytesIO(encoded(PATTERNS[name])))
    assert (kept.mode, kept.getpalette()) == (drawn.mode, drawn.getpalette())
    np.testing.assert_array_equal(np.asarray(kept), np.asarray(drawn))
    np.testing.assert_array_equal(np.asarray(kept), PATTERNS[name].draw())


@pytest.mark.parametrize("name", JPEGS)
def test_jpeg_patterns_are_upright_and_near_the_drawing(name: str) -> None:
    kept = ImageOps.exif_transpose(Image.open(BytesIO((SAMPLES / name).read_bytes())))
    drawn = Image.fromarray(PATTERNS[name].draw())
    assert kept.size == drawn.size
    apart = np.subtract(*(np.asarray(picture.convert("L")).astype(int) for picture in (kept, drawn)))
    assert np.abs(apart).mean() < LUMA_TOLERANCE_LEVELS


def test_every_pattern_is_a_sample_and_every_drawn_sample_a_pattern() -> None:
    assert {sample.file for sample in samples() if sample.kind == "pattern"} == set(PATTERNS)
    assert {*LOSSLESS, *JPEGS} == set(PATTERNS)


def test_the_zone_plate_reaches_half_a_cycle_a_pixel_at_its_edge() -> None:
    """The phase pi r^2 / n gains pi from one pixel to the next where r = n / 2."""
    plate = zone_plate(64).astype(int)
    np.testing.assert_array_equal(plate, plate[::-1, ::-1])
    np.testing.assert_array_equal(plate, plate.T)
    assert plate[31, 31] >= 254


def test_the_star_has_a_white_spoke_on_each_axis_and_a_black_one_on_each_diagonal() -> None:
    star = siemens_star(128)
    np.testing.assert_array_equal(star, np.rot90(star))
    np.testing.assert_array_equal(star, star[::-1])
    assert (star[63, 115], star[104, 104], star[0, 0]) == (255, 0, 128)


def test_the_stored_pixels_of_the_arrow_are_on_their_side() -> None:
    assert load_sample("arrows").header.size_wh == (320, 480)
    assert load_sample("arrows").header.oriented_size_wh == (480, 320)
