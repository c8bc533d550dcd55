import re

import numpy as np
import pytest

from core.exporting.naming import export_name, picture_slug, recipe_slug, slug
from core.presets import parse_recipe
from tests.core.figures.pairs import comparison_of

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("street", "street"),
        ("Straße in Köln", "Strae-in-Koln"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf *", "rf"),
        (".hidden", "hidden"),
        ("日本", "picture"),
        ("", "picture"),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_text_is_cut_and_stays_different() -> None:
    one, other = slug("x" * 100 + "1"), slug("x" * 100 + "2")
    assert len(one) == len(other) == 40
    assert one != other
    assert one[:33] == other[:33] == "x" * 33


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("holiday/street.jpg", "street"),
        ("C:\\pictures\\street.JPEG", "street"),
        ("sample:street", "sample-street"),
        ("archive.tar.gz", "archive-tar"),
        (".jpg", "jpg"),
        ("", "picture"),
    ],
)
def test_a_picture_is_called_by_its_file(name: str, expected: str) -> None:
    assert picture_slug(name) == expected


def test_a_preset_is_called_by_its_name() -> None:
    assert recipe_slug(parse_recipe("pillow")) == "pillow"
    assert recipe_slug(parse_recipe("opencv.imdecode | cast.float32")) == "opencv-imdecode-cast-float32"


def test_a_name_is_that_of_the_picture_and_both_recipes() -> None:
    comparison = comparison_of("opencv.imdecode", "opencv.imread", np.zeros((2, 2, 3), np.uint8))
    assert export_name(comparison) == "noise_opencv-imdecode_opencv-imread"
    assert all(SAFE.fullmatch(part) for part in export_name(comparison).split("_"))
