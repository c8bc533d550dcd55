"""A stop in good order: on SIGTERM the work under way may come to its end, for a while, before the connections close.

Uvicorn, left to itself, closes every page's connection at once, so that work that is about to be done reaches nobody.
Ctrl+C in a terminal still stops at once.
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from ui.activity import ACTIVITY, Activity

_LOG = logging.getLogger(__name__)
_POLL_S = 0.1
_QUIET_S = 1.0
"""After the work: what was made is still to be sent, and a page that waits for a job looks for its result."""
_CONNECTIONS_S = 5.0
"""How long connections may take to close; a browser that is gone does not answer."""

_Handler = Callable[[int, FrameType | None], object]


class Stopping:
    """Whether the server has been told to stop, and what happens then."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self._task: asyncio.Task[None] | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it has been told to: from then on `/readyz` says no."""
        return self._task is not None

    def listen(self, limit_s: float) -> None:
        """Takes SIGTERM over from the web server, whose turn comes when the work is done or `limit_s` have passed.

        To be called in the running event loop. Outside the main thread nothing changes: signals do not come there.
        """
        web_server = signal.getsignal(signal.SIGTERM)
        if threading.current_thread() is not threading.main_thread() or not callable(web_server):
            return
        loop = asyncio.get_running_loop()

        def begin() -> None:
            if self._task is None:
                self._task = loop.create_task(self._stop(web_server, limit_s))

        signal.signal(signal.SIGTERM, lambda _number, _frame: loop.call_soon_threadsafe(begin))

    async def _stop(self, web_server: _Handler, limit_s: float) -> None:
        _LOG.info("Stopping within %g s: %s under way", limit_s, str(self._activity))
        await self._wait_for_work(limit_s)
        if self._activity:
            _LOG.warning("Stopped with work unfinished: %s", str(self._activity))
        else:
            _LOG.info("Stopped with all work done")
        web_server(signal.SIGTERM, None)
        await asyncio.sleep(_CONNECTIONS_S)
        web_server(signal.SIGINT, None)  # which uvicorn takes, after a SIGTERM, for: do not wait for connections

    async def _wait_for_work(self, limit_s: float) -> None:
        deadline_s = time.monotonic() + limit_s
        while self._activity and time.monotonic() < deadline_s:
            while self._activity and time.monotonic() < deadline_s:  # noqa: ASYNC110 - work ends in threads
                await asyncio.sleep(_POLL_S)
            await asyncio.sleep(_QUIET_S)


STOPPING = Stopping(ACTIVITY)
