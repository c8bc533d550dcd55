"""Importing the slow libraries behind the first page.

TensorFlow's import takes 10 to 40 s and much of the interpreter's time, so that a first page drawn at the same moment
would take twice as long. Hence nothing begins before the first page has been drawn, or nobody has come for a few
seconds; then the quick libraries come first.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from threading import Event, Lock, Thread

from core.compare import compare
from core.isolation.pool import Pool
from core.isolation.warm_up import warm_up
from core.operations.catalogue import library_of
from core.operations.libraries import OPENCV, TENSORFLOW
from core.pipeline import Trace
from core.recipe import Recipe

PATIENCE_S = 4.0
"""How long the imports wait for a first page."""


class Warming:
    """The imports under way on this server: `start` them, and ask whether a recipe has to wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._pool: Pool | None = None
        self._page_drawn = Event()
        self._ready = Event()
        self._tensorflow_ready = Event()
        self._tensorflow_start_s: float | None = None

    def start(self, pool: Pool | None = None) -> None:
        """Begins, once; further calls do nothing. `pool` is who is in charge of stages, if it is not this process."""
        with self._lock:
            if self._thread is None:
                self._pool = pool
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
        """Whether the quick libraries have been imported, and a process that has them is there."""
        return self._ready.is_set() and (self._pool is None or self._pool.team(OPENCV).is_ready)

    @property
    def processes(self) -> Mapping[str, int]:
        """How many worker processes are ready, by what they have; none where the server does all itself."""
        if self._pool is None:
            return {}
        teams = {"libraries": self._pool.team(OPENCV), "tensorflow": self._pool.team(TENSORFLOW)}
        return {name: len(team.pids) for name, team in teams.items()}

    @property
    def is_done(self) -> bool:
        """Whether TensorFlow has been imported, or its import has failed, and its process has not been lost since."""
        return self._tensorflow_ready.is_set() and (self._pool is None or self._pool.team(TENSORFLOW).is_ready)

    @property
    def waited_s(self) -> float:
        """Seconds since TensorFlow's import began, the last one where it was more than one; 0 before."""
        since_s = self._pool.team(TENSORFLOW).starting_since_s if self._pool else self._tensorflow_start_s
        return time.monotonic() - since_s if since_s else 0.0

    def _warm(self) -> None:
        if self._pool:
            self._pool.begin(OPENCV)  # a process of its own, whose imports do not take the interpreter's time
        self._page_drawn.wait(PATIENCE_S)
        opencv = self._try("opencv")
        compare(opencv, opencv)
        self._ready.set()
        self._tensorflow_start_s = time.monotonic()
        self._try("tensorflow")
        # Keras, and here the end of a session, collect garbage: with TensorFlow's objects that holds all threads up for
        # 0.8 s each time. Set apart, these objects are not gone through again.
        gc.freeze()
        self._tensorflow_ready.set()

    @staticmethod
    def _try(preset: str) -> Trace:
        return warm_up([preset])[0]


WARMING = Warming()


@asynccontextmanager
async def lifespan(pool: Pool | None) -> AsyncIterator[None]:
    """Starts the warming with the server, whose stages `pool` carries out, or the server's own process."""
    await asyncio.to_thread(WARMING.start, pool)
    yield
