import asyncio
from functools import partial

import pytest
import streamlit as st

from ui import sessions


class FakeRuntime:
    """Streamlit's, as far as the end of sessions needs it."""

    def __init__(self, connected: set[str]) -> None:
        self.connected = connected
        self.closed: list[str] = []

    def exists(self) -> bool:
        return True

    def instance(self) -> "FakeRuntime":
        return self

    def is_active_session(self, session_id: str) -> bool:
        return session_id in self.connected

    def close_session(self, session_id: str) -> None:
        self.closed.append(session_id)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    fake = FakeRuntime({"back again"})
    monkeypatch.setattr(sessions, "Runtime", fake)
    monkeypatch.setattr(st, "get_option", lambda _: 0)  # Streamlit keeps nobody who has left
    return fake


def leave(*session_ids: str) -> None:
    async def all_leave() -> None:
        for session_id in session_ids:
            sessions._leave(session_id)
        await asyncio.sleep(0.01)

    asyncio.run(all_leave())


@pytest.mark.usefixtures("runtime")
def test_what_can_be_made_again_is_freed_as_soon_as_a_browser_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[str] = []
    monkeypatch.setattr(sessions, "_AT_LEAVE", [])
    sessions.when_left(freed.append)
    leave("gone", "back again")
    assert freed == ["gone", "back again"]


def test_a_session_that_stays_away_is_closed_and_its_work_ended(runtime: FakeRuntime) -> None:
    ended: list[str] = []
    for session_id in ("gone", "back again"):
        sessions._AT_END[session_id]["job"] = partial(ended.append, session_id)
    leave("gone", "back again")
    assert runtime.closed == ended == ["gone"]
    assert sessions._AT_END.pop("back again").keys() == {"job"}


def test_caches_that_are_cleared_by_hand_end_nothing(runtime: FakeRuntime) -> None:
    sessions._leave("gone")
    assert runtime.closed == []
