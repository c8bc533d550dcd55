"""One widget for each kind of option: it shows the value, hands on what is chosen, and refuses what is not allowed."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.operations.declaration import Choice, Flag, Integer, Number, Numbers, Option, Size, Value
from core.operations.target_size import Fit, TargetSize
from tests.pages.conftest import named
from ui import controls

CHOICE = Choice(name="method", choices=("", "FAST"), default="", help="Help.", reference="https://example.org")
FLAG = Flag(name="antialias", default=False, help="Help.", reference="")
RATIO = Integer(name="ratio", choices=(1, 2, 4, 8), default=1, help="Help.", reference="")
INTEGER = Integer(name="channels", minimum=0, maximum=4, default=0, help="Help.", reference="")
NUMBER = Number(name="fraction", minimum=0, maximum=1, above_minimum=True, default=1.0, help="Help.", reference="")
NUMBERS = Numbers(name="scale", default=(1.0,), nonzero=True, help="Help.", reference="")
SIZE = Size(name="size", help="Help.", reference="")
EXACT_SIZE = Size(name="size", exact_only=True, help="Help.", reference="")


def page(option: "Option", first: "Value") -> None:
    # The harness runs these lines in a module of their own, which knows no name of this one.
    import streamlit as st

    from ui import controls

    if "value" not in st.session_state:
        st.session_state.value = first
    controls.option_widget(option, st.session_state.value, "w", lambda value: st.session_state.update(value=value))


def shown(option: Option, first: Value) -> AppTest:
    test = AppTest.from_function(page, kwargs={"option": option, "first": first})
    return test.run()


@pytest.mark.parametrize(
    ("option", "first", "change", "expected"),
    [
        (CHOICE, "", lambda test: named(test.selectbox, "w").select("FAST"), "FAST"),
        (FLAG, False, lambda test: named(test.toggle, "w").set_value(True), True),
        (RATIO, 1, lambda test: named(test.selectbox, "w").select(8), 8),
        (INTEGER, 0, lambda test: named(test.number_input, "w").set_value(3), 3),
        (NUMBER, 1.0, lambda test: named(test.number_input, "w").set_value(0.875), 0.875),
        (NUMBERS, (1.0,), lambda test: named(test.text_input, "w").set_value("[1, 2, 3]"), (1.0, 2.0, 3.0)),
        (
            EXACT_SIZE,
            TargetSize.exact(8, 6),
            lambda test: named(test.number_input, "w.width").set_value(9),
            TargetSize.exact(9, 6),
        ),
        (
            SIZE,
            TargetSize.exact(8, 6),
            lambda test: named(test.selectbox, "w.fit").select(Fit.LONGER),
            TargetSize.side(Fit.LONGER, 6),
        ),
        (
            SIZE,
            TargetSize.side(Fit.SHORTER, 8),
            lambda test: named(test.number_input, "w.side").set_value(9),
            TargetSize.side(Fit.SHORTER, 9),
        ),
        (
            SIZE,
            TargetSize.side(Fit.SHORTER, 8),
            lambda test: named(test.selectbox, "w.fit").select(Fit.EXACT),
            TargetSize.exact(8, 8),
        ),
    ],
)
def test_a_choice_is_handed_on(option: Option, first: Value, change: Callable[[AppTest], Any], expected: Value) -> None:
    test = change(shown(option, first)).run()
    assert test.session_state["value"] == expected
    assert test.exception.len == 0


@pytest.mark.parametrize(
    ("option", "first", "change", "message"),
    [
        (NUMBER, 1.0, lambda test: named(test.number_input, "w").set_value(0.0), "fraction cannot be 0.0"),
        (NUMBERS, (1.0,), lambda test: named(test.text_input, "w").set_value("1, 2"), "scale cannot be"),
        (NUMBERS, (1.0,), lambda test: named(test.text_input, "w").set_value("0"), "scale cannot be"),
        (NUMBERS, (1.0,), lambda test: named(test.text_input, "w").set_value("one"), "scale cannot be 'one'"),
    ],
)
def test_what_is_not_allowed_keeps_the_value_and_says_why(
    option: Option, first: Value, change: Callable[[AppTest], Any], message: str
) -> None:
    test = change(shown(option, first)).run()
    assert test.session_state["value"] == first
    assert test.error[0].value.replace("\\", "").startswith(message)


def test_a_refused_text_stays_until_the_value_is_changed_elsewhere() -> None:
    test = shown(NUMBERS, (1.0,)).text_input("w").set_value("one").run()
    assert named(test.text_input, "w").value == "one"
    test.session_state["value"] = (2.0,)
    test.run()
    assert named(test.text_input, "w").value == "2"
    assert test.error.len == 0


def test_an_emptied_number_changes_nothing() -> None:
    test = shown(NUMBER, 0.5)
    named(test.number_input, "w").set_value(None).run()
    assert test.session_state["value"] == 0.5
    assert named(test.number_input, "w").value == 0.5


def test_help_names_default_and_source() -> None:
    assert controls.option_help(CHOICE) == "Help.  \nDefault: `''`.  \n[Source](https://example.org)"
    assert controls.option_help(SIZE) == "Help."


def test_a_value_that_was_changed_elsewhere_is_shown_under_another_key() -> None:
    """The browser may still hold the old value under the old one, and would send it with the next change."""
    test = shown(CHOICE, "")
    named(test.selectbox, "w").select("FAST").run()
    assert test.selectbox[0].key == "w"
    test.session_state["value"] = ""
    test.run()
    assert test.selectbox[0].key == "w#1"
    assert test.selectbox[0].value == ""
