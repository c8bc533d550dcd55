"""A session's folder: private, one for each session, and gone with it."""

import gc
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from ui.corpus.session_folder import is_gone, session_folder


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
