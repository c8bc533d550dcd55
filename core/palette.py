"""The one table of colours: what a colour means, in a light and a dark variant.

Pages, plots, reports and exports take their colours from here, and `.streamlit/config.toml` repeats some of them (a
test compares). A meaning is never told by colour alone: a verdict has a mark as well, A and B are written beside their
line. tests/core/test_palette.py holds every colour to WCAG 2.2's contrast on both of its backgrounds, and the colours
that stand side by side to a distance that the common colour-vision deficiencies leave intact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Theme: TypeAlias = Literal["light", "dark"]

Role: TypeAlias = Literal[
    "background",
    "surface",
    "text",
    "muted",
    "grid",
    "neutral",
    "accent",
    "a",
    "b",
    "identical",
    "rounding",
    "different",
    "incomparable",
    "red",
    "green",
    "blue",
    "grey",
    "alpha",
]
"""What a colour stands for. `background` is the page's, `surface` that of boxes on it; `muted` is for secondary text,
`neutral` for zero and for whatever belongs to neither side; the last five are the channels, under their names in
`core.image.CHANNEL_NAMES`."""

_LIGHT: Mapping[Role, str] = MappingProxyType(
    {
        "background": "#ffffff",
        "surface": "#f3f4f7",
        "text": "#1c2230",
        "muted": "#565f6f",
        "grid": "#d5d9e2",
        "neutral": "#626c7c",
        "accent": "#5a4fcf",
        "a": "#0b6bb8",
        "b": "#b3500a",
        "identical": "#127c68",
        "rounding": "#866900",
        "different": "#981a35",
        "incomparable": "#465062",
        "red": "#a8102c",
        "green": "#43972f",
        "blue": "#4361ee",
        "grey": "#3a4252",
        "alpha": "#7b8494",
    }
)

_DARK: Mapping[Role, str] = MappingProxyType(
    {
        "background": "#12151c",
        "surface": "#1c212c",
        "text": "#e7eaf0",
        "muted": "#a9b1bf",
        "grid": "#343b4a",
        "neutral": "#9ca3af",
        "accent": "#7063e8",
        "a": "#5db0f0",
        "b": "#f59a4a",
        "identical": "#2bb07c",
        "rounding": "#eed955",
        "different": "#e5609f",
        "incomparable": "#cfd5df",
        "red": "#ef4a5a",
        "green": "#86e57f",
        "blue": "#6f8cff",
        "grey": "#d5dae3",
        "alpha": "#8d95a5",
    }
)

PALETTES: Mapping[Theme, Mapping[Role, str]] = MappingProxyType({"light": _LIGHT, "dark": _DARK})
"""Colours as `#rrggbb` by theme and role."""


ON_PICTURES: Mapping[Literal["dark", "light", "kept"], str] = MappingProxyType(
    {"dark": "#000000", "light": "#ffffff", "kept": "#ffd43b"}
)
"""Lines and figures that lie on pictures, which have no theme: whichever of dark and light stands out there, and the
frame of the pixel that a person keeps, in a colour that no map and no theme has. The viewer's scripts repeat them."""

CHANNEL_ROLES: Mapping[str, Role] = MappingProxyType(
    {"red": "red", "green": "green", "blue": "blue", "grey": "grey", "alpha": "alpha"}
)
"""Each channel's colour, by its name."""


@dataclass(frozen=True)
class Mark:
    """How a verdict is told without colour: a character for text, and the name of a marker (plotly's) for plots."""

    character: str
    marker: Literal["circle", "diamond", "square", "x"]


VERDICT_MARKS: Mapping[Literal["identical", "rounding", "different", "incomparable"], Mark] = MappingProxyType(
    {
        "identical": Mark("●", "circle"),
        "rounding": Mark("◆", "diamond"),
        "different": Mark("■", "square"),
        "incomparable": Mark("✕", "x"),
    }
)
