"""Thirty people at one server: `python -m benchmarks.load`, ten minutes of sessions in Streamlit's own protocol.

Each person opens the page, uploads a photograph of 2 megapixels of their own, and from then on changes something every
5 to 10 s, which is quicker than people read a verdict: a recipe, another tab, at times a download. All begin within
ten seconds. Beside them a thread asks whether the server lives, four times a second, and how much memory it has.

Held to: no error that a person would see, 95 of 100 changes of a recipe within 3 s, the health route within 200 ms,
memory at the end within 10 % of what it was after the first quarter. The figure goes to docs/images/load.png.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx2
import numpy as np

from benchmarks.browser_session import BrowserSession
from benchmarks.load_figure import draw
from benchmarks.load_record import Record
from benchmarks.pictures import photograph
from benchmarks.server_memory import server_memory
from benchmarks.timing import print_machine, print_table
from core.presets import presets
from tests.browser.server import Server, running_server

SIZE_WH = (1632, 1224)
THINK_S = (5.0, 10.0)
BEGIN_WITHIN_S = 10.0
WATCH_S = 0.25
MEMORY_EACH = 20  # asking costs the system some 20 ms
FIGURE = Path(__file__).parents[1] / "docs" / "images" / "load.png"
RECIPES = {"a": "opencv", "b": "pillow"}
TABS = ("Histogram", "Heatmap", "Joint", "Numbers", "Stages", "Code")
DOWNLOADS = ("statistics.csv", "statistics.json", "b.npy", "difference.png", "pipeline_b.py", "plots/panes.png", "zip")


@dataclass
class Person:
    """One session and what its person does. `number` makes the picture and the choices their own."""

    url: str
    number: int
    record: Record
    generator: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.generator = np.random.default_rng(self.number)

    async def work(self, end_s: float) -> None:
        """Until `end_s` of the record's clock; what a person would see as an error ends the session, and is noted."""
        await asyncio.sleep(float(self.generator.uniform(0, BEGIN_WITHIN_S)))
        try:
            async with BrowserSession(self.url) as session:
                await self._timed("first page", session.open(RECIPES))
                await self._timed("upload", session.upload("uploader.", f"{self.number}.jpg", self._picture()))
                while self.record.now_s < end_s:
                    await asyncio.sleep(float(self.generator.uniform(*THINK_S)))
                    await self._next(session)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person has seen it
            self.record.errors.append(f"person {self.number} at {self.record.now_s:.0f} s: {error!r}")

    async def _next(self, session: BrowserSession) -> None:
        """A change of a recipe in eight of ten times, else another tab or a download."""
        chance = self.generator.random()
        if chance < 0.8:
            side = self.generator.choice(["a", "b"])
            await self._timed("recipe", session.set_text(f"{side}.preset", self._one_of(tuple(presets()))))
        elif chance < 0.9:
            await self._timed("tab", session.set_text("tab", self._one_of(TABS)))
        else:
            await self._timed("tab", session.set_text("tab", "Export"))
            # Where A and B have different sizes there is no difference to take home.
            name = self._one_of(tuple(name for name in DOWNLOADS if f"export.{name}" in session.widgets))
            await self._timed("ZIP" if name == "zip" else "download", session.download(f"export.{name}"))

    async def _timed(self, action: str, done: Awaitable[object]) -> None:
        start_s = self.record.now_s
        await done
        self.record.actions.append((start_s, action, self.record.now_s - start_s))

    def _one_of(self, names: tuple[str, ...]) -> str:
        return str(self.generator.choice(names))

    def _picture(self) -> bytes:
        """A JPEG file that nobody else has."""
        import cv2

        width, height = SIZE_WH
        place = int(self.generator.integers(width)), int(self.generator.integers(height))
        picture = cv2.circle(photograph(*SIZE_WH), place, 200, self.generator.uniform(0, 255, 3).tolist(), -1)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


def wait_for_libraries(client: httpx2.Client) -> None:
    """What is measured is the server at work, not its start."""
    while not client.get("/readyz").json()["tensorflow"]:
        time.sleep(0.5)


def watch(server: Server, record: Record, is_over: Event) -> None:
    """Asks whether the server lives, and now and then for its memory; a thread, so that nothing here delays it."""
    with httpx2.Client(base_url=server.url, trust_env=False, timeout=60) as client:
        while not is_over.wait(WATCH_S):
            start_s = record.now_s
            client.get("/livez").raise_for_status()
            record.health.append((start_s, record.now_s - start_s))
            if len(record.health) % MEMORY_EACH == 1:
                record.memory.append((start_s, server_memory(server.process.pid).pss_mb))


async def all_work(server: Server, record: Record, people: int, minutes: float) -> None:
    """Everybody, until the time is over."""
    await asyncio.gather(*(Person(server.url, number, record).work(60 * minutes) for number in range(people)))


def main() -> int:
    """Prints the table, draws the figure; 1 when something is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--figure", type=Path, default=FIGURE)
    options = parser.parse_args()
    print_machine("streamlit", "opencv-python", "pillow", "tensorflow")
    with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server:
        with httpx2.Client(base_url=server.url, trust_env=False) as client:
            wait_for_libraries(client)
        record, is_over = Record(), Event()
        watcher = Thread(target=watch, args=(server, record, is_over))
        watcher.start()
        try:
            asyncio.run(all_work(server, record, options.people, options.minutes))
        finally:
            is_over.set()
            watcher.join()
        record.tracebacks = server.tracebacks()
    print_table(f"{options.people} people for {options.minutes:g} minutes", *record.table())
    print("\n".join(record.errors))
    draw(record, f"{options.people} people, {options.minutes:g} minutes", options.figure)
    failed = record.failed()
    print("\n".join(failed) or "All as it has to be.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
