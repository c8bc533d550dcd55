"""Finds the browser of the browser tests: an installed Chrome or Chromium, else the one that Playwright installed.

Run as a script it prints the browser's path, or the line that installs what is missing, and exits with 1 where the
browser tests may not be skipped (`CI=true` or `SAMEPIXELS_REQUIRE_BROWSER=1`).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BROWSER_HINT = """No Chrome or Chromium is installed, so the browser tests cannot run. Install one of these:
    sudo apt-get install chromium                           (Debian)
    .venv/bin/playwright install --with-deps chromium       (any other system)"""
DRIVER_HINT = """Playwright does not start, so the browser tests cannot run: {reason}
    sudo apt-get install libatomic1                         (what a small Debian lacks for it)"""


class NoBrowserError(Exception):
    """There is nothing to drive; the text says what to install."""


def find_browser() -> str:
    """The path of a Chrome or Chromium that can be driven; raises `NoBrowserError`."""
    _check_playwright()
    browser = _installed_browser() or _playwright_browser()
    if browser is None:
        raise NoBrowserError(BROWSER_HINT)
    return browser


def browser_is_required() -> bool:
    """Whether the absence of a browser is a failure, as in continuous integration."""
    return os.environ.get("CI") == "true" or os.environ.get("SAMEPIXELS_REQUIRE_BROWSER") == "1"


def _check_playwright() -> None:
    """Playwright's own Node.js is linked to a library that it does not bring; its Python half then only hangs up."""
    command = [sys.executable, "-m", "playwright", "--version"]
    version = subprocess.run(command, capture_output=True, text=True, check=False)
    if version.returncode:
        raise NoBrowserError(DRIVER_HINT.format(reason=version.stderr.strip()))


def _installed_browser() -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *MAC_APPLICATIONS) if path and Path(path).exists()), None)


def _playwright_browser() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> int:
    """Prints the browser, or how to install one; the exit code."""
    try:
        sys.stderr.write(f"Browser tests use {find_browser()}.\n")
    except NoBrowserError as error:
        sys.stderr.write(f"{error}\n")
        return int(browser_is_required())
    return 0


if __name__ == "__main__":
    sys.exit(main())
