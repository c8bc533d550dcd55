"""Each limit at its border: what is allowed, what is refused, and in which words."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import RecipeError, SettingsError, SourceError, TooLargeError
from core.header import Header
from core.image import as_image
from core.limits import DEFAULTS, Limits, check_file, check_header, check_target, limits, limits_from
from core.pipeline import carry_out
from core.recipe import parse_stage
from core.source import read_source
from tests.core.encoded import by_pillow, picture
from tests.core.limiting import limited

SMALL = Limits(
    file_bytes=1_000_000,
    width_px=400,
    height_px=300,
    pixels=90_000,
    frames=3,
    animation_pixels=150_000,
    scans=10,
    image_bytes=1_000_000,
    target_side_px=500,
    target_pixels=80_000,
)


def header(width: int = 10, height: int = 10, **facts: Any) -> Header:
    return Header(format="PNG", media_type="image/png", size_wh=(width, height), **facts)


@pytest.mark.parametrize(
    "allowed",
    [
        header(400, 225),
        header(300, 300),
        header(250, 200, frames=3, animated=True),
        header(300, 300, frames=3),  # pages: no decoder holds them all
        header(scans=10),
        header(250, 249, bit_depth=16, color="RGB", alpha=True),  # 250 * 249 * 4 * 4 bytes
    ],
)
def test_what_is_allowed(allowed: Header) -> None:
    check_header("a.png", allowed, SMALL)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (
            header(401, 1),
            "a width of 401 pixels, the limit is 400. Give a smaller picture, or raise the limit width_px.",
        ),
        (header(1, 301), "a height of 301 pixels, the limit is 300"),
        (header(301, 300), r"0.1 megapixels \(301x300\), the limit is 0.09"),
        (header(claimed_wh=(401, 1)), "a width of 401 pixels"),
        (header(frames=4), "4 frames, the limit is 3"),
        (header(251, 200, frames=3, animated=True), "0.2 megapixels in 3 frames, the limit is 0.15"),
        (header(scans=11), "11 scans, the limit is 10"),
        (header(251, 250, bit_depth=16, color="RGB", alpha=True), "1 MB once decoded .* the limit is 1"),
        (header(300, 300, samples=12), "1 MB once decoded"),
    ],
)
def test_what_is_refused(refused: Header, words: str) -> None:
    with pytest.raises(TooLargeError, match=f"^a.png has {words}"):
        check_header("a.png", refused, SMALL)


def test_a_file() -> None:
    check_file("a.png", 1_000_000, SMALL)
    with pytest.raises(TooLargeError, match=r"a.png has 1.0 MB, the limit is 1. Give a smaller picture"):
        check_file("a.png", 1_000_001, SMALL)


@pytest.mark.parametrize(
    ("source_wh", "target_wh", "words"),
    [
        ((10, 10), (501, 1), "A side may have at most 500 pixels"),
        ((10, 10), (300, 300), "A resize may make at most 80,000 pixels"),
        ((100, 300), (500, 1), "on the way to which it takes 2 MB"),  # 500 x 300 between the axes, 3 floats each
    ],
)
def test_a_target(source_wh: tuple[int, int], target_wh: tuple[int, int], words: str) -> None:
    with pytest.raises(RecipeError, match=f"shorter=9 makes this .* pixels large.*{words}"):
        check_target("shorter=9", source_wh, target_wh, 3, SMALL)
    check_target("shorter=9", (100, 100), (400, 200), 3, SMALL)


@pytest.mark.parametrize(
    "stage",
    ["opencv.resize(INTER_AREA, shorter=1000)", "pillow.resize(BOX, shorter=1000)", "pad.letterbox(32000x32000)"],
)
def test_a_stage_is_refused_before_its_library_is_asked(stage: str) -> None:
    with pytest.raises(RecipeError, match="makes this 3000x2 picture"):
        carry_out(parse_stage(stage), as_image(np.zeros((2, 3000, 3), np.uint8)))


def test_limits_from_names_and_numbers() -> None:
    assert limits_from({}) == DEFAULTS
    assert limits_from({"pixels": 5, "picture_s": 0.5}) == Limits(pixels=5, picture_s=0.5)
    with pytest.raises(SettingsError, match="There is no limit colour, size"):
        limits_from({"size": 1, "colour": 2, "pixels": 3})
    for value in (0, -1, 2.5, True, "5", None, float("nan")):
        with pytest.raises(SettingsError, match="The limit pixels cannot be"):
            limits_from({"pixels": value})


def test_a_source_goes_by_the_limits_in_force_or_its_own() -> None:
    data = by_pillow(picture(), "PNG")
    with limited(pixels=1000), pytest.raises(TooLargeError):
        read_source("a.png", data)
    assert limits() == DEFAULTS
    assert read_source("a.png", data).header.size_wh == (67, 45)
    with pytest.raises(TooLargeError):
        read_source("a.png", data, Limits(file_bytes=10))


def test_a_picture_without_a_side_is_refused() -> None:
    data = bytearray(by_pillow(picture(), "PNG"))
    data[16:20] = bytes(4)
    with pytest.raises(SourceError, match="begins like PNG, but its header gives it no width or no height"):
        read_source("a.png", bytes(data))


def test_every_limit_stands_in_the_documents() -> None:
    table = (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")
    for each in fields(Limits):
        assert f"| `{each.name}` | {each.default:,} | {each.metadata['purpose']} |" in table
