"""Two ways of an atlas side by side: how far they are apart, what differs, and the way to Compare."""

from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st

from core.atlas import Atlas, ResizeAtlas
from core.figures.wording import number
from core.measuring.wording import properties
from core.recipe import Recipe, Stage
from ui import state
from ui.atlas.matrix import pair_boxes
from ui.tables import table_html

COMPARE = Path(__file__).parents[2] / "pages" / "compare.py"


def pair_panel(atlas: Atlas, pair: tuple[int, int]) -> None:
    """What is known of row and column `pair`."""
    pair_boxes(atlas, pair)
    st.html(_sentence_html(atlas, pair))
    st.html(table_html(("distance", ""), _distance_rows(atlas, pair)))
    if isinstance(atlas, ResizeAtlas):
        st.html(table_html(("property", "A", "B"), _property_rows(atlas, pair), text_columns=3))
    compare_button(*(atlas.ways[member][0] for member in pair))


def _sentence_html(atlas: Atlas, pair: tuple[int, int]) -> str:
    row, column = pair
    if np.isnan(atlas.distances[0].values[row, column]):
        verdict, text = "incomparable", "✕ Their results have different shapes."
    elif not any(each.values[row, column] for each in atlas.distances):
        verdict, text = "identical", "● The same."
    elif column in atlas.class_of(row):
        verdict, text = "rounding", "◆ Equal within rounding."
    else:
        verdict, text = "different", "■ Different."
    return f'<p class="sp-sentence sp-{verdict}">{text}</p>'


def _distance_rows(atlas: Atlas, pair: tuple[int, int]) -> list[tuple[str, str]]:
    rows = ((each.title, float(each.values[pair]), each.unit) for each in atlas.distances)
    return [(title, "–" if np.isnan(value) else f"{number(value)} {unit}") for title, value, unit in rows]


def _property_rows(atlas: ResizeAtlas, pair: tuple[int, int]) -> list[tuple[str, ...]]:
    return [
        (f"<strong>{each.name}</strong>" if each.differs else each.name, *_words(each.a, each.b))
        for each in properties(*(atlas.operators[member] for member in pair))
    ]


def _words(a: str, b: str) -> tuple[str, str]:
    if a == b:
        return (f'<span class="sp-muted sp-wrap">{escape(a)}</span>', '<span class="sp-muted">the same</span>')
    return (f'<span class="sp-a sp-wrap">{escape(a)}</span>', f'<span class="sp-b sp-wrap">{escape(b)}</span>')


def compare_button(a: Stage, b: Stage) -> None:
    """Leads to Compare with these two: resizes after A's decode, so that they alone differ; decoders by themselves."""
    if st.button("Compare on the picture →", key="atlas.compare", type="primary", on_click=_take, args=(a, b)):
        st.switch_page(COMPARE)


def _take(a: Stage, b: Stage) -> None:
    decode = () if a.operation.kind == "decode" else state.settings().a.stages[:1]
    recipes = (Recipe((*decode, a)), Recipe((*decode, b)))
    state.change(lambda settings: replace(settings, a=recipes[0], b=recipes[1]).with_view(at="end"))
