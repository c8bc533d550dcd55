"""A, B and the difference, side by side at exact pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from core.compare import Incomparable, Outcome
from core.errors import RecipeError
from core.image import CHANNEL_NAMES
from core.operations.declaration import Value
from core.pipeline import Step
from core.png import png_bytes
from core.preview import preview, shown_range
from core.render import Channel, automatic_gain
from ui import state, view
from ui.panels.region import region_panel
from ui.selection import Pair
from ui.viewer import Seen, Side, viewer

_SHARED = ("mode", "signed", "threshold", "signed_map", "magnitude_map", "opacity", "swipe", "rate_hz")
"""The settings that the viewer has under the same names and in the same units as the URL."""

_ONE_PANE_PX = 900
"""`st.image` leaves PNGs up to 1460 pixels wide as they are."""

_EXCHANGE = "viewer.exchange"


@dataclass(frozen=True)
class _Exchange:
    """What the viewer was sent last, what it has said last, and which view both stand for."""

    sent: Seen
    said: Mapping[str, Value]
    shown: Mapping[str, Value]


def panes(pair: Pair) -> None:
    """Shows both images of `pair`, or the one that there is."""
    if pair.a and pair.b:
        _both(pair.a, pair.b, pair.outcome)
    elif step := pair.a or pair.b:
        one_pane("A" if pair.a else "B", step)


def one_pane(side: str, step: Step) -> None:
    """The image of one side, where the other has none (yet)."""
    image = preview(step.image, shown_range(step.image, step.image, step.level), max_side=_ONE_PANE_PX)
    st.html(f'<span class="sp-side sp-{side.lower()}">{side}</span> after {escape(str(step.stage))}')
    st.image(png_bytes(image), width="content")


def _both(a: Step, b: Step, outcome: Outcome) -> None:
    """The viewer; what a person chooses in it becomes part of the session's settings."""
    channel_names = CHANNEL_NAMES[a.image.shape[2]]
    exchange: _Exchange | None = st.session_state.get(_EXCHANGE)
    shown = state.settings().view
    # What the viewer has said itself is not sent back: a person who is still moving a slider would be thrown back.
    sent = exchange.sent if exchange and exchange.shown == shown else _to_viewer(shown, channel_names)
    seen = viewer(
        Side("A", f"after {a.stage}", a.image),
        Side("B", f"after {b.stage}", b.image),
        level=min(a.level, b.level),
        automatic_gains=_automatic_gains(outcome, len(channel_names)),
        seen=sent,
    )
    said = _from_viewer(seen, channel_names)
    if exchange is None or said != exchange.said:
        state.change_view(said)
    st.session_state[_EXCHANGE] = _Exchange(sent, said, state.settings().view)
    region_panel(a.image, b.image, min(a.level, b.level))


def _automatic_gains(outcome: Outcome, channels: int) -> tuple[float, ...]:
    """The gain for the largest of all channels, and for each; 1 where there is no difference to amplify."""
    if isinstance(outcome, Incomparable):
        return (1.0,)
    which: tuple[Channel, ...] = ("max", *range(channels))
    return tuple(automatic_gain(outcome.difference, outcome.level, channel) for channel in which)


def _to_viewer(shown: Mapping[str, Any], channel_names: tuple[str, ...]) -> Seen:
    settings = {name: shown[name] for name in _SHARED if shown[name] != view.DEFAULTS[name]}
    if shown["gain"] != view.AUTOMATIC_GAIN:
        settings["gain"] = shown["gain"]
    if shown["channel"] in channel_names:
        settings["channel"] = channel_names.index(shown["channel"])
    return Seen(shown["pixel"] or None, shown["region"] or None, settings)


def _from_viewer(seen: Seen, channel_names: tuple[str, ...]) -> dict[str, Value]:
    """The viewer's choices as settings of the view; what a browser should not have sent is left out."""
    told = seen.settings
    values: dict[str, Any] = {name: told[name] for name in _SHARED if told.get(name) not in (None, "")}
    if "gain" in told:
        values["gain"] = told["gain"] or view.AUTOMATIC_GAIN
    if "channel" in told:
        is_known = told["channel"] in range(len(channel_names))
        values["channel"] = channel_names[told["channel"]] if is_known else view.ALL_CHANNELS
    values |= {"pixel": seen.pixel or (), "region": seen.region or ()}
    return {name: value for name, value in values.items() if _is_allowed(name, value)}


def _is_allowed(name: str, value: Value) -> bool:
    try:
        view.option(name).check(value)
    except RecipeError:
        return False
    return True
