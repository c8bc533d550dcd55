"""SIGTERM as the event loop gets it: in the main thread, where pytest runs."""

import asyncio
import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from ui import stopping
from ui.activity import Activity
from ui.stopping import Stopping

LIMIT_S = 30.0


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The signals that reach the web server."""
    reached: list[int] = []

    def web_server(number: int, _frame: FrameType | None) -> None:
        reached.append(number)

    monkeypatch.setattr(stopping, "_POLL_S", 0.001)
    monkeypatch.setattr(stopping, "_QUIET_S", 0.001)
    monkeypatch.setattr(stopping, "_CONNECTIONS_S", 0.0)
    before = signal.signal(signal.SIGTERM, web_server)
    yield reached
    signal.signal(signal.SIGTERM, before)


async def told_to_stop(activity: Activity, limit_s: float) -> Stopping:
    stopping = Stopping(activity)
    stopping.listen(limit_s)
    assert not stopping.is_asked
    os.kill(os.getpid(), signal.SIGTERM)
    while not stopping.is_asked:  # noqa: ASYNC110 - the signal comes in its own time
        await asyncio.sleep(0)
    return stopping


def test_the_work_comes_to_its_end_first(handed_on: list[int], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    activity = Activity()

    async def stop() -> None:
        with activity.under_way("job"):
            stopping = await told_to_stop(activity, LIMIT_S)
            await asyncio.sleep(0.02)
            assert handed_on == []
        assert stopping._task
        await stopping._task

    asyncio.run(stop())
    assert handed_on == [signal.SIGTERM, signal.SIGINT]
    assert "1 of kind job under way" in caplog.messages[0]
    assert caplog.messages[1] == "Stopped with all work done"


def test_what_takes_too_long_is_named(handed_on: list[int], caplog: pytest.LogCaptureFixture) -> None:
    activity = Activity()

    async def stop() -> None:
        with activity.under_way("page"):
            stopping = await told_to_stop(activity, 0.0)
            assert stopping._task
            await stopping._task

    asyncio.run(stop())
    assert handed_on[0] == signal.SIGTERM
    assert caplog.messages == ["Stopped with work unfinished: 1 of kind page"]


def test_outside_the_main_thread_nothing_changes(handed_on: list[int]) -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def listen() -> None:
        await asyncio.to_thread(lambda: Stopping(Activity()).listen(LIMIT_S))

    asyncio.run(listen())
    assert signal.getsignal(signal.SIGTERM) is before
    assert handed_on == []
