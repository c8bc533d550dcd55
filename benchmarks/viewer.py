"""How immediate the viewer is, in headless Chromium with software rendering: `python -m benchmarks.viewer`.

A pair of 12 megapixels, one of 24 and one of 12 in float32, on the page of tests/browser/viewer. Times of the page are
the browser's own; a redraw is timed by the viewer (`ui/viewer/js/timings.js`), frames by `requestAnimationFrame`, while
a hand drags.
"""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.server import running_server
from tools.find_browser import find_browser

PAIRS = {"12 megapixels": "large", "24 megapixels": "larger", "12 megapixels of float32": "large_floats"}
DRAG_STEPS = 120
MODES = ("swipe", "onion", "blink", "difference", "a", "b", "side")


# Moves as many pointer events as frames; each is answered by one redraw of all panes.
DRAG = """async (root, count) => {
  const { viewer } = root;
  viewer.timings.milliseconds.length = 0;
  const frames = [];
  await new Promise((done) => {
    let before = performance.now();
    const step = () => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      viewer.camera.panBy(frames.length % 40 < 20 ? 7 : -7, frames.length % 30 < 15 ? 5 : -5);
      frames.length > count ? done() : requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  return { frames: frames.slice(1), redraws: [...viewer.timings.milliseconds] };
}"""

SWITCH = """async (root, mode) => {
  const start = performance.now();
  root.viewer.change({ mode });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


@contextmanager
def browser_page(url: str) -> Iterator[Page]:
    """A page of a browser that draws without a graphics card."""
    path = find_browser()
    with sync_playwright() as playwright:
        flags = [*CHROMIUM_FLAGS, "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        page = browser.new_page(base_url=url, viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def median_and_p95(milliseconds: list[float]) -> str:
    ordered = sorted(milliseconds)
    return f"median {statistics.median(ordered):.1f} ms, 95 % {ordered[int(0.95 * (len(ordered) - 1))]:.1f} ms"


def renderer_mb(page: Page) -> tuple[float, float]:
    """JavaScript's own heap with its buffers, and what all of the page's process has in memory."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    heap = usage["usedSize"] + usage.get("embedderHeapUsedSize", 0) + usage.get("backingStorageSize", 0)
    return heap / 2**20, largest_renderer_bytes() / 2**20


def largest_renderer_bytes() -> int:
    """The resident memory of the largest renderer process: the page's, since the others are empty."""
    listing = subprocess.run(["ps", "-eo", "rss,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=1) for line in listing.splitlines()[1:]]
    return max(int(rss) * 1024 for rss, args in rows if "--type=renderer" in args)


def main_thread_s(metrics: CDPSession) -> float:
    """Processor time of the page's main thread: unlike a clock's, it does not grow with what else the machine does."""
    found = metrics.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in found if each["name"] == "ThreadTime"))


def measure_at(root: Locator, label: str, scale: str) -> None:
    root.evaluate(f"({{ viewer }}) => {scale}")
    metrics = root.page.context.new_cdp_session(root.page)
    metrics.send("Performance.enable")
    before_s = main_thread_s(metrics)
    drag: dict[str, Any] = root.evaluate(DRAG, DRAG_STEPS)
    thread_ms = 1000 * (main_thread_s(metrics) - before_s) / len(drag["frames"])
    frames_per_s = 1000 / statistics.mean(drag["frames"])
    print(
        f"  drag {label:<14} redraw {median_and_p95(drag['redraws'])}; frame {median_and_p95(drag['frames'])} "
        f"({frames_per_s:.0f} a second, {thread_ms:.1f} ms of the main thread's own time each)"
    )


def measure_pair(page: Page, name: str, pair: str) -> None:
    print(name)
    page.goto(f"/?pair={pair}")
    page.locator(".viewer[data-state=complete]").wait_for()
    # Again, with the pair made: what is measured is the viewer, not numpy's random numbers.
    start_s = time.perf_counter()
    page.goto(f"/?pair={pair}")
    page.locator(".viewer:is([data-state=ready], [data-state=complete])").wait_for()
    print(f"  both pictures exact after {time.perf_counter() - start_s:.2f} s of the page's request")
    page.locator(".viewer[data-state=complete]").wait_for()
    print(f"  and the smaller views after {time.perf_counter() - start_s:.2f} s")
    root = page.locator(".viewer")
    measure_at(root, "whole picture", "viewer.camera.fit()")
    measure_at(root, "at 1:1", "viewer.camera.zoomTo(1)")
    measure_at(root, "with numbers", "viewer.camera.zoomTo(48)")
    root.evaluate("({ viewer }) => viewer.camera.fit()")
    switches = {mode: root.evaluate(SWITCH, mode) for mode in MODES}
    print("  switch to " + ", ".join(f"{mode} {took_ms:.0f} ms" for mode, took_ms in switches.items()))
    heap, resident = renderer_mb(page)
    print(f"  heap with buffers {heap:.0f} MB, the page's process {resident:.0f} MB")


def main() -> None:
    with tempfile.TemporaryDirectory() as home, running_server(Path(home), "tests/browser/viewer/serve.py") as server:
        for name, pair in PAIRS.items():
            with browser_page(server.url) as page:
                measure_pair(page, name, pair)


if __name__ == "__main__":
    main()
