"""Takes the pictures of the application that the documentation shows, from the running application itself.

    python -m tools.take_screenshots [NAME…]

writes docs/images/NAME.png, all of them without a NAME. It needs a browser, as the tests do.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.server import running_server
from tools.find_browser import find_browser

IMAGES = Path(__file__).parents[1] / "docs" / "images"
TIMEOUT_MS = 180_000
"""TensorFlow's first import, and the searches of some pages, on a slow machine."""
Theme = Literal["light", "dark"]


def shows_the_viewer(page: Page) -> None:
    """Both pictures and the first plot."""
    page.locator(".viewer[data-state=complete]").wait_for()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()


def shows_plots(page: Page) -> None:
    """A plot, and nothing that is still computed."""
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    shows_nothing_under_way(page)


def shows_values(page: Page) -> None:
    """The worst pixel with its neighbours, each with its numbers, and the table of its values."""
    shows_the_viewer(page)
    page.locator(".viewer").get_by_role("button", name="Worst pixel", exact=True).click()
    page.locator(".viewer[data-state=complete]").wait_for()


def shows_an_audit(page: Page) -> None:
    """The built-in pictures audited, and each row with its pictures."""
    page.get_by_test_id("stMain").get_by_role("button", name="Run", exact=True).click()
    page.mouse.move(0, 0)  # away from the button, which explains itself
    page.locator(".sp-row-name").first.wait_for()
    shows_nothing_under_way(page)


def shows_nothing_under_way(page: Page) -> None:
    """All that is computed for the page."""
    page.get_by_test_id("stApp").and_(page.locator("[data-test-script-state=notRunning]")).wait_for()


@dataclass(frozen=True)
class Screenshot:
    """What to open and what to wait for. `part` is a selector of what is shown, where that is not the whole page."""

    address: str
    ready: Callable[[Page], None]
    size_wh: tuple[int, int] = (1440, 1000)
    theme: Theme = "light"
    part: str = ""


SHIFTED = "a=opencv&b=tensorflow-v1"
SCREENSHOTS = {
    "compare-light": Screenshot("/", shows_the_viewer, (1440, 1640)),
    "compare-dark": Screenshot("/", shows_the_viewer, (1440, 1640), "dark"),
    "viewer-values": Screenshot("/", shows_values, part=".viewer"),
    "viewer-swipe": Screenshot(f"/?mode=swipe&{SHIFTED}", shows_the_viewer, part=".viewer"),
    "corpus": Screenshot("/corpus?part=Pictures", shows_an_audit, (1440, 1200)),
    "why": Screenshot(f"/why?{SHIFTED}", shows_plots, (1440, 1640)),
}


def take(browser: Browser, base_url: str, screenshot: Screenshot) -> bytes:
    """The screenshot as a PNG file."""
    width, height = screenshot.size_wh
    page = browser.new_page(
        base_url=base_url, viewport={"width": width, "height": height}, color_scheme=screenshot.theme
    )
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(screenshot.address)
    screenshot.ready(page)
    page.wait_for_timeout(1500)  # plots are still moving into place
    shot = page.locator(screenshot.part).screenshot() if screenshot.part else page.screenshot()
    page.close()
    return shot


def main() -> None:
    """Takes those that are named, or all."""
    names = sys.argv[1:] or list(SCREENSHOTS)
    with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=CHROMIUM_FLAGS)
        for name in names:
            data = take(browser, server.url, SCREENSHOTS[name])
            (IMAGES / f"{name}.png").write_bytes(data)
            print(f"docs/images/{name}.png: {len(data) / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
