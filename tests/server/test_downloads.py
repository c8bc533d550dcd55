"""A file that one person has made stays until it is fetched, whatever others do meanwhile."""

import asyncio

from benchmarks.browser_session import BrowserSession
from tests.browser.server import Server

RECIPES = {"a": "opencv.imdecode | opencv.resize(INTER_LINEAR, 64x48)", "b": "pillow.open | pillow.resize(BOX, 64x48)"}
OTHER_RUNS = 3  # Streamlit forgets it at the end of the second


def test_a_made_file_outlives_other_peoples_pages(server: Server) -> None:
    async def visit() -> bytes:
        async with BrowserSession(server.url) as one, BrowserSession(server.url) as another:
            await one.open({**RECIPES, "tab": "Export"})
            path = await one.make_file("export.statistics.csv")
            for _ in range(OTHER_RUNS):
                await another.open(RECIPES)
            return await one.fetch(path)

    assert asyncio.run(visit()).startswith(b"stage,")
