import numpy as np
import pytest

from core.explaining.orientation import TURNS, Turn, turn_between, without_orientation
from core.image import Image, as_image
from core.pipeline import carry_out
from core.recipe import parse_stage
from tests.core import encoded


def numbered() -> Image:
    return as_image(np.arange(6, dtype=np.uint8).reshape(2, 3, 1))


@pytest.mark.parametrize(
    ("orientation", "rows"),
    [
        (1, [[0, 1, 2], [3, 4, 5]]),
        (2, [[2, 1, 0], [5, 4, 3]]),
        (3, [[5, 4, 3], [2, 1, 0]]),
        (4, [[3, 4, 5], [0, 1, 2]]),
        (5, [[0, 3], [1, 4], [2, 5]]),
        (6, [[3, 0], [4, 1], [5, 2]]),
        (7, [[5, 2], [4, 1], [3, 0]]),
        (8, [[2, 5], [1, 4], [0, 3]]),
    ],
)
def test_turns(orientation: int, rows: list[list[int]]) -> None:
    np.testing.assert_array_equal(Turn(orientation)(numbered())[..., 0], rows)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_they_are_those_of_opencv_and_pillow(orientation: int) -> None:
    data = encoded.by_pillow(encoded.picture(), "PNG", exif=encoded.exif(orientation))
    for text in ("opencv.imdecode", "pillow.open(exif_transpose=true)"):
        decode = parse_stage(text)
        stored, decoded = (carry_out(stage, data).image for stage in (without_orientation(decode), decode))
        assert turn_between(stored, decoded, orientation) == Turn(orientation)
        np.testing.assert_array_equal(TURNS[orientation](stored), decoded)


def test_no_turn_and_another_difference() -> None:
    image = numbered()
    assert turn_between(image, image, 6) == Turn(1)
    assert turn_between(image, as_image(image + np.uint8(1)), 6) is None


def test_only_decoders_that_turn_are_changed() -> None:
    assert str(without_orientation(parse_stage("opencv.imdecode"))) == "opencv.imdecode(ignore_orientation=true)"
    assert str(without_orientation(parse_stage("pillow.open(exif_transpose=true)"))) == "pillow.open"
    assert str(without_orientation(parse_stage("tensorflow.decode_jpeg"))) == "tensorflow.decode_jpeg"
