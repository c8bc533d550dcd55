"""The canvas component: two pictures and their difference, exact at every zoom.

Python sends addresses and settings, a few kilobytes; the browser fetches the pixels from the route and does everything
else by itself. An address stays the same as long as the pixels do, so a run that changes neither sends none.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st

from core.colormaps import FULL_STEPS, ZERO_INDEX, Mode, colormap, colormap_names
from core.image import Image
from core.preview import shown_range
from ui.sessions import session_id
from ui.viewer.routes import component_path, picture_path
from ui.viewer.session import STORE

Point: TypeAlias = tuple[int, int]
"""x, y."""

Region: TypeAlias = tuple[int, int, int, int]
"""x, y, width, height."""

_STAGE_HEIGHT_PX = 480
"""A picture of 224x224, the size that most models take, has twice its size in panes so high."""

# Streamlit hands modules on as a text of their own, from which relative imports find nothing: this one only fetches.
_BOOTSTRAP = """
export default async function (component) {
  const { show } = await import(new URL(component.data.modules, location.origin).href);
  return show(component);
}
"""

_mount = st.components.v2.component(
    "samepixels_viewer", js=_BOOTSTRAP, css=Path(__file__).with_name("viewer.css").read_text("utf-8")
)


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two pictures: `name` is A or B, `caption` says what it is."""

    name: str
    caption: str
    image: Image


@dataclass(frozen=True)
class Seen:
    """What the person has chosen in the viewer: a kept pixel, a region, and how the pictures are looked at."""

    pixel: Point | None = None
    region: Region | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def viewer(
    a: Side,
    b: Side,
    *,
    level: float = 1.0,
    automatic_gains: Sequence[float] = (16.0,),
    seen: Seen | None = None,
    key: str = "viewer",
) -> Seen:
    """Shows `a` beside `b` and B - A, and gives back what the person has chosen.

    `level` is the difference of values that is one level; `automatic_gains`, for the largest of all channels and then
    for each, hold until a gain is chosen; `seen` is what to begin with, or to go to when it changes. Pixel and region
    given back lie inside both pictures.
    """
    seen = seen or Seen()
    requests_key = f"{key}.requests"
    data = _data(a, b, level, automatic_gains, seen) | {"requests": st.session_state.get(requests_key, 0)}
    result = _mount(
        key=key,
        data=data,
        on_pixel_change=_nothing,
        on_region_change=_nothing,
        on_settings_change=_nothing,
        on_dropped_change=lambda: _count(requests_key),
    )
    size_wh = min(a.image.shape[1], b.image.shape[1]), min(a.image.shape[0], b.image.shape[0])
    state = st.session_state.get(key) or {}
    return Seen(
        pixel=_point(result.pixel, size_wh) if "pixel" in state else seen.pixel,
        region=_region(result.region, size_wh) if "region" in state else seen.region,
        settings=result.settings if isinstance(result.settings, dict) else seen.settings,
    )


def _nothing() -> None:
    """A callback makes Streamlit hand the value on; there is nothing more to do than the run itself."""


def _count(key: str) -> None:
    """Makes the next run's data other than the last, without which the browser would not look at it."""
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _data(a: Side, b: Side, level: float, automatic_gains: Sequence[float], seen: Seen) -> dict[str, Any]:
    session = session_id()
    return {
        "modules": component_path(),
        "secret": STORE.secret(session),
        "a": _described(a, session),
        "b": _described(b, session),
        "incomparable": _incomparable(a.image, b.image),
        "level": level,
        "shown_range": shown_range(a.image, b.image, level),
        "automatic_gains": list(automatic_gains),
        "magnitude_maps": _maps("absolute"),
        "signed_maps": _maps("signed"),
        "pixel": seen.pixel,
        "region": seen.region,
        "settings": dict(seen.settings),
        "height": _STAGE_HEIGHT_PX,
    }


def _described(side: Side, session: str) -> dict[str, Any]:
    height, width, channels = side.image.shape
    return {
        "name": side.name,
        "caption": side.caption,
        "address": picture_path(STORE.add(session, side.image)),
        "width": width,
        "height": height,
        "channels": channels,
        "dtype": str(side.image.dtype),
    }


def _incomparable(a: Image, b: Image) -> str:
    """Why no difference is drawn, or nothing."""
    (height_a, width_a, channels_a), (height_b, width_b, channels_b) = a.shape, b.shape
    if (height_a, width_a) != (height_b, width_b):
        return (
            f"No difference is drawn: A is {width_a}×{height_a}, B is {width_b}×{height_b}. "
            "Both are shown at one scale. Give both recipes the same size to compare them."
        )
    if channels_a != channels_b:
        return f"No difference is drawn: A has {channels_a} channel(s), B has {channels_b}. Decode both to the same."
    return ""


@cache
def _maps(mode: Mode) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "colours": base64.b64encode(colormap(mode, name).colours.tobytes()).decode(),
            "zero": ZERO_INDEX[mode],
            "steps": FULL_STEPS[mode],
        }
        for name in colormap_names(mode)
    ]


def _point(value: object, size_wh: tuple[int, int]) -> Point | None:
    """What a browser sent, if it is a pixel of both pictures."""
    match value:
        case [int(x), int(y)] if 0 <= x < size_wh[0] and 0 <= y < size_wh[1]:
            return x, y
    return None


def _region(value: object, size_wh: tuple[int, int]) -> Region | None:
    """What a browser sent, if it is a rectangle inside both pictures."""
    match value:
        case [int(x), int(y), int(width), int(height)] if min(width, height) > 0:
            first, last = _point([x, y], size_wh), _point([x + width - 1, y + height - 1], size_wh)
            return (x, y, width, height) if first and last else None
    return None
