"""The Impact page in a real browser: the embedded model at first sight, a model and a set of one's own."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.core.models.making import channel_means
from tests.core.test_impact import flat

PLAIN = "opencv.imdecode | opencv.resize(INTER_AREA, 6x6)"
SWAPPED = f"{PLAIN} | channels.swap"
FIRST_ANSWER_WITHIN_MS = 180_000  # after TensorFlow's import, on a busy machine


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    """A model whose three logits are the means of red, green and blue."""
    file = tmp_path / "means.onnx"
    file.write_bytes(channel_means())
    return file


def png(name: str, color: tuple[int, int, int]) -> FilePayload:
    return {"name": f"{name}.png", "mimeType": "image/png", "buffer": flat(*color).data}


def test_a_first_visit_shows_the_embedded_models_answers(page: Page) -> None:
    page.goto("/impact")
    expect(page.get_by_text("badger").first).to_be_visible(timeout=FIRST_ANSWER_WITHIN_MS)
    expect(
        page.get_by_text(re.compile(r"The first choice (stays|is another one); logits move by up to"))
    ).to_be_visible()
    expect(page.get_by_text("red and blue swapped")).to_be_visible(timeout=FIRST_ANSWER_WITHIN_MS)
    expect(page.get_by_text("where the difference mattered")).to_be_visible()
    expect(page).to_have_url(re.compile(r"a=tensorflow\.decode_jpeg.*b=opencv\.imdecode"))


def test_a_model_and_a_labelled_set_of_ones_own(page: Page, model_file: Path) -> None:
    page.goto("/impact?" + urlencode({"a": PLAIN, "b": SWAPPED, "model": "own", "over": "mine", "labels": "csv"}))
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(model_file)
    expect(page.get_by_text("The first choice")).to_be_visible(timeout=FIRST_ANSWER_WITHIN_MS)
    page.get_by_role("button", name="Upload").first.click()
    uploader = page.get_by_test_id("stPopoverBody").get_by_test_id("stFileUploaderDropzoneInput")
    uploader.set_input_files([png("red", (200, 0, 9)), png("green", (0, 200, 9))])
    expect(page.get_by_text("The first choice changes on 50.0 % (1 of 2")).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(
        {"name": "labels.csv", "mimeType": "text/csv", "buffer": b"red.png,0\ngreen.png,1\n"}
    )
    expect(page.get_by_text("Of 2 labelled pictures 1 broken, 0 mended")).to_be_visible()
    expect(page.get_by_text("■ flips")).to_be_visible()
