"""A real browser on the application's own server, and on nothing else.

`page` is pytest-playwright's, opened with the server as its base: `page.goto("/")`. A test fails, too, when the page
logs an error, does what the server's policy forbids, asks any other host for anything, or makes the server print a
traceback. For the dark theme:
`@pytest.mark.browser_context_args(color_scheme="dark")`. Failed tests leave a screenshot in build/browser.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.browser.server import Server, running_server
from tools.find_browser import NoBrowserError, browser_is_required, find_browser

HERE = Path(__file__).parent
TIMEOUT_MS = 60_000  # TensorFlow's first import alone takes a third of it on a slow machine
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# On a deep link Streamlit's own page first looks for its server below the page's path, and then at the root.
STREAMLIT_PROBES = ("/_stcore/health", "/_stcore/host-config")
# What the policy of ui/security.py forbids is an error, also where the browser would not say so aloud.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`forbidden: ${event.effectiveDirective} ${event.blockedURI} in ${event.sourceFile}`))
"""

expect.set_options(timeout=TIMEOUT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks this folder's tests, and runs them last: Playwright leaves an event loop on the main thread."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    try:
        path = find_browser()
    except NoBrowserError as error:
        if browser_is_required():
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def page(page: Page, server: Server) -> Iterator[Page]:
    page.set_default_timeout(TIMEOUT_MS)
    page.add_init_script(TELL_VIOLATIONS)
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error" and not url.endswith(STREAMLIT_PROBES):
            complaints.append(f"console: {message.text} ({url})")

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.hostname != "127.0.0.1":
            complaints.append(f"request to another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    page.context.on("request", on_request)
    tracebacks_before = server.tracebacks()
    yield page
    if server.tracebacks() > tracebacks_before:
        complaints.append(f"the server printed a traceback:\n{server.log.read_text()[-3000:]}")
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
