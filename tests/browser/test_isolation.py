"""A library's process is killed under a comparison: one message, and a way on that works."""

import os
import re
import signal
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server

SENTENCE = ".sp-sentence"
RECIPE = "opencv.imdecode | opencv.resize(INTER_CUBIC, 224x224)"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


def command_line(process: Path) -> str:
    try:
        return (process / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def library_processes(server: Server) -> list[int]:
    """The server's workers that have not imported TensorFlow."""
    port, found = urlsplit(server.url).port, []
    for process in Path("/proc").glob("[0-9]*"):
        if "core.isolation.worker" in command_line(process):
            parent = Path("/proc") / (process / "stat").read_text().rpartition(")")[2].split()[1]
            if f"--server.port={port}" in command_line(parent) and "tensorflow" not in (process / "maps").read_text():
                found.append(int(process.name))
    return found


def test_a_killed_process_is_a_message_and_the_next_try_works(page: Page, server: Server) -> None:
    page.goto("/")
    expect(page.locator(SENTENCE)).to_have_text(re.compile("^B is darker"), timeout=180_000)
    processes = library_processes(server)
    assert processes
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    page.goto(f"/?a={quote(RECIPE)}")
    expect(page.get_by_text(re.compile(r"A: opencv.resize … \d+ s"))).to_be_visible()
    for pid in processes:
        os.kill(pid, signal.SIGKILL)
    expect(page.locator(SENTENCE)).to_have_text(re.compile(r"A stopped at opencv.resize: .* signal 9 \(Killed\)\."))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(SENTENCE)).to_have_text(re.compile("^B is darker"))
    assert not set(processes) & set(library_processes(server))
