"""The panels' own controls: each shows a setting of the view, and changes it."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from core.operations.declaration import Value
from ui import controls, state, view


def setting(panel: str, name: str, label: str) -> None:
    """The widget for the setting `name`, in `panel`."""
    option = view.option(name)
    controls.option_widget(
        option, state.settings().view[name], f"{panel}.{name}", lambda value: state.change_view({name: value}), label
    )


def switch(panel: str, name: str, labels: tuple[str, str]) -> None:
    """The flag `name` as a choice of two words, the first for true."""
    segments(name, name, {True: labels[0], False: labels[1]}, key=f"{panel}.{name}")


def segments(
    name: str,
    label: str,
    labels: Mapping[Value, str],
    *,
    shown: Value | None = None,
    key: str | None = None,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """The setting `name` as a row of buttons, one for each value of `labels`; `label` is for screen readers.

    `shown` is the value that stands chosen, where that need not be the setting's own.
    """
    drawn = controls.hold(key or name, state.settings().view[name] if shown is None else shown)
    st.segmented_control(
        label,
        list(labels),
        key=drawn,
        format_func=lambda value: labels.get(value, str(value)),
        required=True,
        help=view.option(name).help,
        label_visibility="collapsed",
        width=width,
        on_change=controls.held,
        args=(drawn, lambda value: state.change_view({name: value})),
    )


def channel_choice(panel: str, channel_names: tuple[str, ...], all_label: str) -> int | None:
    """Which channel is shown: its index, or None for all of them."""
    chosen = str(state.settings().view["channel"])
    shown = chosen if chosen in channel_names else view.ALL_CHANNELS
    if len(channel_names) > 1:
        labels: dict[Value, str] = {view.ALL_CHANNELS: all_label, **{name: name for name in channel_names}}
        segments("channel", "Channel", labels, shown=shown, key=f"{panel}.channel")
    return None if shown == view.ALL_CHANNELS else channel_names.index(shown)
