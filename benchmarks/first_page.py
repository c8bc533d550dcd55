"""How soon a fresh server shows the first picture to the first browser that comes: `python -m benchmarks.first_page`.

Each round starts a server in a new process with an empty home folder. TensorFlow is imported behind the page; how long
the comparison takes, which waits for it, is printed too.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.timing import print_machine
from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.server import running_server
from tools.find_browser import find_browser

ROUNDS = 5
TARGET_S = 3
PLACES = {
    "the page's frame": ".stApp",
    "the picture's facts and both recipes": ".sp-facts",
    "A's picture": ".sp-side, .viewer",
    "the comparison, once TensorFlow is there": ".viewer[data-state=complete]",
}


def seconds_until(page: Page) -> dict[str, float]:
    start_s = time.perf_counter()
    page.goto("/")
    taken = {}
    for name, place in PLACES.items():
        page.locator(place).first.wait_for()
        taken[name] = time.perf_counter() - start_s
    return taken


def main() -> None:
    print_machine("streamlit", "tensorflow")
    started, rounds = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=CHROMIUM_FLAGS)
        for _ in range(ROUNDS):
            start_s = time.perf_counter()
            with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server:
                started.append(time.perf_counter() - start_s)
                page = browser.new_page(base_url=server.url, viewport={"width": 1440, "height": 1000})
                page.set_default_timeout(120_000)
                rounds.append(seconds_until(page))
                page.close()
        browser.close()
    print(f"First page on a fresh server, {ROUNDS} servers (wanted: A's picture within {TARGET_S} s)")
    print(f"  the server answers: median {statistics.median(started):.2f} s after its start")
    for name in PLACES:
        taken = [each[name] for each in rounds]
        print(f"  {name}: median {statistics.median(taken):.2f} s, most {max(taken):.2f} s")


if __name__ == "__main__":
    main()
