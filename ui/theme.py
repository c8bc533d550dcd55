"""The pages' look: `theme.css` with the colours of `core.palette`, and the theme that a person has chosen."""

from functools import cache
from pathlib import Path

import streamlit as st

from core.palette import PALETTES, Theme

_STYLE = Path(__file__).with_name("theme.css")
_ABOVE = '[data-testid="stPopoverBody"]'


def apply() -> None:
    """Puts the style sheet into the page.

    What opens above the page lies outside of the element to which Streamlit gives the theme's colour scheme.
    """
    st.html(f"<style>{_style_sheet()}\n{_ABOVE} {{ color-scheme: {current()}; }}</style>")


def current() -> Theme:
    """The theme on the screen; light where the browser has not said yet."""
    return "dark" if st.context.theme.type == "dark" else "light"


@cache
def _style_sheet() -> str:
    light, dark = PALETTES["light"], PALETTES["dark"]
    colors = "".join(f"--sp-{role}: light-dark({light[role]}, {dark[role]});" for role in light)
    fonts = "--sp-mono: 'Source Code Pro', ui-monospace, SFMono-Regular, Menlo, monospace;"
    return f".stApp, {_ABOVE} {{ {colors} {fonts} }}\n{_STYLE.read_text('utf-8')}"
