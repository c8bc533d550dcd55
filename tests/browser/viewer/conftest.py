"""The viewer alone on a page, and what the tests read of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Locator, Page

from tests.browser.server import Server, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("home"), "tests/browser/viewer/serve.py") as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], base_url: str) -> dict[str, Any]:
    """The plugin's own hold the base of whichever tests asked first, the application's."""
    return {**browser_context_args, "base_url": base_url}


@dataclass(frozen=True)
class Shown:
    """The viewer in a page. `root.viewer` is the JavaScript object behind it (`ui/viewer/js/viewer.js`)."""

    page: Page

    @property
    def root(self) -> Locator:
        return self.page.locator(".viewer")

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        return self.root.evaluate(f"async ({{ viewer }}, argument) => {expression}", argument)

    def settle(self) -> None:
        """Waits until everything that was asked for is drawn."""
        self.page.locator(".viewer[data-state=complete]").wait_for()
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def press(self, *keys: str) -> None:
        self.root.locator(".stage").focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def pane(self, name: str) -> Locator:
        return self.root.locator(f".pane-{name} .marks")

    def place_of(self, x: int, y: int, pane: str = "a") -> tuple[float, float]:
        """Where on the page the middle of a pixel of the picture is."""
        box = self.pane(pane).bounding_box()
        assert box
        across, down = self.evaluate(
            """{
              const { size } = viewer.pane(argument.pane);
              const { left, top, scale } = viewer.camera.placement({ size });
              const [across, down] = [left + (argument.x + 0.5) * scale, top + (argument.y + 0.5) * scale];
              return [across / size.width, down / size.height];
            }""",
            {"pane": pane, "x": x, "y": y},
        )
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def visible_panes(self) -> list[str]:
        names: list[str] = self.evaluate("viewer.visiblePanes.map(({ name }) => name)")
        return names

    def canvas_digest(self, pane: str, size_wh: tuple[int, int]) -> str:
        """sha256 of the RGBA bytes on the canvas, of the rectangle that the picture of that size takes."""
        digest: str = self.evaluate(
            """{
              const pane = viewer.pane(argument.pane);
              const { left, top, scale } = viewer.camera.placement(pane);
              const [width, height] = argument.size_wh.map((length) => length * scale);
              const context = pane.pixels.getContext("2d");
              const bytes = context.getImageData(left, top, width, height).data;
              const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
              return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
            }""",
            {"pane": pane, "size_wh": list(size_wh)},
        )
        return digest

    def canvas_pixel(self, pane: str, x: int, y: int) -> list[int]:
        """The RGB on the canvas in the middle of a pixel of the picture."""
        colour: list[int] = self.evaluate(
            """{
              const pane = viewer.pane(argument.pane);
              const { left, top, scale } = viewer.camera.placement(pane);
              const [x, y] = [left + (argument.x + 0.5) * scale, top + (argument.y + 0.5) * scale];
              return [...pane.pixels.getContext("2d").getImageData(x, y, 1, 1).data.slice(0, 3)];
            }""",
            {"pane": pane, "x": x, "y": y},
        )
        return colour


def rgba_digest(image: npt.NDArray[np.uint8], scale: int = 1) -> str:
    """sha256 of the RGBA bytes that `image`, grey or RGB, has at so many screen pixels a pixel."""
    rgb = np.broadcast_to(image, (*image.shape[:2], 3))
    rgba = np.dstack([rgb, np.full(image.shape[:2], 255, np.uint8)])
    return hashlib.sha256(rgba.repeat(scale, axis=0).repeat(scale, axis=1).tobytes()).hexdigest()


@pytest.fixture
def opened(page: Page) -> "Opener":
    return Opener(page)


@dataclass(frozen=True)
class Opener:
    page: Page

    def __call__(self, pair: str = "photograph") -> Shown:
        self.page.goto(f"/?pair={pair}")
        shown = Shown(self.page)
        shown.settle()
        return shown
