"""A session's folder: private, one for each session, and gone with it."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from ui import sessions
from ui.corpus.session_folder import delete_session_folders, is_gone, session_folder

ENDS: dict[str, Callable[[], object]] = {}


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be called at a session's end is kept instead."""
    monkeypatch.setattr(sessions, "at_end", ENDS.__setitem__)


def folder_of(session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(st, "session_state", session)
    return session_folder()


def test_each_session_has_its_own_that_nobody_else_may_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    one: dict[str, Any] = {}
    first = folder_of(one, monkeypatch)
    assert folder_of(one, monkeypatch) == first
    assert folder_of({}, monkeypatch) != first
    assert first.stat().st_mode & 0o777 == 0o700


def test_it_goes_with_the_session_also_where_work_still_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, Any] = {}
    path = folder_of(session, monkeypatch)
    (path / "uploads").mkdir()
    (path / "uploads/a.jpg").write_bytes(b"a")
    assert not is_gone(path)
    session.clear()
    gc.collect()
    assert not path.exists()
    (path / "audits").mkdir(parents=True)
    assert is_gone(path)
    (path / "audits").rmdir()
    path.rmdir()


def test_it_goes_when_the_session_is_said_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, Any] = {}
    path = folder_of(session, monkeypatch)
    (end,) = ENDS.values()
    end()
    assert not path.exists()


def test_the_server_takes_all_of_them_along(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: list[dict[str, Any]] = [{}, {}]
    folders = [folder_of(session, monkeypatch) for session in sessions]
    delete_session_folders()
    assert all(is_gone(folder) for folder in folders)
