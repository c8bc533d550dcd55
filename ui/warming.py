"""Importing the slow libraries behind the first page.

TensorFlow's import takes 10 to 40 s and much of the interpreter's time, so that a first page drawn at the same moment
would take twice as long. Hence nothing begins before the first page has been drawn, or nobody has come for a few
seconds; then the quick libraries come first.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Lock, Thread

from core.compare import compare
from core.operations.catalogue import library_of
from core.operations.libraries import TENSORFLOW
from core.pipeline import Trace, run
from core.presets import parse_recipe
from core.recipe import Recipe
from core.source import read_source

PATIENCE_S = 4.0
"""How long the imports wait for a first page."""

# One grey pixel as PNG, which every decoder here takes.
_ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154081d6368000000820081f0aae3220000000049454e44ae426082"
)


class Warming:
    """The imports under way on this server: `start` them, and ask whether a recipe has to wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._page_drawn = Event()
        self._ready = Event()
        self._tensorflow_ready = Event()
        self._tensorflow_start_s: float | None = None

    def start(self) -> None:
        """Begins, once; further calls do nothing."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._warm, name="warming", daemon=True)
                self._thread.start()

    def page_drawn(self) -> None:
        """Tells that a page is on somebody's screen, so that TensorFlow may come."""
        self._page_drawn.set()

    def wait(self, timeout_s: float) -> bool:
        """Waits for TensorFlow; False when it is not ready in time."""
        self.page_drawn()
        return self._tensorflow_ready.wait(timeout_s)

    def is_awaited_by(self, recipe: Recipe) -> bool:
        """Whether `recipe` needs TensorFlow while that is still being imported."""
        return not self.is_done and any(library_of(stage.name) is TENSORFLOW for stage in recipe.stages)

    @property
    def is_ready(self) -> bool:
        """Whether the quick libraries have been imported, so that a page comes without a wait."""
        return self._ready.is_set()

    @property
    def is_done(self) -> bool:
        """Whether TensorFlow has been imported, or its import has failed."""
        return self._tensorflow_ready.is_set()

    @property
    def waited_s(self) -> float:
        """Seconds since TensorFlow's import began; 0 before."""
        return time.monotonic() - self._tensorflow_start_s if self._tensorflow_start_s else 0.0

    def _warm(self) -> None:
        self._page_drawn.wait(PATIENCE_S)
        opencv = self._try("opencv")
        compare(opencv, opencv)
        self._ready.set()
        self._tensorflow_start_s = time.monotonic()
        self._try("tensorflow")
        # Streamlit and Keras collect garbage after every run of a page: with TensorFlow's objects that holds all
        # threads up for 0.8 s each time. Set apart, these objects are not gone through again.
        gc.freeze()
        self._tensorflow_ready.set()

    @staticmethod
    def _try(preset: str) -> Trace:
        """Runs a recipe on one pixel. A library that is missing fails here without a word, and in words on the page."""
        return run(read_source("one pixel", _ONE_PIXEL), parse_recipe(preset))


WARMING = Warming()


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Starts the warming with the server."""
    await asyncio.to_thread(WARMING.start)
    yield
