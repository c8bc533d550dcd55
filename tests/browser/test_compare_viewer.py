"""The viewer as part of the Compare page: what is done in it reaches the rest of the page and the address."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from tests.browser.viewer.conftest import Shown, rgba_digest

REDUCED = "opencv.imdecode | opencv.resize(INTER_LINEAR, 96x64)"
OTHER = "pillow.open | pillow.resize(BOX, 96x64)"


@pytest.fixture
def shown(page: Page) -> Shown:
    page.goto(f"/?a={REDUCED}&b={OTHER}")
    viewer = Shown(page)
    viewer.settle()
    return viewer


def setting(page: Page, name: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def test_the_canvas_has_the_recipes_very_pixels(shown: Shown) -> None:
    shown.press("a", "1")
    image = run(load_sample("raccoon"), parse_recipe(REDUCED)).image
    assert image is not None
    assert shown.canvas_digest("a", (96, 64)) == rgba_digest(image.astype(np.uint8, casting="equiv"))


def test_the_worst_pixel_fills_the_table_and_the_address(shown: Shown) -> None:
    shown.button("Worst pixel").click()
    traces = [run(load_sample("raccoon"), parse_recipe(text)).image for text in (REDUCED, OTHER)]
    a, b = (np.asarray(image, np.int64) for image in traces)
    y, x, _ = np.unravel_index(np.abs(b - a).argmax(), a.shape)
    expect(shown.root.locator(".place").first).to_contain_text(f"x {x}  y {y}")
    expect(shown.root.locator(".row-a td")).to_have_text([str(value) for value in a[y, x]])
    shown.page.wait_for_url(re.compile(r"[?&]pixel="))
    assert setting(shown.page, "pixel") == [f"{x},{y}"]


def test_a_region_has_its_own_figures_until_it_is_removed(shown: Shown) -> None:
    shown.press("1")
    shown.page.keyboard.down("Shift")
    shown.page.mouse.move(*shown.place_of(10, 20))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.place_of(41, 35), steps=4)
    shown.page.mouse.up()
    shown.page.keyboard.up("Shift")
    expect(shown.page.get_by_text("Region 32×16 at x 10, y 20")).to_be_visible()
    assert setting(shown.page, "region") == ["10,20,32,16"]
    shown.press("Escape")
    expect(shown.page.get_by_text("Region 32×16")).to_have_count(0)


def test_a_run_for_something_else_sends_no_pixels(shown: Shown) -> None:
    fetched: list[str] = []
    shown.page.on("request", lambda request: fetched.append(request.url) if "/viewer/pixels/" in request.url else None)
    shown.page.get_by_role("radio", name="linear", exact=True).click()
    shown.page.wait_for_url(re.compile(r"[?&]log="))
    shown.settle()
    assert fetched == []
