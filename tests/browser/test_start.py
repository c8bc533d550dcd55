import pytest
from playwright.sync_api import Page, expect

from core.palette import PALETTES, Theme


def css(hexadecimal: str) -> str:
    red, green, blue = bytes.fromhex(hexadecimal.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize(
    "theme",
    [
        pytest.param("light", marks=pytest.mark.browser_context_args(color_scheme="light")),
        pytest.param("dark", marks=pytest.mark.browser_context_args(color_scheme="dark")),
    ],
)
def test_the_page_follows_the_browsers_theme(page: Page, theme: Theme) -> None:
    page.goto("/")
    expect(page.locator(".stApp")).to_have_css("background-color", css(PALETTES[theme]["background"]))


def test_the_tab_is_called_samepixels(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title("SamePixels")
