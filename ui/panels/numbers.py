"""The numbers around one pixel, as people print them: A, B and A − B."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.compare import Different, Same
from core.image import CHANNEL_NAMES, Image
from core.neighbourhood import Window, WorstPixel, window, worst_pixels
from ui import controls, state, view
from ui.cached import WORST_PIXELS
from ui.pixel_store import digest

RADIUS = 4

Values: TypeAlias = npt.NDArray[Any]


def numbers_panel(a: Image, b: Image, outcome: Same | Different) -> None:
    """Three tables around the chosen pixel, or around one of the worst."""
    x, y, words = _place(a, b)
    channel = _channel(outcome)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _place_inputs(a, x, y)
        st.html(f'<p class="sp-beside">{words}</p>', width="content")
    around = window(a, b, x, y, RADIUS)
    name = CHANNEL_NAMES[a.shape[2]][channel]
    shown = [(title, values[:, :, channel]) for title, values in _sides(around)]
    tables = (
        f"<div><p>{title} <span class=sp-muted>{name}</span></p>{_matrix_html(values, around, (x, y))}</div>"
        for title, values in shown
    )
    st.html(f'<div class="sp-matrices">{"".join(tables)}</div>')
    with st.popover("Copy as text", icon=":material/content_copy:"):
        st.code(
            "\n\n".join(f"{title} {name}, x {around.x}, y {around.y}\n{values}" for title, values in shown),
            None,
            wrap_lines=True,
        )


def _sides(around: Window) -> tuple[tuple[str, Values], ...]:
    return ("A", around.a), ("B", around.b), ("A − B", around.difference)


def _place(a: Image, b: Image) -> tuple[int, int, str]:
    """The pixel in the middle and what it is."""
    shown = state.settings().view
    pixel, rank = shown["pixel"], int(shown["rank"])  # type: ignore[arg-type]
    if pixel:
        x, y = (int(place) for place in pixel)  # type: ignore[union-attr]
        if x < a.shape[1] and y < a.shape[0]:
            return x, y, "the chosen pixel"
    worst = _worst(a, b)[:rank]
    if not worst:
        return a.shape[1] // 2, a.shape[0] // 2, "the middle: no pixel differs"
    at = worst[-1]
    return at.x, at.y, f"worst pixel number {len(worst)}: it differs by {at.max_abs:.4g}"


def _worst(a: Image, b: Image) -> tuple[WorstPixel, ...]:
    """All ranks at once: to find them takes 0.6 s on 12 megapixels, however many are asked for."""
    key = (digest(a), digest(b))
    return WORST_PIXELS.get_or_make(key, lambda: worst_pixels(a, b, view.MAX_RANK))


def _channel(outcome: Same | Different) -> int:
    """The chosen channel, or that of the largest difference."""
    names = CHANNEL_NAMES[len(outcome.statistics.channels)]
    chosen = state.settings().view["channel"]
    return names.index(str(chosen)) if chosen in names else outcome.statistics.max_at[2]


def _place_inputs(image: Image, x: int, y: int) -> None:
    sides = (("x", x, image.shape[1]), ("y", y, image.shape[0]))
    keys = tuple(controls.hold(f"numbers.{name}", value) for name, value, _ in sides)
    for key, (name, _, size) in zip(keys, sides, strict=True):
        st.number_input(
            name, 0, size - 1, value=None, step=1, key=key, width=130, on_change=_choose_pixel, args=(keys,)
        )
    st.button("Worst", key="numbers.worst", on_click=_choose_rank, args=(1,))
    rank = state.settings().view["rank"]
    st.button("Next worst", key="numbers.next", on_click=_choose_rank, args=(int(rank) + 1,))  # type: ignore[arg-type]


def _choose_pixel(keys: tuple[str, ...]) -> None:
    place = tuple(st.session_state[key] for key in keys)
    if None not in place:
        state.change_view({"pixel": place})


def _choose_rank(rank: int) -> None:
    state.change_view({"pixel": (), "rank": min(rank, view.MAX_RANK)})


def _matrix_html(values: Values, around: Window, middle_xy: tuple[int, int]) -> str:
    """A table of numbers with its columns' x above and its rows' y at the left."""
    head = "".join(f'<th scope="col">{around.x + column}</th>' for column in range(values.shape[1]))
    body = "".join(
        f'<tr><th scope="row">{y}</th>{_cells_html(row, around.x, y, middle_xy)}</tr>'
        for y, row in enumerate(values, around.y)
    )
    return f'<table class="sp-table sp-matrix"><tr><td></td>{head}</tr>{body}</table>'


def _cells_html(row: Values, first_x: int, y: int, middle_xy: tuple[int, int]) -> str:
    return "".join(
        f"<td{' class=sp-centre' if (x, y) == middle_xy else ''}>{_number(value)}</td>"
        for x, value in enumerate(row, first_x)
    )


def _number(value: np.generic) -> str:
    text = f"{value}" if np.issubdtype(value.dtype, np.integer) else f"{value:.2f}"
    return text.replace("-", "−")
