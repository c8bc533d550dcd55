"""The panels' own controls: each shows a setting of the view, and changes it."""

import streamlit as st

from core.operations.declaration import Value
from ui import controls, state, view


def setting(panel: str, name: str, label: str) -> None:
    """The widget for the setting `name`, in `panel`."""
    option = view.option(name)
    controls.option_widget(
        option, state.settings().view[name], f"{panel}.{name}", lambda value: _set(name, value), label
    )


def switch(panel: str, name: str, labels: tuple[str, str]) -> None:
    """The flag `name` as a choice of two words, the first for true."""
    key = controls.hold(f"{panel}.{name}", state.settings().view[name])
    st.segmented_control(
        name,
        [True, False],
        key=key,
        format_func=lambda value: labels[0] if value else labels[1],
        required=True,
        label_visibility="collapsed",
        on_change=controls.held,
        args=(key, lambda value: _set(name, value)),
    )


def channel_choice(panel: str, channel_names: tuple[str, ...], all_label: str) -> int | None:
    """Which channel is shown: its index, or None for all of them."""
    chosen = str(state.settings().view["channel"])
    shown = chosen if chosen in channel_names else view.ALL_CHANNELS
    key = controls.hold(f"{panel}.channel", shown)
    if len(channel_names) > 1:
        st.segmented_control(
            "Channel",
            [view.ALL_CHANNELS, *channel_names],
            key=key,
            format_func=lambda name: all_label if name == view.ALL_CHANNELS else name,
            required=True,
            label_visibility="collapsed",
            on_change=controls.held,
            args=(key, lambda name: _set("channel", name)),
        )
    return None if shown == view.ALL_CHANNELS else channel_names.index(shown)


def _set(name: str, value: Value) -> None:
    state.change_view({name: value})
