"""Widgets made from declarations: one for each kind of option, with the declared help and default.

A widget shows a value and hands the new one to a function; it keeps nothing itself. That is why a recipe edited as
text, a swap or a permalink moves every widget.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import streamlit as st

from core.errors import RecipeError
from core.operations.declaration import Choice, Flag, Integer, Number, Option, Size, Value
from core.operations.target_size import MAX_SIDE_PX, Fit, TargetSize
from ui import messages

Apply: TypeAlias = Callable[[Value], None]


def hold(key: str, value: object) -> str:
    """The key under which to draw the widget called `key`, so that it shows `value`.

    It is another one whenever the value was changed elsewhere. A browser keeps what it knows of widgets that are not on
    the screen, such as those in a closed popover, and sends it with the next change as if it had just been chosen.
    The value is set in every run, also where nothing seems to have changed: a run that is cut short may not have told
    the browser, which then takes the widget's first choice for the person's.
    """
    count_key = f"{key}:changed_elsewhere"
    drawn = _numbered(key, st.session_state.get(count_key, 0))
    if drawn in st.session_state and st.session_state[drawn] != value:
        st.session_state[count_key] = st.session_state.get(count_key, 0) + 1
        drawn = _numbered(key, st.session_state[count_key])
    st.session_state[drawn] = value
    return drawn


def _numbered(key: str, count: int) -> str:
    return f"{key}#{count}" if count else key


def held(key: str, apply: Callable[[Value], None]) -> None:
    """The callback of a simple widget: hands its value on, unless it was emptied."""
    value = st.session_state[key]
    if value is not None:
        apply(value)


def option_help(option: Option) -> str:
    """The declared help with the library's default and the source, for a tooltip."""
    parts = [option.help]
    if option.default is not None:
        parts.append(f"Default: `{option.format(option.default)}`.")
    if option.reference:
        parts.append(f"[Source]({option.reference})")
    return "  \n".join(parts)


def option_widget(option: Option, value: Value, key: str, apply: Apply, label: str | None = None) -> None:
    """The widget for `option`, showing `value`; `apply` gets what the person chooses."""
    shown = label or option.name
    match option:
        case Choice():
            _selectbox(option, shown, value, key, apply)
        case Integer() if option.choices:
            _selectbox(option, shown, value, key, apply)
        case Flag():
            drawn = hold(key, value)
            st.toggle(shown, key=drawn, help=option_help(option), on_change=held, args=(drawn, apply))
        case Integer() | Number():
            _number(option, shown, value, key, apply)
        case Size():
            _size(option, value, key, apply)
        case _:
            text_field(
                shown, option.format(value), key, lambda text: apply(option.parse(text)), help_text=option_help(option)
            )


def _selectbox(option: Choice | Integer, label: str, value: Value, key: str, apply: Apply) -> None:
    drawn = hold(key, value)
    st.selectbox(
        label,
        option.choices,
        key=drawn,
        format_func=option.format,
        help=option_help(option),
        on_change=held,
        args=(drawn, apply),
    )


def _number(option: Integer | Number, label: str, value: Value, key: str, apply: Apply) -> None:
    refusal = _refusal(key, value)
    drawn = hold(key, refusal.shown if refusal else value)
    is_whole = isinstance(option, Integer)
    st.number_input(
        label,
        min_value=int(option.minimum) if is_whole else float(option.minimum),
        max_value=int(option.maximum) if is_whole else float(option.maximum),
        value=None,  # so that an emptied field is empty, and not the minimum
        step=1 if is_whole else 0.1,
        format="%d" if is_whole else "%g",
        key=drawn,
        help=option_help(option),
        on_change=_try_applying,
        args=(_Field(key, drawn, value), lambda number: apply(option.check(number))),
    )
    _show_refusal(refusal)


_FIT_WORDS = {Fit.EXACT: "width × height", Fit.SHORTER: "shorter side", Fit.LONGER: "longer side"}


def _size(option: Size, value: Value, key: str, apply: Apply) -> None:
    """Two numbers, or a choice of what is fixed and one or two numbers."""
    assert isinstance(value, TargetSize)
    numbers = {"width": value.width, "height": value.height} if value.fit is Fit.EXACT else {"side": value.width}
    drawn = {side: hold(f"{key}.{side}", number) for side, number in numbers.items()}
    if not option.exact_only:
        drawn["fit"] = hold(f"{key}.fit", value.fit)
        st.selectbox(
            option.name,
            list(Fit),
            key=drawn["fit"],
            format_func=_FIT_WORDS.__getitem__,
            help=option_help(option),
            on_change=_size_changed,
            args=(drawn, apply),
        )
    for column, side in zip(st.columns(len(numbers)), numbers, strict=True):
        column.number_input(
            side,
            min_value=1,
            max_value=MAX_SIDE_PX,
            value=None,
            step=1,
            key=drawn[side],
            on_change=_size_changed,
            args=(drawn, apply),
            help="In pixels.",
        )


def _size_changed(drawn: Mapping[str, str], apply: Apply) -> None:
    """Reads the widgets that were `drawn`, and carries their numbers over to another way of fitting."""
    given = {name: st.session_state[key] for name, key in drawn.items()}
    fit = given.pop("fit", Fit.EXACT)
    if None in given.values():
        return
    sides = list(given.values())
    apply(TargetSize.exact(sides[0], sides[-1]) if fit is Fit.EXACT else TargetSize.side(fit, min(sides)))


def text_field(
    label: str, value: str, key: str, apply: Callable[[str], None], *, help_text: str | None = None, lines: int = 1
) -> None:
    """A text that `apply` may refuse with a `RecipeError`: it then stays in its field, with the message under it."""
    refusal = _refusal(key, value)
    drawn = hold(key, refusal.shown if refusal else value)
    arguments = (_Field(key, drawn, value), apply)
    if lines == 1:
        st.text_input(label, key=drawn, help=help_text, on_change=_try_applying, args=arguments)
    else:
        height = lines * _LINE_PX + _FRAME_PX
        st.text_area(label, key=drawn, help=help_text, height=height, on_change=_try_applying, args=arguments)
    _show_refusal(refusal)


_LINE_PX, _FRAME_PX = 24, 20


@dataclass(frozen=True)
class Refusal:
    """What a person entered in place of `value`, and why it was not taken."""

    value: object
    shown: object
    message: str


@dataclass(frozen=True)
class _Field:
    """A field called `key`, drawn under the key `drawn` to show `value`."""

    key: str
    drawn: str
    value: object


def _try_applying(field: _Field, apply: Callable[[Any], None]) -> None:
    shown = st.session_state[field.drawn]
    st.session_state.pop(_refusal_key(field.key), None)
    if shown is None:
        return
    try:
        apply(shown)
    except RecipeError as error:
        st.session_state[_refusal_key(field.key)] = Refusal(field.value, shown, str(error))


def _refusal(key: str, value: object) -> Refusal | None:
    """What was refused last in the field `key`, unless its value has been changed elsewhere since."""
    refusal: Refusal | None = st.session_state.get(_refusal_key(key))
    return refusal if refusal and refusal.value == value else None


def _refusal_key(key: str) -> str:
    return f"{key}:refused"


def _show_refusal(refusal: Refusal | None) -> None:
    if refusal:
        messages.error(refusal.message)
