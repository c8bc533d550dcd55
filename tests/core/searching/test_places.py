"""Regions, placements and bars: where an array's picture lies in the source."""

import numpy as np
import pytest

from core.image import Image
from core.operations.target_size import TargetSize
from core.recipe import parse_stage
from core.searching.frames import frame_of
from core.searching.placements import Placement, placements, unresized, whole
from core.searching.regions import Region, RegionFinder
from core.searching.value_chains import chain_of
from tests.core.making import make, photograph

PHOTOGRAPH = make("opencv.imdecode | opencv.resize(INTER_AREA, 320x214)", photograph("china"))
SIZE_WH = (320, 214)


def region_of(text: str) -> tuple[Region, Image]:
    made = make(text, PHOTOGRAPH)
    return RegionFinder(PHOTOGRAPH).find(made)[0], made


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("opencv.resize(INTER_LINEAR, 112x112)", (1, 1)),
        ("tensorflow_v1.resize(bilinear, 100x80)", (1, 1)),
        ("pillow.resize(BICUBIC, shorter=128) | crop.center(112x112)", (112 / 191, 112 / 128)),
        ("opencv.resize(INTER_AREA, 128x128) | crop.center(112x112)", (0.875, 0.875)),
        ("crop.fraction(0.8) | opencv.resize(INTER_CUBIC, 112x112)", (0.8, 0.8)),
        ("crop.center(200x200) | opencv.resize(INTER_LINEAR, 112x112)", (200 / 320, 200 / 214)),
    ],
)
def test_the_region_is_found_within_a_pixel(text: str, parts: tuple[float, float]) -> None:
    region, _ = region_of(text)
    assert (region.width_part, region.height_part) == pytest.approx(parts, abs=0.008)
    assert not region.swapped


def test_channels_in_reverse_order_are_seen() -> None:
    region, made = region_of("opencv.resize(INTER_LINEAR, 112x112) | channels.swap")
    assert region.swapped
    assert region.residual_levels < 2
    other = RegionFinder(PHOTOGRAPH).find(np.random.default_rng(0).normal(size=made.shape))[0]
    assert other.residual_levels > 10


@pytest.mark.parametrize(
    ("before", "size", "after"),
    [
        ("", "112x112", ""),
        ("", "shorter=128", "crop.center(112x112)"),
        ("", "128x128", "crop.center(112x112)"),
        ("crop.fraction(0.875)", "112x112", ""),
        ("crop.fraction(0.875, square=true)", "112x112", ""),
        ("crop.center(200x180)", "112x112", ""),
    ],
)
def test_the_placement_is_among_those_of_its_region(before: str, size: str, after: str) -> None:
    crops = tuple(tuple(parse_stage(text) for text in (part,) if text) for part in (before, after))
    wanted = Placement(crops[0], TargetSize.parse(size), "truncate", crops[1])
    resize = f"opencv.resize(INTER_LINEAR, {size})"
    region, made = region_of(" | ".join(filter(None, (before, resize, after))))
    assert wanted in placements(region, SIZE_WH, (made.shape[1], made.shape[0]))


def test_a_crop_alone_and_a_picture_as_it_is() -> None:
    region, _ = region_of("crop.center(200x150)")
    alone = Placement((), None, "truncate", (parse_stage("crop.center(200x150)"),))
    assert alone in placements(region, SIZE_WH, (200, 150))
    all_of_it = placements(Region(1, 1, swapped=False, residual_levels=0), SIZE_WH, SIZE_WH)
    assert all_of_it[:2] == (unresized(), whole(SIZE_WH))


def test_an_own_rounding_is_kept_where_it_makes_the_same() -> None:
    resize = parse_stage("pillow.resize(BICUBIC, shorter=10)").operation
    even = Placement((), TargetSize.parse("shorter=10"), "half_up", ())
    assert even.options(resize, (20, 10)) == {"size": even.size, "side_rounding": "truncate"}
    assert even.options(resize, (25, 13)) == {"size": even.size, "side_rounding": "truncate"}  # 19.23
    assert even.options(resize, (26, 13 + 4)) == {"size": even.size, "side_rounding": "truncate"}  # 15.29
    assert even.options(resize, (28, 15)) == {"size": even.size, "side_rounding": "half_up"}  # 18.67


def test_bars_of_a_letterbox_are_seen_and_coloured() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (5, 8, 3)).astype(np.uint8)
    boxed = make("pad.letterbox(8x8)", picture)
    frame = frame_of(boxed)
    assert frame is not None
    np.testing.assert_array_equal(frame.inner(boxed), picture)
    levels, torch = chain_of((), 3), chain_of((parse_stage("normalize.torch"),), 3)
    assert levels is not None
    assert torch is not None
    assert [str(each) for part in frame.padded(levels) for each in part] == ["pad.letterbox(8x8)"]
    normalised = frame_of(make("pad.letterbox(8x8) | normalize.torch", picture))
    assert normalised is not None
    assert normalised.padded(torch) == ((parse_stage("pad.letterbox(8x8)"),), ())
    zeros = frame_of(make("normalize.torch | pad.letterbox(8x8, color=0)", picture))
    assert zeros is not None
    assert zeros.padded(torch) == ((), (parse_stage("pad.letterbox(8x8, color=0)"),))
    assert frame_of(picture) is None
    assert frame_of(np.zeros_like(picture)) is None
