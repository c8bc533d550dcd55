"""The Why page in a real browser: from Compare's verdict to the advice, and back with it."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

LINEAR = "opencv.imdecode | opencv.resize(INTER_LINEAR, 64x48)"
AREA = "opencv.imdecode | opencv.resize(INTER_AREA, 64x48)"
EXPLAINED_WITHIN_MS = 180_000


def test_from_the_verdict_to_the_reason_and_the_advice(page: Page) -> None:
    page.goto("/?" + urlencode({"picture": "hopper", "a": LINEAR, "b": AREA}))
    page.get_by_role("link", name="Why →").click()
    expect(page.get_by_text("Resize makes 100 % of the squared error.")).to_be_visible(timeout=EXPLAINED_WITHIN_MS)
    for title in ("Which stage makes the difference", "Kernel along x", "Frequency response along x"):
        expect(page.get_by_text(title)).to_be_visible()
    page.get_by_role("button", name="Take it for B").first.click()
    expect(page.get_by_text("There is nothing to explain: A and B are identical.")).to_be_visible(
        timeout=EXPLAINED_WITHIN_MS
    )
    expect(page).to_have_url(re.compile(r"b=opencv\.imdecode\+%7C\+opencv\.resize%28INTER_LINEAR"))


def test_the_plots_turn_to_the_other_axis(page: Page) -> None:
    page.goto("/why?" + urlencode({"picture": "hopper", "a": LINEAR, "b": AREA}))
    expect(page.get_by_text("Kernel along x")).to_be_visible(timeout=EXPLAINED_WITHIN_MS)
    page.get_by_role("radio", name="along y").click()
    expect(page.get_by_text("Kernel along y")).to_be_visible()
