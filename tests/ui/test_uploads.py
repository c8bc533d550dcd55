from dataclasses import dataclass

import pytest
import streamlit as st

from core.samples import load_sample
from ui import uploads
from ui.configuration import Configuration

CAT, RETINA = load_sample("cat"), load_sample("retina")


@dataclass(frozen=True)
class File:
    name: str
    data: bytes

    def getvalue(self) -> bytes:
        return self.data


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def test_pictures_are_kept_by_their_bytes() -> None:
    uploads.take([File("cat.jpg", CAT.data)])
    uploads.take([File("the same cat.jpg", CAT.data)])
    assert [source.name for source in uploads.uploads().sources.values()] == ["the same cat.jpg"]
    assert list(uploads.uploads().sources) == [CAT.sha256]


def test_only_pictures_are_kept_and_the_others_named() -> None:
    taken = uploads.take([File("a.txt", b"hello"), File("cat.jpg", CAT.data), File("empty", b"")])
    assert [source.name for source in taken] == ["cat.jpg"]
    assert [problem.split(" is not")[0] for problem in uploads.uploads().problems] == ["a.txt", "empty"]


def test_messages_are_those_of_the_last_upload() -> None:
    uploads.take([File("a.txt", b"hello")])
    uploads.take([File("cat.jpg", CAT.data)])
    assert uploads.uploads().problems == ()


def test_the_oldest_go_when_there_is_no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "configuration", lambda: Configuration(session_upload_bytes=len(RETINA.data) + 1))
    uploads.take([File("cat.jpg", CAT.data)])
    uploads.take([File("retina.jpg", RETINA.data)])
    assert list(uploads.uploads().sources) == [RETINA.sha256]


def test_the_last_picture_is_kept_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "configuration", lambda: Configuration(session_upload_bytes=1))
    uploads.take([File("cat.jpg", CAT.data)])
    assert list(uploads.uploads().sources) == [CAT.sha256]


def test_all_can_be_forgotten() -> None:
    uploads.take([File("cat.jpg", CAT.data)])
    uploads.forget()
    assert uploads.uploads().sources == {}
