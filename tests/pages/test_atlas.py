"""Every widget of the Atlas page, changed: what else changes by it."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from core.operations.target_size import TargetSize
from core.recipe import Stage
from core.searching.variants import library_variants
from core.surveying import decoders, resizes
from tests.pages.conftest import MAIN, html, query, run
from ui import warming
from ui.cached import ATLASES

SIZES = {"size_in": "45x34", "size_out": "20x15"}
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenCV and Pillow alone: TensorFlow's import would take most of the time."""

    def resize_stages(size_out_wh: tuple[int, int]) -> tuple[Stage, ...]:
        given = {"size": TargetSize.exact(*size_out_wh)}
        return tuple(stage for library in ("opencv", "pillow") for stage in library_variants("resize", library, given))

    monkeypatch.setattr(resizes, "resize_stages", resize_stages)
    monkeypatch.setattr(decoders, "decode_stages", lambda: library_variants("decode", "opencv", {}))
    monkeypatch.setattr(warming.Warming, "wait", lambda *_: True)
    ATLASES.clear()


def opened(**parameters: str) -> AppTest:
    """The page with its result."""
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    test.switch_page(str(MAIN.parents[1] / "pages" / "atlas.py"))
    for name, value in {**SIZES, **parameters}.items():
        test.query_params[name] = value
    return with_result(run(test))


def with_result(test: AppTest) -> AppTest:
    deadline = time.monotonic() + PATIENCE_S
    while "job.stop" in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.2)
        test = run(test)
    return test


def test_the_classes_in_words() -> None:
    shown = html(opened())
    assert "ways to resize 45 × 34 to 20 × 15 make" in shown
    assert "<strong>OpenCV INTER_LINEAR</strong> = <strong>OpenCV INTER_LINEAR_EXACT</strong>" in shown
    assert "half-pixel positions, triangle, no antialias" in shown


def test_another_size_asks_for_another_atlas() -> None:
    test = opened()
    test = with_result(run(test.number_input("atlas.size_out.width").set_value(24)))
    assert query(test)["size_out"] == "24x15"
    assert "45 × 34 to 24 × 15" in html(test)


def test_a_size_that_is_too_large_says_so() -> None:
    test = opened(size_in="9000x10")
    assert "Sides are 1 to 2048 pixels." in test.error[0].value


def test_the_respect_is_in_the_address() -> None:
    test = run(opened().segmented_control("respect").set_value("natural"))
    assert query(test)["respect"] == "natural"
    assert "noise with the spectrum of natural pictures" in test.caption[0].value


def test_two_ways_of_one_class_are_called_equal() -> None:
    exact = "opencv.resize(INTER_LINEAR_EXACT, 20x15)"
    test = run(opened().selectbox("atlas.way_b").set_value(exact))
    assert query(test)["way_b"] == exact
    assert "◆ Equal within rounding." in html(test)
    test = run(test.selectbox("atlas.way_a").set_value(exact))
    assert query(test)["way_a"] == exact
    assert "● The same." in html(test)
    test = run(test.selectbox("atlas.way_b").set_value("pillow.resize(BICUBIC, 20x15)"))
    assert "■ Different." in html(test)
    assert "Keys cubic, a = −0.50" in html(test)


def test_a_pair_is_taken_to_compare() -> None:
    test = opened(way_a="opencv.resize(INTER_AREA, 20x15)", way_b="pillow.resize(BOX, 20x15)", a="opencv")
    test = run(test.button("atlas.compare").click())
    assert query(test)["a"] == "opencv.imdecode | opencv.resize(INTER_AREA, 20x15)"
    assert query(test)["b"] == "opencv.imdecode | pillow.resize(BOX, 20x15)"


def test_decoders_on_the_picture() -> None:
    test = with_result(run(opened().segmented_control("survey").set_value("decoders")))
    assert query(test)["survey"] == "decoders"
    assert "ways to decode" in html(test)
    assert "<strong>OpenCV imdecode</strong> = <strong>OpenCV imread</strong>" in html(test)


def test_another_shape_of_results_is_another_matrix() -> None:
    test = opened(survey="decoders")
    shapes = test.selectbox("atlas.part").options
    assert "red, green, blue" in shapes[0]
    grey = "opencv.imdecode(IMREAD_GRAYSCALE)"
    test = run(test.selectbox("atlas.part").set_value(grey))
    assert query(test)["way_a"] == grey
