"""Whether memory grows with use: `python -m benchmarks.soak`, 500 uploads of 12 megapixels to one real server.

Each picture is another one. A session uploads ten, looks at a second pair of recipes on each, and leaves. Sessions that
have left are kept for 10 s instead of Streamlit's two minutes, as uploads here come ten times as fast as from people.
Held to: at the end the server and its processes hold within 10 % of what they held after the first 50.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.browser_session import BrowserSession
from benchmarks.pictures import SIZES_WH, photograph
from benchmarks.server_memory import Memory, server_memory
from benchmarks.timing import print_machine, print_table
from tests.browser.server import Server, running_server

UPLOADS = 500
SETTLED_AFTER = 50
A_SESSION = 10
KEPT_S = "10"
ALLOWED = 1.10
RECIPES = {"a": "opencv", "b": "pillow"}
SECOND = "torchvision-classification"


def pictures(count: int) -> Iterator[bytes]:
    """JPEG files of 12 megapixels, each another: a disc of another colour at another place."""
    import cv2

    generator = np.random.default_rng(1)
    width, height = SIZES_WH[12]
    picture: npt.NDArray[np.uint8] = photograph(width, height)
    for _ in range(count):
        place = int(generator.integers(width)), int(generator.integers(height))
        cv2.circle(picture, place, 300, generator.uniform(0, 255, 3).tolist(), -1)
        yield cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


async def soak(server: Server, count: int) -> list[Memory]:
    """The server's memory after each session of ten uploads, when it has left."""
    found, given = [], pictures(count)
    for first in range(0, count, A_SESSION):
        async with BrowserSession(server.url) as session:
            await session.open(RECIPES)
            for number in range(first, min(first + A_SESSION, count)):
                await session.upload("uploader.", f"{number}.jpg", next(given))
                await session.set_text("b.preset", SECOND)
                await session.set_text("b.preset", RECIPES["b"])
        memory = server_memory(server.process.pid)
        print(f"  {first + A_SESSION:>4} uploads: {memory.rss_mb:.0f} MB resident, {memory.pss_mb:.0f} MB shared out")
        found.append(memory)
    return found


def main() -> int:
    """Prints the memory; 1 when it has grown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=UPLOADS)
    parser.add_argument("--settled-after", type=int, default=SETTLED_AFTER)
    options = parser.parse_args()
    print_machine("streamlit", "opencv-python", "pillow")
    settings = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": KEPT_S}
    with tempfile.TemporaryDirectory() as home, running_server(Path(home), **settings) as server:
        start_s = time.monotonic()
        found = asyncio.run(soak(server, options.uploads))
        took_s = time.monotonic() - start_s
    settled, end = found[options.settled_after // A_SESSION - 1], found[-1]
    rows = [
        (name, f"{before:.0f}", f"{after:.0f}", f"{after / before:.3f}")
        for name, before, after in zip(("resident", "shared out"), settled, end, strict=True)
    ]
    title = f"{options.uploads} uploads of 12 megapixels in {took_s:.0f} s (wanted: at most {ALLOWED:.2f} times)"
    print_table(title, ("MB", f"after {options.settled_after}", f"after {options.uploads}", "times"), rows)
    return int(end.pss_mb > ALLOWED * settled.pss_mb)


if __name__ == "__main__":
    sys.exit(main())
