import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest


def page() -> None:
    from ui.failure import show_failure

    assert show_failure(ValueError("secret path"))


def test_a_person_sees_one_sentence_and_a_way_out(caplog: pytest.LogCaptureFixture) -> None:
    test = AppTest.from_function(page).run()
    assert test.error[0].value.startswith("This page has failed (ValueError)")
    assert "secret" not in test.error[0].value
    assert [button.proto.url for button in test.get("link_button")] == ["/"]
    assert "secret path" in caplog.text


def test_the_way_out_leads_below_the_servers_own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "pixels/"}.get)
    test = AppTest.from_function(page).run()
    assert [button.proto.url for button in test.get("link_button")] == ["/pixels/"]
