"""Finds the browser of the browser tests: an installed Chrome or Chromium, else the one that Playwright installed.

Run as a script it prints the browser's path. Without a browser it names the line that installs one, and exits with 1
where the browser tests may not be skipped (`CI=true` or `SAMEPIXELS_REQUIRE_BROWSER=1`).
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_HINT = """No Chrome or Chromium is installed, so the browser tests cannot run. Install one of these:
    sudo apt-get install chromium                           (Debian)
    .venv/bin/playwright install --with-deps chromium       (any other system)"""


def find_browser() -> str | None:
    """The path of a Chrome or Chromium, or None."""
    return _installed_browser() or _playwright_browser()


def browser_is_required() -> bool:
    """Whether the absence of a browser is a failure, as in continuous integration."""
    return os.environ.get("CI") == "true" or os.environ.get("SAMEPIXELS_REQUIRE_BROWSER") == "1"


def _installed_browser() -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *MAC_APPLICATIONS) if path and Path(path).exists()), None)


def _playwright_browser() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> int:
    """Prints the browser, or how to install one; the exit code."""
    browser = find_browser()
    sys.stderr.write(f"Browser tests use {browser}.\n" if browser else f"{INSTALL_HINT}\n")
    return 1 if browser is None and browser_is_required() else 0


if __name__ == "__main__":
    sys.exit(main())
