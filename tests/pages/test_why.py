"""Every widget of the Why page, changed: what else changes by it."""

import time

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import MAIN, OPENCV, html, query, run

AREA = "opencv.imdecode | opencv.resize(INTER_AREA, 64x48)"
PATIENCE_S = 60


def opened(**parameters: str) -> AppTest:
    """The page with its explanation."""
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    test.switch_page(str(MAIN.parents[1] / "pages" / "why.py"))
    for name, value in {"picture": "hopper", "a": OPENCV, "b": AREA, **parameters}.items():
        test.query_params[name] = value
    return with_result(run(test))


def with_result(test: AppTest) -> AppTest:
    deadline = time.monotonic() + PATIENCE_S
    while "job.stop" in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.2)
        test = run(test)
    return test


def test_the_stage_to_blame_and_what_is_different_in_it() -> None:
    shown = html(opened())
    assert "Resize makes 100 % of the squared error." in shown
    assert "half-pixel positions, triangle, no antialias" in shown
    assert "box over the exact source interval" in shown


def test_the_advice_makes_b_equal_a() -> None:
    test = opened()
    assert "Write opencv.resize(INTER_LINEAR, 64x48) instead of opencv.resize(INTER_AREA, 64x48)." in html(test)
    assert "cv2.INTER_LINEAR" in test.code[-1].value
    test = with_result(run(test.button("advice.take").click()))
    assert query(test)["b"] == OPENCV
    assert "There is nothing to explain: A and B are identical." in html(test)
    assert "gives A's pixels already" in " ".join(caption.value for caption in test.caption)


def test_the_other_axis() -> None:
    test = run(opened().segmented_control("axis").set_value("y"))
    assert query(test)["axis"] == "y"


def test_a_failing_side_is_said_in_words() -> None:
    test = opened(a="opencv.imdecode | crop.center(9999x9999)")
    assert "A stopped at crop.center" in html(test)
    assert "A fails on this picture" in " ".join(caption.value for caption in test.caption)


def test_without_a_resize_there_are_no_operators() -> None:
    assert "What the resizes do" not in html(opened(a="opencv.imdecode", b="opencv.imdecode(IMREAD_GRAYSCALE)"))
