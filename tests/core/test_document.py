import json
import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from core.compare import Different, compare, compare_images
from core.document import difference_document, document, environment_document, unreadable_document
from core.environment import environment
from core.errors import SourceError
from core.image import as_image
from core.pipeline import run
from core.presets import parse_recipe
from core.source import read_source
from tests.core.encoded import by_opencv
from tests.core.published import validated

BLACK = np.zeros((2, 3, 3), np.uint8)


def compared(pixels: npt.NDArray[Any], a: str, b: str, ssim: float | None = None) -> dict[str, Any]:
    source = read_source("pixels.png", by_opencv(".png", pixels))
    comparison = compare(run(source, parse_recipe(a)), run(source, parse_recipe(b)))
    return validated(document("pixels.png", comparison, ssim=ssim), "compare")


def test_figures_that_can_be_checked_by_hand() -> None:
    """Of six black pixels one is (10, 0, 30), so swapping red and blue changes two values of 18 by 20."""
    pixels = BLACK.copy()
    pixels[1, 2] = 10, 0, 30
    found = compared(pixels, "opencv.imdecode", "opencv.imdecode | channels.swap", ssim=0.5)
    assert found["verdict"] == "different"
    figures = found["difference"]
    assert (figures["max_abs"], figures["max_at"], figures["bias"]) == (20, [2, 1, 0], 0)
    assert figures["mean_abs"] == pytest.approx(40 / 18)
    assert figures["rmse"] == pytest.approx(math.sqrt(800 / 18))
    assert figures["psnr_db"] == pytest.approx(10 * math.log10(255**2 / (800 / 18)))
    assert figures["differing_values_pct"] == pytest.approx(100 * 2 / 18)
    assert figures["differing_pixels_pct"] == pytest.approx(100 / 6)
    assert (figures["ssim"], figures["level"], figures["values"], figures["differing_values"]) == (0.5, 1, 18, 2)
    channels = [(channel["name"], channel["bias"]) for channel in figures["channels"]]
    assert channels == [("red", 20 / 6), ("green", 0), ("blue", -20 / 6)]


def test_sides_state_recipe_shape_dtype_seconds_and_warnings() -> None:
    found = compared(BLACK, "opencv", "opencv.imdecode | normalize.affine(offset=300) | cast.uint8(round)")
    assert found["a"]["recipe"] == "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)"
    assert (found["a"]["shape"], found["a"]["dtype"]) == ([224, 224, 3], "uint8")
    assert found["a"]["seconds"] > 0
    assert "cast.uint8" in found["b"]["warnings"][0]
    assert found["source"]["size_wh"] == [3, 2]


def test_stages_are_the_same_object_after_each_pair_of_stages() -> None:
    found = compared(
        BLACK, "opencv.imdecode | crop.center(2x2)", "opencv.imdecode(IMREAD_UNCHANGED) | crop.center(2x2)"
    )
    names = [(stage["name"], stage["verdict"]) for stage in found["stages"]]
    assert names == [("after decode", "identical"), ("after crop", "identical")]
    assert found["stages"][0]["difference"].keys() == found["difference"].keys()
    assert found["stages"][0]["b"]["stage"] == "opencv.imdecode(IMREAD_UNCHANGED)"


def test_identical_images_have_no_psnr() -> None:
    found = compared(BLACK, "opencv.imdecode", "opencv.imdecode", ssim=1.0)
    assert (found["verdict"], found["difference"]["max_abs"], found["difference"]["psnr_db"]) == ("identical", 0, None)


def test_figures_are_in_units_of_the_values_and_in_levels() -> None:
    """White against black after normalize.tf is 2 in its values and 255 in levels."""
    white = np.full((2, 3, 3), 255, np.uint8)
    both = "opencv.imdecode | normalize.tf"
    shifted = "opencv.imdecode | normalize.affine(scale=-127.5, offset=1)"
    figures = compared(white, both, shifted)["difference"]
    assert (figures["max_abs"], figures["bias"]) == (2, -2)
    assert figures["max_abs_levels"] == pytest.approx(255)
    assert figures["bias_levels"] == pytest.approx(-255)
    assert figures["level"] == pytest.approx(1 / 127.5)


def test_images_of_different_shapes_have_every_name_and_no_figure() -> None:
    found = compared(BLACK, "opencv.imdecode", "opencv.imdecode | crop.center(2x2)")
    assert found["verdict"] == "incomparable"
    assert found["reason"]
    assert found["remedy"]
    assert set(found["difference"]) == set(compared(BLACK, "opencv.imdecode", "opencv.imdecode")["difference"])
    assert set(map(str, found["difference"].values())) == {"None", "[]"}


def test_a_failed_side_is_stated_and_the_other_keeps_its_result() -> None:
    found = compared(BLACK, "opencv.imdecode | crop.center(9x9)", "opencv.imdecode")
    assert found["verdict"] == "incomparable"
    assert found["a"]["shape"] is None
    assert found["a"]["failure"]["stage"] == "crop.center(9x9)"
    assert found["a"]["failure"]["remedy"]
    assert found["b"]["shape"] == [2, 3, 3]
    assert [stage["name"] for stage in found["stages"]] == ["after decode"]


def test_values_that_are_not_finite_are_counted_and_never_written() -> None:
    a = as_image(np.array([[[np.nan, 1]]], np.float32))
    outcome = compare_images(a, as_image(np.zeros((1, 1, 2), np.float32)))
    assert isinstance(outcome, Different)
    figures = difference_document(outcome.statistics, outcome.level, ("grey", "alpha"))
    json.dumps(figures, allow_nan=False)
    assert (figures["values"], figures["non_finite_values"], figures["max_abs"]) == (1, 1, 1)
    grey, alpha = figures["channels"]
    assert (grey["values"], grey["non_finite_values"], grey["max_abs"], grey["max_at"]) == (0, 1, None, None)
    assert (alpha["max_abs"], alpha["max_at"]) == (1, [0, 0, 1])


def test_a_picture_that_cannot_be_read_has_the_same_names() -> None:
    a, b = parse_recipe("opencv"), parse_recipe("pillow")
    error = SourceError("x.jpg is not a picture.", "Give a JPEG.")
    found = validated(unreadable_document("x.jpg", a, b, error, environment=environment()), "compare")
    assert (found["verdict"], found["reason"], found["remedy"]) == ("incomparable", error.message, error.remedy)
    assert found.keys() == compared(BLACK, "opencv", "opencv").keys()
    assert found["source"] is None
    assert found["b"] == {**found["a"], "recipe": str(b)}


def test_the_environments_document_has_its_published_form() -> None:
    validated(environment_document(environment(probe=True)), "environment")
