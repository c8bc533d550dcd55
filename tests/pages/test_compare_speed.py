"""What is computed again, and what one waits for."""

from collections import Counter
from typing import Any

import pytest

from core import pipeline
from core.errors import LibraryMissingError
from core.operations.declaration import Operation
from core.operations.libraries import Library
from tests.pages.conftest import OPENCV, PILLOW, html, named, opened, query, run
from ui import cached, warming

TENSORFLOW = "tensorflow.decode_jpeg(channels=3)"


@pytest.fixture
def carried_out(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each operation was carried out."""
    counts: Counter[str] = Counter()
    original = pipeline._call

    def counting(operation: Operation, *given: Any) -> object:
        counts[operation.name] += 1
        return original(operation, *given)

    monkeypatch.setattr(pipeline, "_call", counting)
    cached.STEPS.clear()
    cached.COMPARISONS.clear()
    return counts


def test_after_a_changed_resize_nothing_is_decoded_again(carried_out: Counter[str]) -> None:
    test = opened(a=OPENCV, b=PILLOW)
    assert carried_out["opencv.imdecode"] == 1
    run(named(test.selectbox, "a.1.opencv.resize.interpolation").select("INTER_CUBIC"))
    run(named(test.number_input, "a.1.opencv.resize.size.width").set_value(65))
    assert carried_out["opencv.imdecode"] == 1
    assert carried_out["opencv.resize"] == 3
    assert carried_out["pillow.resize"] == 1


def test_another_view_computes_nothing(carried_out: Counter[str]) -> None:
    test = opened(a=OPENCV, b=PILLOW)
    before = carried_out.copy()
    run(named(test.button_group, "at").set_value("decode"))
    run(named(test.button_group, "histogram.channel").set_value("red"))
    run(test.button("swap").click())
    assert {name: carried_out[name] for name in before if "." in name} == dict(before)


def test_a_second_session_finds_what_the_first_has_computed(carried_out: Counter[str]) -> None:
    opened(a=OPENCV, b=PILLOW)
    before = carried_out.copy()
    opened(a=OPENCV, b=PILLOW)
    assert carried_out == before


def test_the_page_does_not_wait_for_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = warming.Warming()
    monkeypatch.setattr("ui.running.WARMING", waiting)
    monkeypatch.setattr("ui.waiting.WARMING", waiting)
    test = opened(a=OPENCV, b=TENSORFLOW)
    assert "TensorFlow is starting" in html(test)
    assert "after opencv.resize(INTER_LINEAR, 64x48)" in html(test)
    assert query(test)["b"] == TENSORFLOW


def test_recipes_without_tensorflow_never_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.running.WARMING", warming.Warming())
    assert "TensorFlow is starting" not in html(opened(a=OPENCV, b=PILLOW))


def test_a_library_that_is_not_installed_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(library: Library) -> None:
        raise LibraryMissingError(f"{library.title} is not installed.", library.install_hint)

    cached.STEPS.clear()
    cached.COMPARISONS.clear()
    monkeypatch.setattr("core.operations.opencv.load", missing)
    shown = html(opened(a=OPENCV, b=PILLOW))
    assert "A stopped at opencv.imdecode: OpenCV is not installed." in shown
    assert "pip install opencv-python" in shown
    assert "after pillow.resize" in shown
