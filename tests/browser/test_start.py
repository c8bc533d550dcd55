import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    "scheme",
    [
        pytest.param("light", marks=pytest.mark.browser_context_args(color_scheme="light")),
        pytest.param("dark", marks=pytest.mark.browser_context_args(color_scheme="dark")),
    ],
)
def test_the_page_follows_the_browsers_theme(page: Page, scheme: str) -> None:
    page.goto("/")
    background = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 21, 28)"}[scheme]
    expect(page.locator(".stApp")).to_have_css("background-color", background)


def test_the_tab_is_called_samepixels(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title("SamePixels")
