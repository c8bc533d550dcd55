"""The Identify page in a real browser: an array is dropped, the search runs, and its recipe is taken to Compare."""

import io
import re
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample

RECIPE = "opencv.imdecode | opencv.resize(INTER_AREA, 64x48)"
FIRST_ANSWER_WITHIN_MS = 180_000  # after TensorFlow's import, on a busy machine


@pytest.fixture
def array_file(tmp_path: Path) -> Path:
    """What a server may have got: the resized picture as a batch of 1 x 3 x H x W floats from 0 to 1."""
    image = run(load_sample("hopper"), parse_recipe(RECIPE)).image
    assert image is not None
    file = tmp_path / "input.npy"
    with io.BytesIO() as stream:
        np.save(stream, (image.astype(np.float32) / np.float32(255)).transpose(2, 0, 1)[np.newaxis])
        file.write_bytes(stream.getvalue())
    return file


def test_an_array_is_identified_and_its_recipe_taken_to_compare(page: Page, array_file: Path) -> None:
    page.goto("/identify?" + urlencode({"picture": "hopper"}))
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(array_file)
    expect(page.get_by_text("input.npy: 1 × 3 × 48 × 64, float32")).to_be_visible()
    expect(page.get_by_text(re.compile(r"this array bit for bit"))).to_be_visible(timeout=FIRST_ANSWER_WITHIN_MS)
    expect(page.get_by_text(re.compile(r"opencv\.resize\(INTER_AREA, 64x48\)")).first).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=FIRST_ANSWER_WITHIN_MS)
    page.get_by_role("button", name="Take it for B and compare →").click()
    expect(page).to_have_url(re.compile(r"b=.*INTER_AREA%2C\+64x48"))


def test_what_is_no_array_says_so_on_the_page(page: Page) -> None:
    page.goto("/identify")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "notes.npy", "mimeType": "application/octet-stream", "buffer": b"nothing"}
    )
    expect(page.get_by_text("notes.npy cannot be read")).to_be_visible()
