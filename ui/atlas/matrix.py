"""The matrix of an atlas, in which a cell is chosen by a click."""

from typing import Any

import streamlit as st

from core.atlas import Atlas, Distances, short_name
from core.figures.atlas import atlas_plot
from core.figures.interactive import CONFIG, plotly_figure
from core.operations.declaration import Value
from ui import controls, state, theme
from ui.panels.settings import segments

_KEY = "plot.atlas"


def respect_choice(atlas: Atlas) -> Distances:
    """In which respect the ways are compared: a choice of those that this atlas knows."""
    by_name = {each.name: each for each in atlas.distances}
    wanted = str(state.settings().view["respect"])
    shown = by_name.get(wanted, atlas.distances[0])
    segments("respect", "Compared by", {each.name: each.title for each in atlas.distances}, shown=shown.name)
    st.caption(shown.help)
    return shown


def part_choice(atlas: Atlas) -> Atlas:
    """The ways that can be compared with the chosen row, with a choice of the others where there are such."""
    parts = {str(part.ways[0][0]): part for part in atlas.parts()}
    row = str(state.settings().view["way_a"])
    shown = next((text for text, part in parts.items() if row in _texts(part)), next(iter(parts)))
    if len(parts) > 1:
        key = controls.hold("atlas.part", shown)
        st.selectbox(
            "Results of one shape",
            list(parts),
            key=key,
            format_func=lambda text: _part_words(parts[text]) if text in parts else text,
            width=460,
            on_change=controls.held,
            args=(key, lambda text: _choose(text, "")),
        )
    return parts[shown]


def _part_words(part: Atlas) -> str:
    ways = sum(map(len, part.ways))
    return f"{part.words[0].rpartition(',')[0]}: {ways} {'way' if ways == 1 else 'ways'}"


def _texts(atlas: Atlas) -> list[str]:
    return [str(way[0]) for way in atlas.ways]


def chosen_pair(atlas: Atlas) -> tuple[int, int]:
    """The chosen row and column; at first the first way and the first one of another class."""
    texts = _texts(atlas)
    chosen = (str(state.settings().view[name]) for name in ("way_a", "way_b"))
    other_class = atlas.classes[1][0] if len(atlas.classes) > 1 else 0
    row, column = (
        texts.index(text) if text in texts else first for text, first in zip(chosen, (0, other_class), strict=True)
    )
    return row, column


def matrix(atlas: Atlas, distances: Distances) -> None:
    """Draws the matrix; a click on a cell chooses its row and column."""
    plot = atlas_plot(atlas, distances, chosen_pair(atlas))
    st.plotly_chart(
        plotly_figure(plot, theme.current()),
        width=plot.size_wh_px[0],
        theme=None,
        config=dict(CONFIG),
        key=_KEY,
        on_select=lambda: _take_click(atlas),
        selection_mode="points",
    )


def _take_click(atlas: Atlas) -> None:
    points: list[dict[str, Any]] = st.session_state[_KEY].selection.points
    if points:
        _choose(str(atlas.ways[int(points[0]["y"])][0]), str(atlas.ways[int(points[0]["x"])][0]))


def pair_boxes(atlas: Atlas, pair: tuple[int, int]) -> None:
    """The same choice as two boxes, for the keyboard."""
    names = {str(way[0]): short_name(way[0]) for way in atlas.ways}
    texts = list(names)
    for column, name, side, member in zip(st.columns(2), ("way_a", "way_b"), ("A", "B"), pair, strict=True):
        key = controls.hold(f"atlas.{name}", texts[member])
        column.selectbox(
            side,
            texts,
            key=key,
            format_func=lambda text: names.get(text, text),
            on_change=controls.held,
            args=(key, lambda text, name=name: state.change_view({name: text})),
        )


def _choose(row: Value, column: Value) -> None:
    state.change_view({"way_a": row, "way_b": column})
