"""The Atlas page in a real browser: from the progress to the matrix, a click in it, and the way to Compare."""

import re

import pytest
from playwright.sync_api import Page, expect

SMALL = "/atlas?size_in=45x34&size_out=20x15"
MEASURED_WITHIN_MS = 300_000  # some forty measurements, after TensorFlow's import


@pytest.fixture
def atlas(page: Page) -> Page:
    page.goto(SMALL)
    expect(page.get_by_text(re.compile(r"ways to resize 45 × 34 to 20 × 15"))).to_be_visible(timeout=MEASURED_WITHIN_MS)
    return page


def test_classes_matrix_and_pair(atlas: Page) -> None:
    expect(atlas.get_by_text("OpenCV INTER_LINEAR = OpenCV INTER_LINEAR_EXACT = TF2 bilinear")).to_be_visible()
    expect(atlas.locator(".js-plotly-plot .heatmaplayer image")).to_be_visible()
    expect(atlas.get_by_text("sampling positions")).to_be_visible()


def test_a_click_on_a_cell_chooses_its_pair(atlas: Page) -> None:
    plot = atlas.locator(".js-plotly-plot .nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    # The lower left corner: the last row against the first column.
    atlas.mouse.click(box["x"] + 6, box["y"] + box["height"] - 6)
    expect(atlas).to_have_url(re.compile(r"way_a=tensorflow_v1\.resize.*way_b=opencv\.resize%28INTER_LINEAR%2C"))


def test_a_pair_leads_to_compare(atlas: Page) -> None:
    atlas.get_by_role("button", name="Compare on the picture →").click()
    expect(atlas).to_have_url(re.compile(r"/\?.*a=.*opencv\.resize%28INTER_LINEAR%2C\+20x15%29"))
    expect(atlas.get_by_text("after resize").first).to_be_visible()


def test_measuring_is_stopped_and_begun_anew(page: Page) -> None:
    page.goto("/atlas?size_in=90x71&size_out=33x44")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
