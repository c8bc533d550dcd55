"""Every widget of the Identify page, changed: what else changes by it. The search itself is tested in tests/core."""

import io
import time
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.presets import parse_recipe
from core.search import Candidate, Identification
from tests.pages.conftest import MAIN, OPENCV, PILLOW, html, query, run
from ui.identify import search
from ui.messages import plain

PATIENCE_S = 30


def candidate(recipe: str, *, identical: bool) -> Candidate:
    return Candidate(
        recipe=parse_recipe(recipe),
        verdict="identical" if identical else "different",
        max_abs=0 if identical else 9.0,
        mean_abs=0 if identical else 2.5,
        layout="H x W x C",
        channel_order="RGB",
        normalisation="",
        scale=(1, 1, 1),
        offset=(0, 0, 0),
        respect="" if identical else "It is displaced.",
    )


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays of zeros are made by no recipe, all others by OpenCV's."""

    def identify(_source: object, values: Any, *_: object, **__: object) -> Identification:
        if values.any():
            return Identification("identical", (candidate(OPENCV, identical=True),), 1234)
        return Identification("none", (candidate(PILLOW, identical=False),), 1234)

    monkeypatch.setattr(search, "identify", identify)
    search.IDENTIFICATIONS.clear()


def opened() -> AppTest:
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    test.switch_page(str(MAIN.parents[1] / "pages" / "identify.py"))
    for name, value in {"picture": "hopper", "a": OPENCV, "b": PILLOW}.items():
        test.query_params[name] = value
    return run(test)


def with_result(test: AppTest) -> AppTest:
    deadline = time.monotonic() + PATIENCE_S
    while "job.stop" in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.1)
        test = run(test)
    return test


def uploaded(test: AppTest, name: str, data: bytes) -> AppTest:
    return with_result(run(test.file_uploader("identify.file").set_value((name, data, "application/octet-stream"))))


def npy(values: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def test_the_page_says_what_it_answers_until_there_is_an_array() -> None:
    test = opened()
    assert "Give the array" in html(test)
    assert "Give the array" not in html(uploaded(test, "input.npy", npy(np.ones((48, 64, 3), np.uint8))))


def test_a_file_is_read_and_its_recipe_named() -> None:
    test = uploaded(opened(), "input.npy", npy(np.ones((48, 64, 3), np.float32)))
    assert "input.npy: 48 × 64 × 3, float32, 1 to 1" in [caption.value for caption in test.caption]
    assert "1 recipe makes this array bit for bit; 1,234 pictures were compared." in html(test)
    assert "cv2.INTER_LINEAR" in test.code[-1].value


def test_none_is_said_plainly_with_the_nearest() -> None:
    test = uploaded(opened(), "input.npy", npy(np.zeros((48, 64, 3), np.float32)))
    assert "none of the known recipes" in html(test)
    assert "The nearest is 2.50 levels away on average. It is displaced." in html(test)


def test_bare_values_need_their_shape() -> None:
    test = uploaded(opened(), "input.raw", np.ones((1, 3, 4, 5), np.float32).tobytes())
    assert "input.raw has 240 bytes" in test.error[0].value
    test = with_result(run(test.text_input("identify.shape").set_value("1x3x4x5")))
    assert "bit for bit" in html(test)


def test_another_dtype_reads_the_same_bytes_otherwise() -> None:
    test = uploaded(opened(), "input.raw", np.ones((1, 3, 4, 5), np.uint8).tobytes())
    test = run(test.text_input("identify.shape").set_value("1x3x4x5"))
    assert "has 60 bytes" in test.error[0].value
    test = with_result(run(test.selectbox("identify.dtype").set_value("uint8")))
    assert "bit for bit" in html(test)


def test_one_of_several_arrays_is_named() -> None:
    file = io.BytesIO()
    np.savez(file, zeros=np.zeros((4, 5, 3)), ones=np.ones((4, 5, 3)))
    test = uploaded(opened(), "input.npz", file.getvalue())
    assert plain("input.npz has 2 arrays: zeros, ones.") in test.error[0].value
    test = with_result(run(test.text_input("identify.key").set_value("ones")))
    assert "bit for bit" in html(test)


def test_a_file_that_holds_no_array_says_so() -> None:
    test = uploaded(opened(), "input.npy", b"nothing")
    assert "input.npy cannot be read" in test.error[0].value


def test_the_example_is_recipe_bs_result() -> None:
    test = with_result(run(opened().button("identify.example").click()))
    assert any("recipe B's own result: 48 × 64 × 3, uint8" in caption.value for caption in test.caption)


def test_a_candidate_is_taken_to_compare() -> None:
    test = with_result(run(opened().button("identify.example").click()))
    test = run(test.button("identify.take.b").click())
    assert query(test)["b"] == OPENCV
