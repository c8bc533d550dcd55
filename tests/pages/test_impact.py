"""Every widget of the Impact page, changed: what else changes by it. The models are small, and need no TensorFlow."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.impact import GridRow, Model, Picture, grid_changes, impact_grid, open_model_file
from core.models.model import ModelInput
from core.recipe import Recipe
from tests.core.models.making import channel_means
from tests.core.test_impact import flat
from tests.pages.conftest import MAIN, OPENCV, PILLOW, html, messages, query, run
from ui.configuration import Configuration
from ui.impact import answers, model
from ui.impact import model as model_module
from ui.impact.recipes import FIRST_A, FIRST_B
from ui.warming import WARMING

PLAIN = "opencv.imdecode | opencv.resize(INTER_AREA, 6x6)"
SWAPPED = f"{PLAIN} | channels.swap"
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def tensorflow_is_ready() -> Iterator[None]:
    """The page does not wait for TensorFlow, which these models do without; nothing is left from the test before."""
    answers.IMPACTS.clear()
    answers.DETAILS.clear()
    WARMING._tensorflow_ready.set()
    yield
    WARMING._tensorflow_ready.clear()


@pytest.fixture(autouse=True)
def short_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the changes those that need no TensorFlow."""

    def grid(model: Model, pictures: Sequence[Picture], reference: Recipe, **options: Any) -> tuple[GridRow, ...]:
        changes = [each for each in grid_changes(reference) if "tensorflow" not in str(each.recipe)]
        return impact_grid(model, pictures, reference, changes, **options)

    monkeypatch.setattr(answers, "impact_grid", grid)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the embedded model one that takes its tensors, and answers with the means of their channels."""
    wanted = ModelInput("NHWC", (64, 48), 3, value_range=(-1, 1))
    small = Model("Small", "small", wanted, lambda batch: batch.mean(axis=(1, 2)), normalisation="normalize.tf")
    monkeypatch.setattr(model_module, "embedded_model", lambda: small)


def opened(**parameters: str) -> AppTest:
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    test.switch_page(str(MAIN.parents[1] / "pages" / "impact.py"))
    for name, value in parameters.items():
        test.query_params[name] = value
    return with_result(run(test))


def with_result(test: AppTest) -> AppTest:
    deadline = time.monotonic() + PATIENCE_S
    while "job.stop" in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.1)
        test = run(test)
    return test


def own(test: AppTest, data: bytes = b"", name: str = "means.onnx") -> AppTest:
    file = (name, data or channel_means(), "application/octet-stream")
    return with_result(run(test.file_uploader("impact.file").set_value(file)))


def asked(**parameters: str) -> AppTest:
    """The page with a model of one's own and its answers."""
    return own(opened(**{"picture": "hopper", "a": PLAIN, "b": SWAPPED, "model": "own", **parameters}))


def with_pictures(test: AppTest) -> AppTest:
    """The same after two pictures were uploaded: a red one, and a green one."""
    files = [
        (name, flat(*color).data, "image/png") for name, color in (("red.png", (200, 0, 9)), ("green.png", (0, 200, 9)))
    ]
    return with_result(run(test.file_uploader("uploader.0").set_value(files)))


def test_the_answers_stand_side_by_side_with_the_stages_and_the_way() -> None:
    shown = html(asked())
    assert "The first choice is another one" in shown
    assert shown.count('<ol class="sp-top') == 3
    assert "largest logit shift" in shown
    assert "red and blue swapped" in shown


def test_the_stage_that_moves_the_answer_has_its_share() -> None:
    figures = [chart.proto.spec for chart in asked().get("plotly_chart")]
    assert any("squared way of the logits" in spec for spec in figures)


def test_a_first_visit_asks_the_embedded_model_about_its_own_recipes() -> None:
    WARMING._tensorflow_ready.clear()
    test = opened()
    assert "TensorFlow is starting" in html(test)
    presets = [box.value for box in test.selectbox if box.key and box.key.startswith(("a.preset", "b.preset"))]
    assert presets == [FIRST_A, FIRST_B]


@pytest.mark.usefixtures("embedded")
def test_recipes_of_a_link_are_kept_and_fitted_on_wish() -> None:
    test = opened(a=OPENCV, b=PILLOW)
    assert "A gives values from 0 to 255, and Small was made for -1 to 1. End it with normalize.tf." in messages(test)
    test = with_result(run(test.button("impact.fit").click()))
    assert query(test)["a"] == f"{OPENCV} | normalize.tf"
    assert "the answer" in html(test)


@pytest.mark.usefixtures("embedded")
def test_wrong_values_on_one_side_are_warned_of() -> None:
    test = opened(a=f"{OPENCV} | normalize.tf", b=PILLOW)
    assert any(text.startswith("B gives values from 0 to 255") for text in messages(test))
    assert "the answer" in html(test)


def test_the_slider_is_in_the_address_and_moves_the_answers() -> None:
    test = asked()
    before = html(test)
    test = run(test.slider("mix").set_value(0.0))
    assert query(test)["mix"] == "0"
    assert html(test) != before
    assert "at 0.00 of B" in html(test)


@pytest.mark.usefixtures("embedded")
def test_the_other_model_is_chosen() -> None:
    test = with_result(run(asked().segmented_control("model").set_value("embedded")))
    assert "model" not in query(test)
    assert "Small takes 64x48" in " ".join(messages(test))


def test_a_set_has_shares_and_no_way() -> None:
    test = with_result(run(asked().segmented_control("over").set_value("samples")))
    assert query(test)["over"] == "samples"
    assert "first choices that changed" in html(test)
    assert [slider.key for slider in test.slider] == []


def test_ones_own_pictures_with_labels_from_a_file() -> None:
    test = with_pictures(asked(over="mine"))
    assert "The first choice changes on 50.0 % (1 of 2" in html(test)
    test = with_result(run(test.selectbox("labels").set_value("csv")))
    assert query(test)["labels"] == "csv"
    labels = ("labels.csv", b"red.png,0\ngreen.png,1\n", "text/csv")
    test = with_result(run(test.file_uploader("impact.labels").set_value(labels)))
    assert "Of 2 labelled pictures 1 broken, 0 mended: too few to speak of accuracy." in html(test)


def test_labels_that_are_wrong_say_so() -> None:
    test = with_pictures(asked(over="mine", labels="csv"))
    test = with_result(run(test.file_uploader("impact.labels").set_value(("x.csv", b"red.png\n", "text/csv"))))
    assert any("Line 1 of x.csv has one column" in text for text in messages(test))


def test_names_as_labels_are_in_the_address() -> None:
    test = with_result(run(with_pictures(asked(over="mine")).selectbox("labels").set_value("ilsvrc2012")))
    assert query(test)["labels"] == "ilsvrc2012"


def test_without_pictures_of_ones_own_the_one_above_stands_in() -> None:
    test = asked(over="mine")
    assert any("no pictures of yours yet" in info.value for info in test.info)
    assert "The first choice is another one" in html(test)


@pytest.mark.parametrize(("data", "said"), [(b"\x80\x04K\x01.", "is a pickle"), (b"nothing at all", "is not a model")])
def test_what_is_no_model_says_so(data: bytes, said: str) -> None:
    test = own(opened(model="own", a=PLAIN, b=SWAPPED), data, "model.pt")
    assert any(said in text for text in messages(test))


def test_a_model_that_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "configuration", lambda: Configuration(model_bytes=10))
    assert any("at most 0 MB" in text for text in messages(asked()))


def test_the_classes_of_ones_own_model_are_named_by_a_file() -> None:
    assert "class 0" in html(asked())
    names = ("classes.txt", "Röte\ngreenness\n\nblueness\n".encode(), "text/plain")
    test = with_result(run(asked().file_uploader("impact.classes").set_value(names)))
    assert "Röte" in html(test)
    assert "class 0" not in html(test)


def test_names_that_are_no_text_cost_one_message() -> None:
    test = with_result(run(asked().file_uploader("impact.classes").set_value(("x.txt", b"\xff\xfe", "text/plain"))))
    assert "x.txt" in test.error[0].value
    assert "class 0" in html(test)


def test_a_model_that_is_taken_away_is_forgotten() -> None:
    test = run(asked().file_uploader("impact.file").set_value(None))
    assert '<ol class="sp-top' not in html(test)


def test_an_embedding_has_a_cosine_and_no_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    small = open_model_file("means.onnx", channel_means())

    def unit(batch: np.ndarray) -> np.ndarray:
        rows = small.run(batch)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    embedding = Model(small.name, "unit", small.input, unit)
    monkeypatch.setattr(model_module, "embedded_model", lambda: embedding)
    test = opened(a=PLAIN, b=SWAPPED, picture="hopper")
    assert "The embedding turns to a cosine of" in html(test)
    assert any("gives an embedding and no classes" in info.value.replace("\\", "") for info in test.info)
