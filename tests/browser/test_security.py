"""The server's policy in a real browser, and what its log says of a session."""

from playwright.sync_api import Browser, Page, Request, expect

from core.samples import load_sample
from tests.browser.server import Server
from tests.browser.test_compare import jpeg, upload

TELLING = "grandmother in hospital"


def test_what_gets_into_a_page_can_neither_run_nor_send_anything_away(browser: Browser, base_url: str) -> None:
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        page.goto("/environment")
        asked: list[Request] = []
        context.on("request", lambda request: asked.append(request) if "elsewhere" in request.url else None)
        page.evaluate(
            """async () => {
              window.ran = [];
              document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='ran.push(1)'>");
              const script = document.createElement("script");
              script.textContent = "ran.push(2)";
              document.body.append(script);
              await fetch("https://elsewhere.example/").catch(() => 0);
              await import("https://elsewhere.example/x.js").catch(() => 0);
              new Image().src = "https://elsewhere.example/x.png";
              document.body.insertAdjacentHTML("beforeend", "<iframe src='https://elsewhere.example/'></iframe>");
              await new Promise((done) => setTimeout(done, 200));
            }"""
        )
        assert page.evaluate("window.ran") == []
        assert {request.failure for request in asked} == {"csp"}


def test_no_other_page_may_show_this_one(browser: Browser, base_url: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.set_content(f"<iframe src='{base_url}/'></iframe>")
        page.wait_for_timeout(300)
        assert any("frame-ancestors" in text for text in refused)


def test_the_log_names_no_picture_and_holds_none(page: Page, server: Server) -> None:
    cat = load_sample("cat").data
    page.goto("/")
    upload(page, jpeg(f"{TELLING}.jpg", cat), jpeg(f"{TELLING} at night.jpg", cat[:3000]), jpeg(f"{TELLING}.txt", b"x"))
    expect(page.get_by_text(f"{TELLING}.txt").first).to_be_visible()
    page.goto(f"/?a=nonsense&picture={TELLING}")
    expect(page.locator(".sp-sentence").first).to_be_visible()
    log = server.log.read_text(errors="replace")
    assert TELLING not in log
    assert "grandmother" not in log
    assert "JFIF" not in log
