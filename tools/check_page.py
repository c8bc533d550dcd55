"""Looks at a running server from outside: is it ready, and does its first page show two pictures and their difference?

    python tools/check_page.py http://127.0.0.1:8501

With a browser (see find_browser.py) the page is opened; without one, only the routes are asked. Exits with 1 and a line
that says what is missing.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script, from a Makefile or another one

from tools.find_browser import NoBrowserError, find_browser

READY_TIMEOUT_S = 240
PAGE_TIMEOUT_MS = 120_000


def wait_until_ready(url: str) -> None:
    """Asks `/readyz` until it says yes."""
    deadline_s = time.monotonic() + READY_TIMEOUT_S
    said = "nothing answers"
    while time.monotonic() < deadline_s:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - the address is ours
                print("ready:", json.load(answer))
                return
        except urllib.error.HTTPError as error:
            said = error.read().decode()
        except OSError as error:
            said = str(error)
        time.sleep(1)
    sys.exit(f"{url}/readyz did not say yes within {READY_TIMEOUT_S} s: {said}")


def show_first_page(url: str, browser_path: str) -> None:
    """Waits until the first page's viewer has all its pixels."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(url)
        page.locator(".viewer[data-state=complete]").wait_for(timeout=PAGE_TIMEOUT_MS)
        print("shown:", page.locator(".sp-sentence").first.inner_text())
        browser.close()


def main(url: str) -> None:
    """Checks the server at `url`."""
    wait_until_ready(url)
    try:
        browser_path = find_browser()
    except NoBrowserError as error:
        print(f"The page was not opened: {error}")
        return
    show_first_page(url, browser_path)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
