import cv2
import numpy as np
import pytest

from core.compare import compare
from core.pipeline import run
from core.presets import parse_recipe
from core.source import Source, read_source
from core.words import levels, percent, sentence


def said(source: Source, a: str, b: str) -> str:
    return sentence(compare(run(source, parse_recipe(a)), run(source, parse_recipe(b))))


@pytest.fixture(scope="module")
def grey() -> Source:
    """A PNG of 4 x 4 pixels of level 100."""
    return read_source("grey.png", cv2.imencode(".png", np.full((4, 4, 3), 100, np.uint8))[1].tobytes())


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        ("opencv.imread", "A and B see the same pixels: all 48 values are identical."),
        (
            "opencv.imdecode | normalize.affine(offset=-7)",
            "B is darker by 7 levels; values differ by 7 levels on average, at most by 7 levels.",
        ),
        (
            "opencv.imdecode | normalize.affine(offset=2.5)",
            "B is brighter by 2.50 levels; values differ by 2.50 levels on average, at most by 2.50 levels.",
        ),
        (
            "opencv.imdecode | normalize.affine(offset=0.25)",
            "Rounding alone: 100.0 % of the values differ, none by more than 1 level.",
        ),
        ("opencv.imdecode | crop.center(2x2)", "A is 4x4 red, green, blue and B is 2x2 red, green, blue."),
    ],
)
def test_sentences(grey: Source, b: str, expected: str) -> None:
    assert said(grey, "opencv.imdecode", b) == expected


def test_the_stage_where_it_begins_is_named(grey: Source) -> None:
    a = "opencv.imdecode | opencv.resize(INTER_LINEAR, 2x2) | normalize.affine(offset=0)"
    b = "opencv.imdecode | opencv.resize(INTER_AREA, 2x2) | normalize.affine(offset=9)"
    assert said(grey, a, b).endswith("Up to the resize both are identical; the normalize makes the difference.")


def test_a_difference_from_the_first_stage_on_is_measured_there(grey: Source) -> None:
    a = "opencv.imdecode | channels.gray(cvtColor)"
    b = "opencv.imdecode(IMREAD_GRAYSCALE) | cast.float32 | normalize.affine(offset=3)"
    assert said(grey, a, b) == "B is brighter by 3 levels; values differ by 3 levels on average, at most by 3 levels."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 levels"),
        (1, "1 level"),
        (14, "14 levels"),
        (0.664, "0.66 levels"),
        (0.0042, "0.004 levels"),
        (123.4, "123 levels"),
    ],
)
def test_levels(value: float, text: str) -> None:
    assert levels(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0 %"), (0.004, "under 0.01 %"), (0.5, "0.5 %"), (11.16, "11.2 %"), (99.95, "over 99.9 %"), (100, "100.0 %")],
)
def test_percent(value: float, text: str) -> None:
    assert percent(value) == text
