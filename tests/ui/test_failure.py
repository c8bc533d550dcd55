import pytest
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
