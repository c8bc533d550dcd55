"""Pictures on their way: private, sent once, and sent again when they were dropped."""

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.viewer.conftest import Opener, Shown

FETCH = """async ([address, secret]) => {
  const headers = secret ? { "X-Viewer-Secret": secret } : {};
  const response = await fetch(address, { headers });
  return [response.status, Object.fromEntries(response.headers)];
}"""


@pytest.fixture
def fetched(page: Page) -> list[str]:
    """The addresses of the pictures that are asked for, as they are."""
    addresses: list[str] = []

    def note(request: Request) -> None:
        if "/viewer/pixels/" in request.url:
            addresses.append(request.url)

    page.on("request", note)
    return addresses


def access(shown: Shown) -> tuple[str, str]:
    address, secret = shown.evaluate("[viewer.data.a.address, viewer.data.secret]")
    return address, secret


def test_an_address_opens_nothing_without_its_sessions_secret(
    opened: Opener, browser: Browser, base_url: str, page: Page
) -> None:
    first = opened()
    address, secret = access(first)
    code, headers = page.evaluate(FETCH, [address, secret])
    assert code == 200
    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"

    with browser.new_context(base_url=base_url) as context:
        other = Opener(context.new_page())()
        other_address, other_secret = access(other)
        assert other_address != address
        assert other_secret != secret
        asking = other.page
        assert asking.evaluate(FETCH, [address, other_secret])[0] == 404
        assert asking.evaluate(FETCH, [address, None])[0] == 404
        assert asking.evaluate(FETCH, [address[:-1] + "x", secret])[0] == 404
        assert asking.evaluate(FETCH, ["/viewer/pixels/nothing", other_secret])[0] == 404
        assert asking.evaluate(FETCH, [other_address, other_secret])[0] == 200


def test_an_address_dies_with_its_session(opened: Opener, browser: Browser, base_url: str, page: Page) -> None:
    opened()
    with browser.new_context(base_url=base_url) as context:
        leaving = context.new_page()
        address, secret = access(Opener(leaving)())
        assert page.evaluate(FETCH, [address, secret])[0] == 200
        leaving.close()
    asking = browser.new_page(base_url=base_url)
    asking.goto("/")
    asking.wait_for_function(
        f"(given) => ({FETCH})(given).then(([status]) => status === 404)", arg=[address, secret], polling=200
    )
    asking.close()


def test_an_unrelated_run_sends_no_pixels(opened: Opener, fetched: list[str]) -> None:
    shown = opened()
    assert len(fetched) == 2
    shown.page.get_by_role("button", name="Run again").click()
    shown.button("Onion skin").click()
    expect(shown.page.get_by_text("mode onion")).to_be_visible()
    assert len(fetched) == 2


def test_a_change_of_b_sends_b_alone(opened: Opener, fetched: list[str]) -> None:
    shown = opened("noise")
    assert len(fetched) == 2
    with shown.page.expect_request("**/viewer/pixels/*"):
        shown.page.get_by_text("Another B").click()
    shown.settle()
    assert len(set(fetched)) == 3
    assert len(fetched) == 3


def test_dropped_pictures_are_sent_again(opened: Opener, fetched: list[str]) -> None:
    shown = opened()
    with shown.page.expect_request("**/viewer/pixels/*"):
        shown.page.get_by_role("button", name="Drop the pictures").click()
    shown.settle()
    assert len(set(fetched)) == 4


def test_a_picture_that_was_dropped_under_way_is_asked_for_again(browser: Browser, base_url: str) -> None:
    with browser.new_context(base_url=base_url) as context:
        other = context.new_page()
        answers = iter([404, 404])

        def answer(route: Route) -> None:
            code = next(answers, None)
            if code is None:
                route.continue_()
            else:
                route.fulfill(status=code)

        other.route("**/viewer/pixels/*", answer)
        shown = Opener(other)()
        expect(shown.root.locator(".message:visible")).to_have_count(0)


def test_pictures_that_never_come_leave_words_and_a_button(browser: Browser, base_url: str) -> None:
    with browser.new_context(base_url=base_url) as context:
        other = context.new_page()
        other.route("**/viewer/pixels/*", lambda route: route.fulfill(status=404))
        other.goto("/")
        expect(other.locator(".pane-a .message")).to_contain_text("SAMEPIXELS_VIEWER_MB", timeout=20_000)
        other.unroute("**/viewer/pixels/*")
        other.get_by_role("button", name="Try again").click()
        Shown(other).settle()
