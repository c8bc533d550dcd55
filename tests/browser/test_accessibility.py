"""What axe-core finds on the pages, and the main job without a mouse.

A finding that is Streamlit's own, and out of reach from here, stands in `ALLOWED`; docs/trust.md has the reason.
"""

import re
from itertools import cycle
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.viewer.conftest import Shown

REDUCED = "a=opencv.imdecode | opencv.resize(INTER_LINEAR, 96x64)&b=pillow.open | pillow.resize(BOX, 96x64)"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ADDRESSES = ("", "why", "impact", "corpus", "identify", "atlas", "environment")
MOST_TABS = 80

# axe's rule, and a selector that the element has to match.
ALLOWED = (("scrollable-region-focusable", "[height] > .stCode > pre"),)

FIND = """async (allowed) => {
  const isAllowed = (rule, element) => allowed.some(([id, selector]) => id === rule && element.matches(selector));
  const { violations } = await axe.run({ elementRef: true, resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.filter(({ element }) => !isAllowed(id, element)).map((node) => [id, node]))
    .map(([id, { target, failureSummary }]) => `${id}: ${target}: ${failureSummary}`);
}"""

# The name of what has the focus, looked for in the viewer's own tree as well.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot) at = at.shadowRoot.activeElement;
  return at?.getAttribute("aria-label") || at?.innerText || "";
}"""


def settle(page: Page) -> None:
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def findings(page: Page) -> list[str]:
    settle(page)
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FIND, [list(each) for each in ALLOWED])
    return found


def test_axe_finds_nothing_serious_on_any_page_in_either_theme(page: Page) -> None:
    found: dict[str, list[str]] = {}
    for address, themes in zip(ADDRESSES, cycle([THEMES, THEMES[::-1]]), strict=False):
        page.emulate_media(color_scheme=themes[0])
        page.goto(f"/{address}?{REDUCED}&tab=Code&log=perhaps")  # the last is refused, in a message
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        settle(page)
        open_something(page, address)
        found[f"{address}, {themes[0]}"] = findings(page)
        page.keyboard.press("Escape")
        page.emulate_media(color_scheme=themes[1])
        found[f"{address}, {themes[1]}"] = findings(page)
    assert {place: each for place, each in found.items() if each} == {}


def open_something(page: Page, address: str) -> None:
    """A stage's options above the page, and the environment, which is folded; the viewer with its pictures."""
    if address == "":
        page.locator(".viewer[data-state=complete]").wait_for()
    if address in ("", "why"):
        page.locator(".st-key-a-1").get_by_role("button").first.click()
    if address == "environment":
        page.locator("summary").first.click()


def tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            return
    raise AssertionError(f"The Tab key does not lead to {name}.")


def test_the_main_job_is_done_with_the_keyboard_alone(page: Page) -> None:
    page.goto(f"/?{REDUCED}")
    shown = Shown(page)
    shown.settle()
    tab_to(page, "opencv.resize")
    page.keyboard.press("Enter")
    tab_to(page, "interpolation")
    page.keyboard.type("INTER_AREA")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("INTER_AREA"))
    page.keyboard.press("Escape")
    shown.settle()
    tab_to(page, "Pictures. Press")
    expect(shown.root.locator(".stage")).to_have_css("outline-style", "solid")
    for key in "dm":
        page.keyboard.press(key)
    assert shown.visible_panes() == ["difference"]
    page.wait_for_url(re.compile(r"[?&]pixel="))
    for key in ("r", "Enter", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text(re.compile("Region 3×2 at"))).to_be_visible()
