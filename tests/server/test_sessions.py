"""What a real server keeps for a session, by its own figures."""

import asyncio
import re
import time

import httpx2

from benchmarks.browser_session import BrowserSession
from core.samples import load_sample
from tests.browser.server import Server

PATIENCE_S = 10
RECIPES = {"a": "opencv.imdecode | opencv.resize(INTER_LINEAR, 64x48)", "b": "pillow.open | pillow.resize(BOX, 64x48)"}


def cache_bytes(client: httpx2.Client) -> dict[str, int]:
    text = client.get("/_stcore/metrics").text
    return {name: int(amount) for name, amount in re.findall(r'samepixels_cache_bytes\{cache="(\w+)"\} (\d+)', text)}


def test_what_was_made_of_an_upload_goes_with_the_browser(server: Server, client: httpx2.Client) -> None:
    before: dict[str, int] = {}

    async def visit() -> dict[str, int]:
        async with BrowserSession(server.url) as session:
            await session.open(RECIPES)
            before.update(cache_bytes(client))  # with what was made of the sample, which is everybody's
            # Other bytes than the sample's, so that it is a picture of this session alone.
            await session.upload("uploader.", "cat.jpg", load_sample("cat").data + b"\0")
            return cache_bytes(client)

    during = asyncio.run(visit())
    made = {name for name in before if during[name] > before[name]}
    assert made >= {"steps", "comparisons", "drawings", "viewer"}
    deadline = time.monotonic() + PATIENCE_S
    while any(cache_bytes(client)[name] > before[name] for name in made) and time.monotonic() < deadline:
        time.sleep(0.05)
    after = cache_bytes(client)
    assert after["viewer"] == 0
    assert {name: after[name] for name in made - {"viewer"}} == {name: before[name] for name in made - {"viewer"}}
